// Looks at what is live and plans; writes nothing.

import { needsSearch, type Observation, observe } from '../../engine/observe.ts';
import { makePlan, type Plan } from '../../engine/plan.ts';
import { readLedger, type StageLedger } from '../../ledger/read-ledger.ts';
import { apiVersionOf } from '../../project/api-version.ts';
import { versionOfNode } from './graph/version-of-node.ts';
import { keptReleasesOf } from './locked-run.ts';
import type { Prepared } from './prepare.ts';
import { scopeOf } from './scope.ts';
import { type LookedAt, lookingNow } from './still-holds.ts';

export interface Planned {
  readonly ledger: StageLedger;
  readonly lookedAt: LookedAt;
  readonly observation: Observation;
  readonly plan: Plan;
}

export interface PlanInput {
  /** Names of tables whose loss was consented to. */
  readonly allowDataLoss: readonly string[];
  /** Search by tags too, for resources that neither the source nor the ledger knows. */
  readonly discover?: boolean;
  readonly signal?: AbortSignal | undefined;
  /** As it was just read. */
  readonly ledger?: StageLedger;
}

export async function planDeploy(prepared: Prepared, input: PlanInput): Promise<Planned> {
  const { aws, project, graph, kinds } = prepared;
  const version = apiVersionOf(project);
  const lookedAt = lookingNow();
  const ledger = input.ledger ?? (await readLedger(aws, scopeOf(project)));
  const observation = await observe(graph, kinds, ledger, {
    discover: input.discover ?? needsSearch(ledger),
    isOfOther: (id) => (versionOfNode(id) ?? version) !== version,
    signal: input.signal,
  });
  const plan = makePlan(graph, kinds, observation, ledger, {
    allowDataLoss: new Set(input.allowDataLoss),
    keep: keptReleasesOf(project),
  });
  return { ledger, lookedAt, observation, plan };
}
