// Drift: live resources that are not what the last deploy made them, while the source is.

import type { Drift } from '../../ui/drift-text.ts';
import { planDeploy } from './plan-deploy.ts';
import type { Prepared } from './prepare.ts';

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
