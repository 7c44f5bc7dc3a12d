// Drift: live resources that are not what the last deploy made them, while the source is.

import type { Change } from '../../engine/plan.ts';
import { planDeploy } from './plan-deploy.ts';
import type { Prepared } from './prepare.ts';

export interface Drift {
  readonly any: boolean;
  /** Changed or deleted by hand. */
  readonly changed: readonly Change[];
  /** Children of our resources that nobody declared: `route GET /x`. */
  readonly unknownChildren: readonly { readonly node: string; readonly child: string }[];
  /** Resources that carry this stage's tags, but neither source nor ledger know. */
  readonly strays: readonly { readonly node: string; readonly name: string }[];
  /** Changes of the source that were not deployed yet; no drift. */
  readonly undeployed: number;
}

export async function driftOf(prepared: Prepared, signal: AbortSignal): Promise<Drift> {
  const { plan, ledger } = await planDeploy(prepared, { allowDataLoss: [], discover: true, signal });
  const changed = plan.changes.filter((change) => change.byHand);
  const strays = plan.changes
    .filter((change) => change.leftover !== undefined && !ledger.rows.has(change.node))
    .map(({ node, name }) => ({ node, name }));
  const { unknownChildren } = plan;
  return {
    any: changed.length + strays.length + unknownChildren.length > 0,
    changed,
    unknownChildren,
    strays: ledger.known ? strays : [],
    undeployed: plan.changes.length - changed.length - strays.length,
  };
}
