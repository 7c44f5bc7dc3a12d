// A stage of an HTTP API: what clients call. `$default` stands without a path prefix. It never deploys by itself:
// pointing it at another deployment is the cut-over.

import {
  CreateStageCommand,
  type CreateStageCommandInput,
  DeleteStageCommand,
  GetDeploymentCommand,
  GetStageCommand,
  TagResourceCommand,
  UpdateStageCommand,
  type UpdateStageCommandInput,
} from '@aws-sdk/client-apigatewayv2';
import { isNotFound } from '../aws/is-not-found.ts';
import type { Kind, Live, Props, Target } from '../engine/kind.ts';
import { accountThrottle, throttleFrom } from './account-throttle.ts';
import { type Coverage, fixed, unsupported } from './coverage.ts';
import type { KindContext } from './kind-context.ts';
import { managedTags, missingTags, ownership, type Tags } from './ownership.ts';

export interface HttpStageProps {
  readonly apiId: string;
  readonly stageName: string;
  /** The hash of the definition it serves. */
  readonly snapshot: string;
  /** Its deployment, minted by API Gateway. */
  readonly deploymentId: string;
  readonly variables: Readonly<Record<string, string>>;
  /** Of every route; null: the account's. */
  readonly throttle: { readonly rate: number; readonly burst: number } | null;
  readonly tags: Tags;
}

export const httpStageInputs = {
  ApiId: 'apiId',
  StageName: 'stageName',
  DeploymentId: ['snapshot', 'deploymentId'],
  StageVariables: 'variables',
  DefaultRouteSettings: 'throttle',
  Tags: 'tags',
  AutoDeploy: fixed('false: a stage serves what a deploy made'),
  Description: fixed('none: the tags say what it is'),
  AccessLogSettings: unsupported('access logs are not offered yet'),
  ClientCertificateId: unsupported('for WebSocket APIs'),
  RouteSettings: unsupported('throttles of single routes are not offered yet'),
} satisfies Coverage<CreateStageCommandInput & UpdateStageCommandInput>;

export function httpStage({ aws, owner }: KindContext): Kind {
  const gateway = aws.apiGatewayV2;
  const orAbsent = async <T>(call: Promise<T>): Promise<T | undefined> => {
    try {
      return await call;
    } catch (error) {
      if (isNotFound(error)) return undefined;
      throw error;
    }
  };

  const read = async (_target: Target, desired: Props | undefined): Promise<Live | undefined> => {
    const wanted = desired as unknown as HttpStageProps;
    const { apiId: ApiId, stageName: StageName } = wanted;
    const stage = await orAbsent(gateway.send(new GetStageCommand({ ApiId, StageName })));
    if (!stage) return undefined;
    const DeploymentId = stage.DeploymentId ?? '';
    const deployment = DeploymentId
      ? await orAbsent(gateway.send(new GetDeploymentCommand({ ApiId, DeploymentId })))
      : undefined;
    const props: HttpStageProps = {
      apiId: ApiId,
      stageName: StageName,
      snapshot: deployment?.Description ?? '',
      deploymentId: DeploymentId,
      variables: withoutEmpty(stage.StageVariables ?? {}),
      throttle: await throttleFrom(
        aws,
        stage.DefaultRouteSettings?.ThrottlingRateLimit,
        stage.DefaultRouteSettings?.ThrottlingBurstLimit,
        wanted.throttle,
      ),
      tags: managedTags(stage.Tags ?? {}, desired?.['tags']),
    };
    return {
      physicalId: `${ApiId}/${StageName}`,
      props: props as unknown as Props,
      outputs: {},
      ...ownership(stage.Tags ?? {}, owner),
    };
  };

  const throttleInput = async (now: HttpStageProps['throttle'], desired: HttpStageProps['throttle']) => {
    if (!now && !desired) return {};
    const { rate, burst } = desired ?? (await accountThrottle(aws));
    return { DefaultRouteSettings: { ThrottlingRateLimit: rate, ThrottlingBurstLimit: burst } };
  };

  return {
    name: 'http-stage',
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
      const desired = props as unknown as HttpStageProps;
      const now = live?.props as unknown as HttpStageProps | undefined;
      const { apiId: ApiId, stageName: StageName } = desired;
      const settings = {
        ApiId,
        StageName,
        DeploymentId: desired.deploymentId,
        StageVariables: variablesInput(now?.variables ?? {}, desired.variables),
        ...(await throttleInput(now?.throttle ?? null, desired.throttle)),
      };
      if (!now)
        await gateway.send(new CreateStageCommand({ ...settings, AutoDeploy: false, Tags: { ...desired.tags } }));
      else {
        await gateway.send(new UpdateStageCommand({ ...settings, AutoDeploy: false }));
        const tags = missingTags(now.tags, desired.tags);
        if (Object.keys(tags).length > 0) {
          const ResourceArn = `arn:${aws.partition}:apigateway:${aws.region}::/apis/${ApiId}/stages/${StageName}`;
          await gateway.send(new TagResourceCommand({ ResourceArn, Tags: tags }));
        }
      }
      return { physicalId: `${ApiId}/${StageName}`, props, outputs: {}, owned: true };
    },

    async remove(target) {
      const [ApiId = '', StageName = ''] = (target.physicalId ?? '').split('/');
      if (ApiId !== '') await orAbsent(gateway.send(new DeleteStageCommand({ ApiId, StageName })));
    },

    // Found with its API.
    discover: async () => [],
  };
}

/** UpdateStage merges variables: an empty value takes one away. */
function variablesInput(
  now: Readonly<Record<string, string>>,
  desired: Readonly<Record<string, string>>,
): Record<string, string> {
  const removed = Object.keys(now).filter((name) => !(name in desired));
  return { ...desired, ...Object.fromEntries(removed.map((name) => [name, ''])) };
}

/** A variable that an empty value took away. */
const withoutEmpty = (variables: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ''));
