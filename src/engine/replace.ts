// Replacement of one resource by another. Where both share one name the old goes first. Where AWS mints ids the new is
// made first: the old gets a ledger row of its own before that, so that it goes after the cut-over whatever happens.

import type { DesiredNode, Kind, Live, Props, Target } from './kind.ts';
import type { LedgerRow } from './ledger.ts';
import type { Change } from './plan.ts';
import { dependenciesOf, outgoingId } from './references.ts';
import { type Run, rowOf } from './run.ts';
import { bring, findBeside, wallClock } from './step.ts';

/** @param known the one that cannot be changed in place */
export async function replace(
  run: Run,
  node: DesiredNode,
  kind: Kind,
  target: Target,
  desired: Props,
  known: Live,
): Promise<Live> {
  const clock = run.options.clock ?? wallClock;
  const old = known.physicalId;
  if (kind.replacement === 'delete-first') {
    await kind.remove({ ...target, physicalId: old });
    return bring(kind, target, desired, undefined, clock);
  }
  const row: LedgerRow = { ...rowOf(run, node, 'removing'), id: outgoingId(node.id, old), physicalId: old };
  await run.writer.put(row);
  // What is marked as outgoing already is never taken back: it may be what clients still call.
  const marked = [...run.ledger.rows.values()].filter(({ id }) => id.startsWith(outgoingId(node.id, '')));
  const going = new Set([old, ...marked.flatMap(({ physicalId }) => physicalId ?? [])]);
  const look = (): Promise<Live | undefined> => findBeside(kind, target, desired, going);
  const { id, name } = target;
  const live = await bring(kind, { id, name }, desired, await look(), clock, look);
  run.outgoing.push(departure(node, kind, row, old));
  return live;
}

function departure(node: DesiredNode, kind: Kind, row: LedgerRow, physicalId: string): Change {
  return {
    action: 'delete',
    node: row.id,
    kind: kind.name,
    title: kind.title,
    name: node.name,
    differences: [],
    reason: 'its successor serves',
    byHand: false,
    leftover: {
      target: { id: row.id, name: node.name, physicalId },
      kind: kind.name,
      dependsOn: dependenciesOf(node),
      retired: false,
    },
  };
}
