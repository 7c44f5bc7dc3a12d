// Whether the newest release is what stands: a run that was cut off after its last change and before its release row
// leaves nothing to change, and yet nothing to return to.

import { equal } from './compare.ts';
import type { Graph } from './graph.ts';
import type { DesiredNode, Json, Props } from './kind.ts';
import type { CutoverState, Release } from './ledger.ts';
import { type Kinds, kindOf, type Observation } from './observe.ts';

/** Asked when all that is desired stands. */
export function isReleased(graph: Graph, kinds: Kinds, observation: Observation, newest: Release | undefined): boolean {
  if (!newest) return graph.size === 0;
  const used = new Set(newest.nodes);
  const states = new Map([...newest.cutover, ...newest.policies].map((state) => [state.id, state]));
  return [...graph.values()].every((node) => used.has(node.id) && isAsReleased(node, kinds, observation, states));
}

function isAsReleased(
  node: DesiredNode,
  kinds: Kinds,
  observation: Observation,
  states: ReadonlyMap<string, CutoverState>,
): boolean {
  const { cutsOver, widen, fields } = kindOf(kinds, node.kind);
  if (!cutsOver && !widen) return true;
  // Ids that AWS mints come with the content that is compared.
  const compared = (props: Props | undefined): Json =>
    Object.fromEntries(
      Object.entries(fields).map(([field, rule]) => [field, rule === 'carried' ? null : props?.[field]]),
    );
  return equal(compared(states.get(node.id)?.props), compared(observation.resolved.get(node.id)));
}
