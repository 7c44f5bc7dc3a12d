// API versions of a stage share what has no version in its id: functions, roles, tables. What the others need of it
// stays while one version changes or drops it.

import type { Kind, NodeId, Props } from './kind.ts';
import type { LedgerState, OtherVersions, Release } from './ledger.ts';

/** Props of a node with what the other versions need granted; the props themselves where they need no more. */
export function servingAll(kind: Kind, id: NodeId, props: Props, others: OtherVersions | undefined): Props {
  const { widen } = kind;
  if (!widen || !others) return props;
  return others.policies.filter((state) => state.id === id).reduce((all, state) => widen(state.props, all), props);
}

/** Whether another version has or had it. */
export const isOfOthers = (id: NodeId, others: OtherVersions | undefined): boolean =>
  others !== undefined && (others.rows.has(id) || others.released.has(id));

/** What other API versions have and need, a cut-over of theirs that was cut off included. */
export function othersOf(states: readonly LedgerState[]): OtherVersions {
  const newest = states.flatMap(({ releases, journal }) => [
    ...releases.slice(0, 1),
    ...(journal ? [journal.release] : []),
  ]);
  const kept = states.flatMap(({ releases, journal }): readonly Release[] =>
    journal ? [...releases, journal.release] : releases,
  );
  const rows = new Map(states.flatMap((state) => [...state.rows]));
  return {
    rows,
    released: new Set(kept.flatMap((release) => release.nodes)),
    policies: newest.flatMap((release) => release.policies),
    cutover: kept.flatMap((release) => [...release.cutover, ...(release.canary?.states ?? [])]),
  };
}
