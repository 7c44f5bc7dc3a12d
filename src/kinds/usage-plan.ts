// A usage plan: how much the holders of its API keys may call, on the stages it covers. AWS mints its id and holds
// names not unique, so it is found by its node tag. API versions share it: each deploy looks at its own stages alone.
// Everything that changes goes into one UpdateUsagePlan, of which AWS takes one in 20 seconds.

import {
  type ApiStage,
  CreateUsagePlanCommand,
  DeleteUsagePlanCommand,
  GetUsagePlanCommand,
  TagResourceCommand,
  UpdateUsagePlanCommand,
  type UsagePlan,
} from '@aws-sdk/client-api-gateway';
import type { Kind, Live, Props, Target } from '../engine/kind.ts';
import { foundByTag } from './api-lookup.ts';
import type { KindContext } from './kind-context.ts';
import { orAbsent } from './or-absent.ts';
import { managedTags, missingTags, nodeOf, ownership } from './ownership.ts';
import { type UsagePlanProps, type UsagePlanStage, usagePlanPatch } from './usage-plan-patch.ts';
import { stagesOf, uncover, usagePlans } from './usage-plan-stages.ts';

export function usagePlan({ aws, owner }: KindContext): Kind {
  const gateway = aws.apiGateway;
  const get = (usagePlanId: string): Promise<UsagePlan | undefined> =>
    orAbsent(gateway.send(new GetUsagePlanCommand({ usagePlanId })));

  const find = async (target: Target): Promise<{ plan: UsagePlan; duplicates: readonly string[] } | undefined> => {
    const recorded = target.physicalId ? await get(target.physicalId) : undefined;
    if (recorded) return { plan: recorded, duplicates: [] };
    const traits = (plan: UsagePlan) => ({ tags: plan.tags ?? {}, created: undefined });
    const found = foundByTag(await usagePlans(aws), target.id, owner, traits);
    return found && { plan: found.api, duplicates: found.duplicates };
  };

  const liveOf = (plan: UsagePlan, desired: Props | undefined, duplicates: readonly string[]): Live => {
    const wanted = desired as unknown as UsagePlanProps | undefined;
    const { throttle, quota } = plan;
    const props: UsagePlanProps = {
      planName: plan.name ?? '',
      description: plan.description ?? '',
      throttle: throttleFrom(throttle),
      quota: quota?.limit
        ? { limit: Number(quota.limit), period: quota.period ?? 'DAY', offset: Number(quota.offset ?? 0) }
        : null,
      stages: stagesFrom(stagesOf(plan), wanted?.stages ?? []),
      tags: managedTags(plan.tags ?? {}, wanted?.tags),
    };
    return {
      physicalId: plan.id ?? '',
      props: props as unknown as Props,
      outputs: { usagePlanId: plan.id ?? '' },
      ...ownership(plan.tags ?? {}, owner),
      duplicates,
    };
  };

  return {
    name: 'usage-plan',
    title: 'usage plan',
    fields: {
      planName: 'mutable',
      description: 'mutable',
      throttle: 'mutable',
      quota: 'mutable',
      stages: 'mutable',
      tags: 'mutable',
    },
    holdsData: false,
    cutsOver: false,
    retires: false,
    replacement: 'create-first',

    async read(target, desired) {
      const found = await find(target);
      return found && liveOf(found.plan, desired, found.duplicates);
    },

    async reconcile(_target, props, live) {
      const desired = props as unknown as UsagePlanProps;
      const { throttle, quota } = desired;
      if (!live) {
        const plan = await gateway.send(
          new CreateUsagePlanCommand({
            name: desired.planName,
            description: desired.description,
            ...(throttle && { throttle: { rateLimit: throttle.rate, burstLimit: throttle.burst } }),
            ...(quota && { quota: { ...quota } }),
            apiStages: desired.stages.map(apiStageOf),
            tags: { ...desired.tags },
          }),
        );
        return { physicalId: plan.id ?? '', props, outputs: { usagePlanId: plan.id ?? '' }, owned: true };
      }
      const now = live.props as unknown as UsagePlanProps;
      const usagePlanId = live.physicalId;
      const patchOperations = usagePlanPatch(now, desired);
      if (patchOperations.length > 0) await gateway.send(new UpdateUsagePlanCommand({ usagePlanId, patchOperations }));
      const tags = missingTags(now.tags, desired.tags);
      if (Object.keys(tags).length > 0) {
        const resourceArn = `arn:${aws.partition}:apigateway:${aws.region}::/usageplans/${usagePlanId}`;
        await gateway.send(new TagResourceCommand({ resourceArn, tags }));
      }
      return { physicalId: usagePlanId, props, outputs: { usagePlanId }, owned: true };
    },

    async remove(target) {
      const plan = (await find(target))?.plan;
      if (!plan) return;
      const patchOperations = stagesOf(plan).map(({ apiId = '', stage = '' }) => uncover({ apiId, stage }));
      const usagePlanId = plan.id;
      if (patchOperations.length > 0) await gateway.send(new UpdateUsagePlanCommand({ usagePlanId, patchOperations }));
      await orAbsent(gateway.send(new DeleteUsagePlanCommand({ usagePlanId })));
    },

    async discover() {
      return (await usagePlans(aws)).flatMap((plan) => {
        const id = nodeOf(plan.tags ?? {}, owner);
        return id === undefined ? [] : [{ id, name: plan.name ?? '', physicalId: plan.id ?? '' }];
      });
    },
  };
}

function throttleFrom(settings: { rateLimit?: number | undefined; burstLimit?: number | undefined } | undefined) {
  const { rateLimit, burstLimit } = settings ?? {};
  if (rateLimit === undefined && burstLimit === undefined) return null;
  return { rate: Number(rateLimit ?? 0), burst: Number(burstLimit ?? 0) };
}

/** The stages of the APIs that are asked for, in their order: those of other API versions are not ours to say. */
function stagesFrom(live: readonly ApiStage[], wanted: readonly UsagePlanStage[]): readonly UsagePlanStage[] {
  const order = wanted.map(({ apiId }) => apiId);
  return [...live]
    .filter(({ apiId = '' }) => order.includes(apiId))
    .sort((a, b) => order.indexOf(a.apiId ?? '') - order.indexOf(b.apiId ?? ''))
    .map(({ apiId = '', stage = '', throttle = {} }) => ({
      apiId,
      stage,
      throttles: Object.fromEntries(
        Object.entries(throttle).flatMap(([key, settings]) => {
          const limits = throttleFrom(settings);
          return limits ? [[key, limits]] : [];
        }),
      ),
    }));
}

const apiStageOf = ({ apiId, stage, throttles }: UsagePlanStage): ApiStage => ({
  apiId,
  stage,
  ...(Object.keys(throttles).length > 0 && {
    throttle: Object.fromEntries(
      Object.entries(throttles).map(([key, { rate, burst }]) => [key, { rateLimit: rate, burstLimit: burst }]),
    ),
  }),
});
