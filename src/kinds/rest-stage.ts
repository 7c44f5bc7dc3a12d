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
} from '@aws-sdk/client-api-gateway';
import { isNotFound } from '../aws/is-not-found.ts';
import type { Kind, Live, Props, Target } from '../engine/kind.ts';
import { type Coverage, fixed, unsupported } from './coverage.ts';
import type { KindContext } from './kind-context.ts';
import { managedTags, missingTags, ownership, type Tags } from './ownership.ts';
import { patchMap } from './rest-working-copy.ts';

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
  deploymentId: 'deploymentId',
  variables: 'variables',
  tags: 'tags',
  description: fixed('none: the tags say what it is'),
  cacheClusterEnabled: unsupported('caching is not offered yet'),
  cacheClusterSize: unsupported('caching is not offered yet'),
  documentationVersion: unsupported('documentation is generated from source'),
  canarySettings: unsupported('canaries weight the alias'),
  tracingEnabled: unsupported('X-Ray is not offered yet'),
} satisfies Coverage<CreateStageCommandInput>;

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
      throttle: throttleOf(stage),
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
          ...patchMap('/variables', now.variables, desired.variables),
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

/** AWS reads an unset limit back as absent or -1; emulators as 0 or the account's 10,000 and 5,000. */
function throttleOf(stage: Stage): RestStageProps['throttle'] {
  const settings = stage.methodSettings?.['*/*'];
  const rate = settings?.throttlingRateLimit;
  const burst = settings?.throttlingBurstLimit;
  if (rate === undefined || burst === undefined || rate < 0 || burst < 0) return null;
  return { rate, burst };
}

function throttlePatch(now: RestStageProps['throttle'], desired: RestStageProps['throttle']): PatchOperation[] {
  if (now?.rate === desired?.rate && now?.burst === desired?.burst) return [];
  if (!desired) return [{ op: 'remove', path: '/*/*' }];
  return [
    { op: 'replace', path: `${everyMethod}/rateLimit`, value: String(desired.rate) },
    { op: 'replace', path: `${everyMethod}/burstLimit`, value: String(desired.burst) },
  ];
}
