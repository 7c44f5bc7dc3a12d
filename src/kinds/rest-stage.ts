// A stage of a REST API: what clients call. It points at an immutable deployment; pointing it at another one is the
// cut-over. Its content is named by the hash in the deployment's description.

import {
  CreateStageCommand,
  DeleteStageCommand,
  GetDeploymentCommand,
  GetStageCommand,
  type PatchOperation,
  type Stage,
  TagResourceCommand,
  UpdateStageCommand,
} from '@aws-sdk/client-api-gateway';
import type { Kind, Live, Props, Target } from '../engine/kind.ts';
import type { KindContext } from './kind-context.ts';
import { orAbsent } from './or-absent.ts';
import { managedTags, missingTags, ownership } from './ownership.ts';
import { cacheSettled } from './rest-cache-cluster.ts';
import { ensureExecutionLog, executionLogRetention, removeExecutionLogs } from './rest-execution-log.ts';
import { logsExecutions, settingsFrom } from './rest-method-settings.ts';
import { stagePatch } from './rest-stage-patch.ts';
import type { CacheSize, RestStageProps } from './rest-stage-props.ts';
import { leaveUsagePlans } from './usage-plan-stages.ts';

export function restStage({ aws, owner }: KindContext): Kind {
  const gateway = aws.apiGateway;
  const get = (restApiId: string, stageName: string): Promise<Stage | undefined> =>
    orAbsent(gateway.send(new GetStageCommand({ restApiId, stageName })));
  const snapshotOf = async (restApiId: string, deploymentId: string): Promise<string> =>
    (await orAbsent(gateway.send(new GetDeploymentCommand({ restApiId, deploymentId }))))?.description ?? '';

  const read = async (_target: Target, desired: Props | undefined): Promise<Live | undefined> => {
    const wanted = desired as unknown as RestStageProps;
    const { apiId, stageName } = wanted;
    const stage = await get(apiId, stageName);
    if (!stage) return undefined;
    const deploymentId = stage.deploymentId ?? '';
    const settings = await settingsFrom(aws, stage.methodSettings, wanted.settings);
    const { destinationArn = '', format = '' } = stage.accessLogSettings ?? {};
    const props: RestStageProps = {
      apiId,
      stageName,
      snapshot: await snapshotOf(apiId, deploymentId),
      deploymentId,
      description: stage.description ?? '',
      variables: stage.variables ?? {},
      settings,
      executionLogDays: logsExecutions(settings)
        ? ((await executionLogRetention(aws, apiId, stageName)) ?? null)
        : null,
      accessLog: destinationArn === '' ? null : { destinationArn: destinationArn.replace(/:\*$/, ''), format },
      cacheCluster: stage.cacheClusterEnabled ? ((stage.cacheClusterSize ?? '') as CacheSize) : '',
      tracing: stage.tracingEnabled ?? false,
      tags: managedTags(stage.tags ?? {}, desired?.['tags']),
    };
    return {
      physicalId: `${apiId}/${stageName}`,
      props: props as unknown as Props,
      outputs: {},
      ...ownership(stage.tags ?? {}, owner),
    };
  };

  const create = async ({ apiId, stageName, deploymentId, cacheCluster, ...desired }: RestStageProps) => {
    await gateway.send(
      new CreateStageCommand({
        restApiId: apiId,
        stageName,
        deploymentId,
        description: desired.description,
        variables: { ...desired.variables },
        tracingEnabled: desired.tracing,
        ...(cacheCluster !== '' && { cacheClusterEnabled: true, cacheClusterSize: cacheCluster }),
        tags: { ...desired.tags },
      }),
    );
    const { settings, accessLog, ...made } = desired;
    const now = { ...made, apiId, stageName, deploymentId, cacheCluster, settings: {}, accessLog: null };
    await patch(apiId, stageName, stagePatch(now, { ...now, settings, accessLog }), cacheCluster !== '');
  };

  const patch = async (restApiId: string, stageName: string, patches: PatchOperation[], cache: boolean) => {
    // While a cache is on its way, API Gateway takes no other change of the stage.
    if (cache) await cacheSettled(aws, restApiId, stageName);
    if (patches.length === 0) return;
    await gateway.send(new UpdateStageCommand({ restApiId, stageName, patchOperations: patches }));
    if (patches.some(({ path }) => path?.startsWith('/cacheCluster'))) await cacheSettled(aws, restApiId, stageName);
  };

  return {
    name: 'rest-stage',
    title: 'stage',
    fields: {
      apiId: 'immutable',
      stageName: 'immutable',
      snapshot: 'mutable',
      deploymentId: 'carried',
      description: 'mutable',
      variables: 'mutable',
      settings: 'mutable',
      executionLogDays: 'mutable',
      accessLog: 'mutable',
      cacheCluster: 'mutable',
      tracing: 'mutable',
      tags: 'mutable',
    },
    holdsData: false,
    cutsOver: true,
    retires: false,
    replacement: 'delete-first',
    read,

    async reconcile(_target, props, live) {
      const desired = props as unknown as RestStageProps;
      const { apiId, stageName } = desired;
      const now = live?.props as unknown as RestStageProps | undefined;
      if (desired.executionLogDays !== null && desired.executionLogDays !== now?.executionLogDays) {
        await ensureExecutionLog(aws, apiId, stageName, desired.executionLogDays, desired.tags);
      }
      if (!now) await create(desired);
      else {
        await patch(apiId, stageName, stagePatch(now, desired), now.cacheCluster !== '');
        const tags = missingTags(now.tags, desired.tags);
        if (Object.keys(tags).length > 0) {
          const resourceArn = `arn:${aws.partition}:apigateway:${aws.region}::/restapis/${apiId}/stages/${stageName}`;
          await gateway.send(new TagResourceCommand({ resourceArn, tags }));
        }
      }
      return { physicalId: `${apiId}/${stageName}`, props, outputs: {}, owned: true };
    },

    async remove(target) {
      const [restApiId = '', stageName = ''] = (target.physicalId ?? '').split('/');
      if (restApiId === '') return;
      await leaveUsagePlans(aws, restApiId, stageName);
      await orAbsent(gateway.send(new DeleteStageCommand({ restApiId, stageName })));
      await removeExecutionLogs(aws, restApiId, stageName);
    },

    // Found with its API.
    discover: async () => [],
  };
}
