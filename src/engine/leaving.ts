// What the source dropped: handed over to another API version that uses it, deleted, retired while a kept release needs
// it, or kept because it holds data. Pure, as the plan it is part of.

import type { NodeId } from './kind.ts';
import type { LedgerState } from './ledger.ts';
import { type Kinds, kindOf, type Leftover } from './observe.ts';
import type { Change, PlanOptions } from './plan.ts';

/**
 * Rows of what the source dropped and another API version has, and what is this one's to let go. What only a kept
 * release of another version needs stays with this one until that release is gone.
 */
export function handedOver(
  all: readonly Leftover[],
  kinds: Kinds,
  { others }: LedgerState,
): readonly [NodeId[], readonly Leftover[]] {
  if (!others) return [[], all];
  const { rows, released } = others;
  return [
    all.flatMap(({ target: { id } }) => (rows.has(id) ? [id] : [])),
    all.filter(({ target: { id }, kind }) => !rows.has(id) && !(kindOf(kinds, kind).retires && released.has(id))),
  ];
}

/** What the source dropped: deleted, retired while a kept release needs it, or kept because it holds data. */
export function leaving(
  leftovers: readonly Leftover[],
  kinds: Kinds,
  releases: LedgerState['releases'],
  options: PlanOptions,
): [Change[], Leftover[]] {
  const needed = new Set(releases.flatMap((release) => release.nodes));
  const kept: Leftover[] = [];
  const changes = leftovers.flatMap((leftover): Change[] => {
    const kind = kindOf(kinds, leftover.kind);
    const { id, name } = leftover.target;
    if (kind.outlives) return [];
    const base = { node: id, kind: kind.name, title: kind.title, name, differences: [], leftover, byHand: false };
    if (kind.holdsData && !options.allowDataLoss.has(name)) {
      kept.push(leftover);
      return [];
    }
    if (kind.retires && needed.has(id)) {
      if (leftover.retired) return [];
      return [
        { ...base, action: 'retire', reason: 'kept for rollback, deleted when its last release leaves retention' },
      ];
    }
    return [
      { ...base, action: 'delete', reason: leftover.retired ? 'no kept release needs it' : 'no longer declared' },
    ];
  });
  return [changes, kept];
}
