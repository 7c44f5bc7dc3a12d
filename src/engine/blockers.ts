// What keeps a plan from being applied: a resource of somebody else's, data that would be lost, a replacement that would
// break another API version.

import type { DesiredNode, Kind, Live, NodeId } from './kind.ts';
import type { Change } from './plan.ts';

export interface Blocker {
  readonly code: 'NOT_OWNED' | 'DATA_LOSS' | 'SHARED';
  readonly node: NodeId;
  readonly title: string;
  readonly name: string;
  readonly detail: string;
}

export function notOwned(node: DesiredNode, kind: Kind, live: Live): Blocker | undefined {
  if (live.owned) return undefined;
  const detail = live.owner ? `It belongs to ${live.owner}.` : "It does not carry this project's tags.";
  return { code: 'NOT_OWNED', node: node.id, title: kind.title, name: node.name, detail };
}

export const dataLoss = ({ node, title, name, reason }: Change): Blocker => ({
  code: 'DATA_LOSS',
  node,
  title,
  name,
  detail: `${reason}: replacing it would delete its data.`,
});

export const isShared = ({ node, title, name, reason }: Change): Blocker => ({
  code: 'SHARED',
  node,
  title,
  name,
  detail: `${reason}, and replacing it would break that version.`,
});
