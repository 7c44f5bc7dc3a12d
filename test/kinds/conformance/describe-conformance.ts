// The one suite that every kind must pass, against a running emulator.

import { describe, expect, it } from '@jest/globals';
import type { Aws } from '../../../src/aws/aws.ts';
import type { DesiredNode, Kind, Live, Props } from '../../../src/engine/kind.ts';
import { allKinds } from '../../../src/kinds/index.ts';
import { artifact } from '../samples/artifacts.ts';
import { sampleOf } from '../samples/index.ts';
import type { Place, Sample, Variation } from '../samples/sample.ts';
import { ConnectionCut, cutConnection } from './cut-connection.ts';
import type { Emulator } from './emulator.ts';
import { type Declare, declareChecks } from './gap-checks.ts';
import { checkOwnership } from './ownership-checks.ts';
import { checkReadBack } from './read-back-check.ts';
import { Stand } from './stand.ts';

const created = 'is created as desired, and then there is nothing to do';

export function describeConformance(emulator: Emulator, aws: Aws): void {
  const { account, region, partition } = aws;
  const somewhere: Place = { account, region, partition, owner: { project: 'conf', stage: 'none' } };
  for (const kind of allKinds({ aws, owner: somewhere.owner, artifact }).values()) {
    describe(`${kind.name} on ${emulator}`, () => {
      const sample = sampleOf(kind.name);
      it('has a variation for every field that can differ, and none for others', () => {
        const compared = Object.entries(kind.fields).flatMap(([field, rule]) => (rule === 'carried' ? [] : [field]));
        expect(Object.keys(sample.variations(somewhere)).sort()).toEqual(compared.sort());
      });
      declareChecks(emulator, kind.name, created, (declare) => {
        checkCreation(aws, sample, declare);
        checkRemoval(aws, kind, sample, declare);
        for (const [field, rule] of Object.entries(kind.fields)) {
          for (const { says } of sample.variations(somewhere)[field] ?? []) {
            if (rule === 'immutable') checkReplacement(aws, kind, sample, field, says, declare);
            else checkUpdate(aws, sample, field, says, declare);
          }
        }
        checkOwnership(aws, kind, sample, declare);
        checkReadBack(aws, kind.name, sample, declare);
      });
    });
  }
}

function checkCreation(aws: Aws, sample: Sample, declare: Declare): void {
  declare(created, () =>
    onStand(aws, sample, async (stand, node) => {
      const made = await stand.bring(node);
      const live = await expectAsDesired(stand, node);
      expect([made.physicalId, made.outputs]).toEqual([live.physicalId, live.outputs]);
      expect(live.unknownChildren ?? []).toEqual([]);
    }),
  );
  declare('converges when its creation is cut off at any call', async () => {
    for (let at = 1, cut = true; cut; at += 1) {
      await onStand(aws, sample, async (stand, node) => {
        cut = await cutOff(stand, node, undefined, at);
        await stand.bring(node);
        const live = await expectAsDesired(stand, node);
        expect(live.duplicates ?? []).toEqual([]);
      });
    }
  });
}

function checkRemoval(aws: Aws, kind: Kind, sample: Sample, declare: Declare): void {
  if (kind.outlives) {
    declare('stays when it is removed: others in the account need it', () =>
      onStand(aws, sample, async (stand, node) => {
        await stand.bring(node);
        await stand.kind(node.kind).remove(stand.target(node));
        await expectAsDesired(stand, node);
      }),
    );
    return;
  }
  declare('is gone when it is removed, once or twice', () =>
    onStand(aws, sample, async (stand, node) => {
      await stand.bring(node);
      // What goes only with what it lives in is removed with that.
      const container = sample.parents(stand.place).find((parent) => parent.id === node.inside) ?? node;
      const [target, props] = [stand.target(node), stand.props(node)];
      for (let turn = 0; turn < 2; turn += 1) {
        await stand.kind(node.kind).remove(target);
        if (container !== node && turn === 0) await stand.remove(container);
        expect(await stand.kind(node.kind).read(target, props)).toBeUndefined();
      }
    }),
  );
}

