// What a plan says besides its changes: where it goes, and which routes anybody may call.

import type { LedgerState } from '../../engine/ledger.ts';
import { apiVersionOf, FIRST_VERSION } from '../../project/api-version.ts';
import type { PlanFacts } from '../../ui/plan-text.ts';
import type { Prepared } from './prepare.ts';
import { publicRoutes } from './public-routes.ts';

export function factsOf({ project, aws, definitions, triggersIn }: Prepared, ledger: LedgerState): PlanFacts {
  const version = apiVersionOf(project);
  const [newest] = ledger.releases;
  const triggered = Object.values(project.functions).some(({ triggers = [] }) => triggers.length > 0);
  return {
    project: project.name,
    stage: project.stage.name,
    ...(version !== FIRST_VERSION && { apiVersion: version }),
    account: aws.account,
    region: aws.region,
    endpoint: aws.endpoint,
    publicRoutes: [...definitions.values()].flatMap(publicRoutes),
    ...(triggered && triggersIn !== version && { triggersIn }),
    ...(newest?.canary && { canary: { release: newest.number, share: newest.canary.share } }),
  };
}
