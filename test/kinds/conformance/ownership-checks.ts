// Whose a resource is: found by our tags alone, and never taken for ours without them.

import { expect } from '@jest/globals';
import type { Aws } from '../../../src/aws/aws.ts';
import type { DesiredNode, Kind } from '../../../src/engine/kind.ts';
import { tagsOf } from '../../../src/kinds/ownership.ts';
import { type Sample, set } from '../samples/sample.ts';
import type { Declare } from './gap-checks.ts';
import { Stand } from './stand.ts';

export function checkOwnership(aws: Aws, kind: Kind, sample: Sample, declare: Declare): void {
  if (!('tags' in kind.fields)) return;
  const somebodys = (node: DesiredNode, tags: Readonly<Record<string, string>>): DesiredNode => ({
    ...node,
    props: set({ tags })(node.props),
  });
  /** What stands under our node's name with the given tags, as we see it. */
  const seenWith = async (tags: (node: DesiredNode) => Readonly<Record<string, string>>) => {
    const stand = new Stand(aws);
    try {
      await stand.bringAll(sample.parents(stand.place));
      const node = sample.node(stand.place);
      const theirs = somebodys(node, tags(node));
      const made = await kind.reconcile(stand.target(node), stand.props(theirs), undefined);
      const target = { id: node.id, name: node.name, physicalId: made.physicalId };
      const live = await stand.kind(kind.name).read(target, stand.props(node));
      const found = await stand.kind(kind.name).discover();
      await kind.remove(target);
      return { live, found };
    } finally {
      await stand.clear();
    }
  };

  declare('is not ours when it carries no tags', async () => {
    const { live, found } = await seenWith(() => ({}));
    expect(live).toMatchObject({ owned: false });
    expect([live?.owner, found]).toEqual([undefined, []]);
  });

  declare("is not ours when it carries another project's tags", async () => {
    const { live, found } = await seenWith((node) => tagsOf({ project: 'other', stage: 'dev' }, node.id, {}));
    expect(live).toMatchObject({ owned: false, owner: 'apigen project other, stage dev' });
    expect(found).toEqual([]);
  });

  declare('is found by its tags, unless it is found with what it lives in', async () => {
    const stand = new Stand(aws);
    try {
      await stand.bringAll(sample.parents(stand.place));
      const node = sample.node(stand.place);
      const { physicalId } = await stand.bring(node);
      const found = await stand.kind(kind.name).discover();
      expect(found).toEqual(
        node.inside === undefined ? expect.arrayContaining([{ id: node.id, name: node.name, physicalId }]) : [],
      );
      const others = { project: 'conf', stage: `${stand.place.owner.stage}-x` };
      expect(await stand.kindOver(kind.name, aws, others).discover()).toEqual([]);
    } finally {
      await stand.clear();
    }
  });
}
