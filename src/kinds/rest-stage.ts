// A stage of a REST API: what clients call. It points at an immutable deployment; pointing it at another one is the
// cut-over. Its content is named by the hash in the deployment's description.

import {
  CreateStageCommand,
  type CreateStageCommandInput,
  DeleteStageCommand,
  GetDeploymentCommand,
  GetStageCommand,
  type PatchOperation,
  type Stage,
  TagResourceCommand,
  UpdateStageCommand,
  type UpdateStageCommandInput,
} from '@aws-sdk/client-api-gateway';
import { isNotFound } from '../aws/is-not-found.ts';
import type { Kind, Live, Props, Target } from '../engine/kind.ts';
import { throttleFrom } from './account-throttle.ts';
import { type Coverage, fixed, unsupported } from './coverage.ts';
import type { KindContext } from './kind-context.ts';
import { managedTags, missingTags, ownership, type Tags } from './ownership.ts';

export interface RestStageProps {
  readonly apiId: string;
  readonly stageName: string;
  /** The hash of the definition it serves. */
  readonly snapshot: string;
  /** Its deployment, minted by API Gateway. */
  readonly deploymentId: string;
  readonly variables: Readonly<Record<string, string>>;
  /** Of every method; null: the account's. */
  readonly throttle: { readonly rate: number; readonly burst: number } | null;
  readonly tags: Tags;
}

export const restStageInputs = {
  restApiId: 'apiId',
  stageName: 'stageName',
  deploymentId: ['snapshot', 'deploymentId'],
  variables: 'variables',
  tags: 'tags',
  description: fixed('none: the tags say what it is'),
  cacheClusterEnabled: unsupported('caching is not offered yet'),
  cacheClusterSize: unsupported('caching is not offered yet'),
  documentationVersion: unsupported('documentation is generated from source'),
  canarySettings: unsupported('canaries weight the alias'),
  tracingEnabled: unsupported('X-Ray is not offered yet'),
  patchOperations: ['snapshot', 'deploymentId', 'variables', 'throttle'],
} satisfies Coverage<CreateStageCommandInput & UpdateStageCommandInput>;

export function restStage({ aws, owner }: KindContext): Kind {
  const gateway = aws.apiGateway;
  const get = async (restApiId: string, stageName: string): Promise<Stage | undefined> => {
    try {
      return await gateway.send(new GetStageCommand({ restApiId, stageName }));
    } catch (error) {
      if (isNotFound(error)) return undefined;
      throw error;
    }
  };
  const throttleOf = (stage: Stage, wanted: RestStageProps['throttle']): Promise<RestStageProps['throttle']> => {
    const { throttlingRateLimit, throttlingBurstLimit } = stage.methodSettings?.['*/*'] ?? {};
    return throttleFrom(aws, throttlingRateLimit, throttlingBurstLimit, wanted);
  };
  const snapshotOf = async (restApiId: string, deploymentId: string): Promise<string> => {
    try {
      return (await gateway.send(new GetDeploymentCommand({ restApiId, deploymentId }))).description ?? '';
    } catch (error) {
      if (isNotFound(error)) return '';
      throw error;
    }
  };

  const read = async (_target: Target, desired: Props | undefined): Promise<Live | undefined> => {
    const wanted = desired as unknown as RestStageProps;
    const stage = await get(wanted.apiId, wanted.stageName);
    if (!stage) return undefined;
    const deploymentId = stage.deploymentId ?? '';
    const props: RestStageProps = {
      apiId: wanted.apiId,
      stageName: wanted.stageName,
      snapshot: await snapshotOf(wanted.apiId, deploymentId),
      deploymentId,
      variables: stage.variables ?? {},
      throttle: await throttleOf(stage, wanted.throttle),
      tags: managedTags(stage.tags ?? {}, desired?.['tags']),
    };
    return {
      physicalId: `${wanted.apiId}/${wanted.stageName}`,
      props: props as unknown as Props,
      outputs: {},
      ...ownership(stage.tags ?? {}, owner),
    };
  };

  const patch = async (restApiId: string, stageName: string, patchOperations: PatchOperation[]): Promise<void> => {
    if (patchOperations.length === 0) return;
    await gateway.send(new UpdateStageCommand({ restApiId, stageName, patchOperations }));
  };

  return {
    name: 'rest-stage',
    title: 'stage',
    fields: {
      apiId: 'immutable',
      stageName: 'immutable',
      snapshot: 'mutable',
      deploymentId: 'carried',
      variables: 'mutable',
      throttle: 'mutable',
      tags: 'mutable',
    },
    holdsData: false,
    cutsOver: true,
    retires: false,
    replacement: 'delete-first',
    read,

    async reconcile(_target, props, live) {
      const desired = props as unknown as RestStageProps;
      const { apiId, stageName, deploymentId } = desired;
      const now = live?.props as unknown as RestStageProps | undefined;
      if (!now) {
        await gateway.send(
          new CreateStageCommand({
            restApiId: apiId,
            stageName,
            deploymentId,
            variables: { ...desired.variables },
            tags: { ...desired.tags },
          }),
        );
        await patch(apiId, stageName, throttlePatch(null, desired.throttle));
      } else {
        await patch(apiId, stageName, [
          ...throttlePatch(now.throttle, desired.throttle),
          ...variablesPatch(now.variables, desired.variables),
          ...(now.snapshot === desired.snapshot
            ? []
            : [{ op: 'replace' as const, path: '/deploymentId', value: deploymentId }]),
        ]);
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
      try {
        if (restApiId !== '') await gateway.send(new DeleteStageCommand({ restApiId, stageName }));
      } catch (error) {
        if (!isNotFound(error)) throw error;
      }
    },

    // Found with its API.
    discover: async () => [],
  };
}

const everyMethod = '/*/*/throttling';

function throttlePatch(now: RestStageProps['throttle'], desired: RestStageProps['throttle']): PatchOperation[] {
  if (now?.rate === desired?.rate && now?.burst === desired?.burst) return [];
  // Takes away all settings of `*/*`: the throttle is the only one that apigen makes.
  if (!desired) return [{ op: 'remove', path: '/*/*' }];
  return [
    { op: 'replace', path: `${everyMethod}/rateLimit`, value: String(desired.rate) },
    { op: 'replace', path: `${everyMethod}/burstLimit`, value: String(desired.burst) },
  ];
}

/**
 * Variables take `replace` and `remove`, no `add`: `replace` makes them too.
 * https://docs.aws.amazon.com/apigateway/latest/api/patch-operations.html#UpdateStage-Patch
 */
function variablesPatch(now: RestStageProps['variables'], desired: RestStageProps['variables']): PatchOperation[] {
  const removed = Object.keys(now).filter((name) => !(name in desired));
  const changed = Object.entries(desired).filter(([name, value]) => now[name] !== value);
  return [
    ...removed.map((name): PatchOperation => ({ op: 'remove', path: `/variables/${name}` })),
    ...changed.map(([name, value]): PatchOperation => ({ op: 'replace', path: `/variables/${name}`, value })),
  ];
}
