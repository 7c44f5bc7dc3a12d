// A canary: the aliases of a new release get a share of the traffic, the release before it keeps the rest. Only
// functions can be weighed: what else would move traffic has to be deployed whole.

import { ApigenError } from '../errors.ts';
import { differences } from './compare.ts';
import type { Graph } from './graph.ts';
import type { FieldRule, Live, Props } from './kind.ts';
import type { CutoverState, LedgerState } from './ledger.ts';
import { type Kinds, kindOf, type Observation } from './observe.ts';
import type { Change, Plan } from './plan.ts';

/**
 * Looks whether a plan can be tried on a share of the traffic.
 * @throws ApigenError `CANARY_FIRST` before the first release; `CANARY_WHOLE` when more than functions would move
 */
export function refuseCanary(plan: Plan, kinds: Kinds, ledger: LedgerState): void {
  if (ledger.releases.length === 0) {
    throw new ApigenError({
      code: 'CANARY_FIRST',
      summary: 'A canary takes traffic from an earlier release, and there is none',
      hint: 'apigen deploy',
    });
  }
  const whole = plan.changes.filter((change) => movesWhole(change, kinds));
  if (whole.length === 0) return;
  throw new ApigenError({
    code: 'CANARY_WHOLE',
    summary: 'A canary shifts traffic between versions of functions; this deploy changes more than that',
    detail: whole.map((change) => `${change.action} ${change.title} ${change.name}`).join('\n'),
    hint: 'apigen deploy    (without --canary; or undo those changes first)',
  });
}

function movesWhole({ kind: name, action, leftover }: Change, kinds: Kinds): boolean {
  const kind = kindOf(kinds, name);
  if (!kind.cutsOver && !kind.beginsTraffic) return false;
  // What the source dropped goes with the next whole deploy.
  return leftover === undefined && !(kind.weigh && action === 'update');
}

/** What a node's props become while the release has a share of its traffic. */
export function weighed(kinds: Kinds, state: CutoverState, live: Live | undefined, share: number): CutoverState {
  const { weigh } = kindOf(kinds, state.kind);
  return weigh && live ? { ...state, props: weigh(live.props, state.props, share) } : state;
}

/** Whether all that a canary would move stands as it would be. */
export function canaryStands(plan: Plan, graph: Graph, kinds: Kinds, observation: Observation, share: number): boolean {
  return plan.changes.every(({ node: id, kind: name, leftover }) => {
    if (leftover !== undefined || !graph.has(id)) return true;
    const { weigh, fields } = kindOf(kinds, name);
    const live = observation.live.get(id)?.props;
    const props = observation.resolved.get(id);
    return (
      weigh !== undefined && live !== undefined && props !== undefined && same(weigh(live, props, share), live, fields)
    );
  });
}

const same = (a: Props, b: Props, fields: Readonly<Record<string, FieldRule>>): boolean =>
  differences(a, b, fields).length === 0;