function checkUpdate(aws: Aws, sample: Sample, field: string, says: string, declare: Declare): void {
  declare(`updates ${field}, and back: ${says}`, () =>
    onStand(aws, sample, async (stand, node) => {
      const before = await stand.bring(node);
      const varied = await vary(stand, sample, node, field, says);
      expect(stand.plan(varied, await observed(stand, varied))).toMatchObject({ action: 'update' });
      const after = await stand.bring(varied);
      const live = await expectAsDesired(stand, varied);
      expect([after.physicalId, live.physicalId, live.outputs]).toEqual([
        before.physicalId,
        before.physicalId,
        after.outputs,
      ]);
      await stand.bringAll(sample.parents(stand.place));
      await stand.bring(node);
      await expectAsDesired(stand, node);
    }),
  );
  if (sample.alike?.includes(field) && sample.alike[0] !== field) return;
  declare(`converges when the update of ${field} is cut off at any call, there and back: ${says}`, () =>
    onStand(aws, sample, async (stand, node) => {
      const parents = sample.parents(stand.place);
      await stand.bring(node);
      for (let at = 1, cut = true; cut; at += 1) {
        const varied = await vary(stand, sample, node, field, says);
        cut = await cutOff(stand, varied, await observed(stand, varied), at);
        await stand.bring(varied);
        await expectAsDesired(stand, varied);
        await stand.bringAll(parents);
        await stand.bring(node);
        await expectAsDesired(stand, node);
      }
    }),
  );
}

function checkReplacement(aws: Aws, kind: Kind, sample: Sample, field: string, says: string, declare: Declare): void {
  declare(`replaces for ${field}: ${says}`, () =>
    onStand(aws, sample, async (stand, node) => {
      await stand.bring(node);
      const live = await observed(stand, node);
      const varied = await vary(stand, sample, node, field, says);
      expect(stand.plan(varied, live)).toMatchObject({ action: 'replace' });
      if (kind.replacement !== 'delete-first' || kind.holdsData) return;
      await stand.remove(node);
      await stand.bring(varied);
      await expectAsDesired(stand, varied);
    }),
  );
}

/** On a stand of its own where the parents stand; everything goes afterwards, whatever happened. */
async function onStand(
  aws: Aws,
  sample: Sample,
  body: (stand: Stand, node: DesiredNode) => Promise<void>,
): Promise<void> {
  const stand = new Stand(aws);
  try {
    await stand.bringAll(sample.parents(stand.place));
    await body(stand, sample.node(stand.place));
  } finally {
    await stand.clear();
  }
}

/** Reconciles over a connection that is cut; true when it was, false when all calls came before. */
async function cutOff(stand: Stand, node: DesiredNode, live: Live | undefined, at: number): Promise<boolean> {
  const kind = stand.kindOver(node.kind, cutConnection(stand.aws, at));
  try {
    await kind.reconcile(stand.target(node), stand.props(node), live);
    return false;
  } catch (error) {
    if (error instanceof ConnectionCut) return true;
    throw error;
  }
}

async function vary(
  stand: Stand,
  sample: Sample,
  node: DesiredNode,
  field: string,
  says: string,
): Promise<DesiredNode> {
  const variation = sample.variations(stand.place)[field]?.find((item) => item.says === says);
  await stand.bringAll(variation?.first ?? []);
  return { ...node, ...changed(node, field, variation) };
}

/** The props after the variation, and the name where it holds the changed field. */
function changed(
  node: DesiredNode,
  field: string,
  variation: Variation | undefined,
): Pick<DesiredNode, 'props' | 'name'> {
  const props: Props = variation?.change(node.props) ?? node.props;
  const [from, to] = [node.props[field], props[field]];
  const named = typeof from === 'string' && typeof to === 'string' && from !== '';
  return { props, name: named ? node.name.replace(from, to) : node.name };
}

async function observed(stand: Stand, node: DesiredNode): Promise<Live> {
  const live = await stand.read(node);
  if (!live) throw new Error(`${node.id} does not stand`);
  return live;
}

async function expectAsDesired(stand: Stand, node: DesiredNode): Promise<Live> {
  const live = await observed(stand, node);
  const { fields } = stand.kind(node.kind);
  const compared = (props: Props): Props =>
    Object.fromEntries(
      Object.entries(fields).flatMap(([field, rule]) => (rule === 'carried' ? [] : [[field, props[field]]])),
    );
  expect(compared(live.props)).toEqual(compared(stand.props(node)));
  expect(live.owned).toBe(true);
  expect(stand.plan(node, live)).toBeUndefined();
  return live;
}
