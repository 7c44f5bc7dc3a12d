// The stage of a REST API in the words of the kind that deploys it, and the usage plans that cover it.

import type { RestApiDefinition, RestRoute, StageSettings, Throttle } from '../../../api/definition.ts';
import type { DesiredNode, Json, NodeId } from '../../../engine/kind.ts';
import { ref } from '../../../engine/references.ts';
import {
  defaultMethodSettings,
  everyMethod,
  type RestMethodSettings,
  type RestSettingsByMethod,
  settingsKey,
} from '../../../kinds/rest-method-settings.ts';
import { type GraphInput, nodeTags, placeOf } from './graph-input.ts';
import { usagePlanName } from './names.ts';

const limits = ({ rateLimit, burstLimit }: Throttle) => ({ rate: rateLimit, burst: burstLimit });

/** All of a REST stage's props but where it stands and what it serves. */
export function restStageSettings(definition: RestApiDefinition): Readonly<Record<string, Json>> {
  const { stage } = definition;
  return {
    description: stage.description ?? '',
    settings: settingsOf(definition) as unknown as Json,
    executionLogDays: stage.executionLog?.retentionDays ?? null,
    cacheCluster: stage.cacheCluster?.size ?? '',
    tracing: stage.tracing ?? false,
  };
}

/** An entry for every method, where the stage says anything, and one for each method that says something of its own. */
function settingsOf({ stage, routes }: RestApiDefinition): RestSettingsByMethod {
  const all = stageWide(stage);
  const own = routes
    .filter((route) => route.throttle || (route.cache && stage.cacheCluster))
    .map((route) => [settingsKey(route.method, route.path), ownSettings(all, route)] as const);
  const says = stage.throttle ?? stage.executionLog ?? stage.detailedMetrics ?? stage.cacheCluster;
  return { ...(says && { [everyMethod]: all }), ...Object.fromEntries(own) };
}

function stageWide(stage: StageSettings): RestMethodSettings {
  const { cacheCluster, executionLog } = stage;
  return {
    ...defaultMethodSettings,
    throttle: stage.throttle ? limits(stage.throttle) : null,
    metrics: stage.detailedMetrics ?? false,
    ...(executionLog && { loggingLevel: executionLog.level, dataTrace: executionLog.dataTrace }),
    ...(cacheCluster && {
      cacheTtl: cacheCluster.ttl,
      cacheEncrypted: cacheCluster.encrypted,
      invalidationNeedsAuthorization: cacheCluster.invalidationNeedsAuthorization,
      unauthorizedInvalidation: cacheCluster.unauthorizedInvalidation,
    }),
  };
}

const ownSettings = (all: RestMethodSettings, { throttle, cache }: RestRoute): RestMethodSettings => ({
  ...all,
  ...(throttle && { throttle: limits(throttle) }),
  ...(cache && { caching: true, cacheTtl: cache.ttl }),
});

/** The account's role for logs, where the stage writes any: one node for all APIs, since the account has one. */
export function logsRoleNodes(input: GraphInput, { stage }: Pick<RestApiDefinition, 'stage'>): readonly DesiredNode[] {
  if (!stage.accessLog && !stage.executionLog) return [];
  return [
    {
      id: 'gateway-account',
      kind: 'gateway-account',
      name: input.project.region,
      props: { logsRole: true },
      dependsOn: [],
    },
  ];
}

/** One for all versions of an API: its node has no version. */
export const usagePlanNodeId = (api: string, plan: string): NodeId => `usage-plan:${api}/${plan}`;

export function usagePlanNodes(
  input: GraphInput,
  definition: RestApiDefinition,
  shellId: NodeId,
  stageId: NodeId,
): readonly DesiredNode[] {
  return (definition.usagePlans ?? []).map((plan) => {
    const id = usagePlanNodeId(definition.name, plan.name);
    const name = usagePlanName(placeOf(input), definition.name, plan.name);
    const throttles = Object.entries(plan.methodThrottles ?? {}).map(([route, throttle]) => {
      const [method = '', path = ''] = route.split(' ');
      return [settingsKey(method, path), limits(throttle)] as const;
    });
    const { quota } = plan;
    return {
      id,
      kind: 'usage-plan',
      name,
      props: {
        planName: name,
        description: plan.description ?? '',
        throttle: plan.throttle ? limits(plan.throttle) : null,
        quota: quota ? { limit: quota.limit, period: quota.period, offset: quota.offset ?? 0 } : null,
        stages: [
          { apiId: ref(shellId, 'apiId'), stage: definition.stage.name, throttles: Object.fromEntries(throttles) },
        ],
        tags: nodeTags(input, id),
      },
      dependsOn: [stageId],
    };
  });
}
