// The stages that usage plans cover. A stage cannot be deleted while a plan covers it, nor a plan while it covers one.

import {
  type ApiStage,
  GetUsagePlansCommand,
  type PatchOperation,
  UpdateUsagePlanCommand,
  type UsagePlan,
} from '@aws-sdk/client-api-gateway';
import type { Aws } from '../aws/aws.ts';
import { everyPage } from './rest-part.ts';

export const usagePlans = (aws: Aws): Promise<readonly UsagePlan[]> =>
  everyPage<UsagePlan>((position) => aws.apiGateway.send(new GetUsagePlansCommand({ limit: 500, ...position })));

/** An emulator may keep a patched list as text. */
export const stagesOf = ({ apiStages }: UsagePlan): readonly ApiStage[] => (Array.isArray(apiStages) ? apiStages : []);

/** Takes an API out of every usage plan: all of its stages, or one. */
export async function leaveUsagePlans(aws: Aws, apiId: string, stageName?: string): Promise<void> {
  for (const plan of await usagePlans(aws)) {
    const covered = stagesOf(plan).filter(
      (item) => item.apiId === apiId && (stageName === undefined || item.stage === stageName),
    );
    if (covered.length === 0) continue;
    const patchOperations = covered.map(({ stage }) => uncover({ apiId, stage: stage ?? '' }));
    await aws.apiGateway.send(new UpdateUsagePlanCommand({ usagePlanId: plan.id, patchOperations }));
  }
}

interface PlanStage {
  readonly apiId: string;
  readonly stage: string;
}

export const stageKey = ({ apiId, stage }: PlanStage): string => `${apiId}:${stage}`;

export const cover = (stage: PlanStage): PatchOperation => ({ op: 'add', path: '/apiStages', value: stageKey(stage) });

export const uncover = (stage: PlanStage): PatchOperation => ({
  op: 'remove',
  path: '/apiStages',
  value: stageKey(stage),
});
