// What a plan says besides its changes: where it goes, and which routes anybody may call.

import type { PlanFacts } from '../../ui/plan-text.ts';
import type { Prepared } from './prepare.ts';
import { publicRoutes } from './public-routes.ts';

export function factsOf({ project, aws, definitions }: Prepared): PlanFacts {
  return {
    project: project.name,
    stage: project.stage.name,
    account: aws.account,
    region: aws.region,
    endpoint: aws.endpoint,
    publicRoutes: [...definitions.values()].flatMap(publicRoutes),
  };
}
