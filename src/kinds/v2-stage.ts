// A stage of an HTTP or WebSocket API: what clients call. It never deploys by itself: pointing it at another deployment
// is the cut-over.

import {
  CreateStageCommand,
  DeleteAccessLogSettingsCommand,
  DeleteRouteSettingsCommand,
  DeleteStageCommand,
  GetDeploymentCommand,
  GetStageCommand,
  TagResourceCommand,
  UpdateStageCommand,
  type UpdateStageCommandOutput,
} from '@aws-sdk/client-apigatewayv2';
import type { Kind, Live, Props, Target } from '../engine/kind.ts';
import { accountThrottle, throttleFrom } from './account-throttle.ts';
import type { KindContext } from './kind-context.ts';
import { orAbsent } from './or-absent.ts';
import { managedTags, missingTags, ownership } from './ownership.ts';
import type { V2Protocol } from './v2-protocol.ts';
import {
  accessLogFrom,
  executionLogFrom,
  routeThrottlesFrom,
  settingsInput,
  throttleInput,
  type V2StageProps,
  variablesFrom,
  variablesInput,
} from './v2-stage-props.ts';

export function v2Stage({ aws, owner }: KindContext, name: string, protocol: V2Protocol): Kind {
  const gateway = aws.apiGatewayV2;

  const read = async (_target: Target, desired: Props | undefined): Promise<Live | undefined> => {
    const wanted = desired as unknown as V2StageProps;
    const { apiId: ApiId, stageName: StageName } = wanted;
    const stage = await orAbsent(gateway.send(new GetStageCommand({ ApiId, StageName })));
    if (!stage) return undefined;
    const { DeploymentId = '', DefaultRouteSettings: settings = {} } = stage;
    const deployment = DeploymentId
      ? await orAbsent(gateway.send(new GetDeploymentCommand({ ApiId, DeploymentId })))
      : undefined;
    const { ThrottlingRateLimit, ThrottlingBurstLimit } = settings;
    const props: V2StageProps = {
      apiId: ApiId,
      stageName: StageName,
      description: stage.Description ?? '',
      snapshot: deployment?.Description ?? '',
      deploymentId: DeploymentId,
      variables: variablesFrom(stage),
      throttle: await throttleFrom(aws, ThrottlingRateLimit, ThrottlingBurstLimit, wanted.throttle),
      routeThrottles: routeThrottlesFrom(stage),
      accessLog: accessLogFrom(stage),
      ...(protocol === 'WEBSOCKET' && { executionLog: executionLogFrom(stage) }),
      detailedMetrics: settings.DetailedMetricsEnabled ?? false,
      tags: managedTags(stage.Tags ?? {}, desired?.['tags']),
    };
    return {
      physicalId: `${ApiId}/${StageName}`,
      props: props as unknown as Props,
      outputs: {},
      ...ownership(stage.Tags ?? {}, owner),
    };
  };

  const inputOf = async (now: V2StageProps | undefined, desired: V2StageProps) => {
    // Once set, a throttle cannot be taken away: the account's own is written instead.
    const limits = desired.throttle ?? (now?.throttle ? await accountThrottle(aws) : undefined);
    const everyRoute = settingsInput(desired, protocol);
    const routes = Object.entries(desired.routeThrottles).map(
      ([key, throttle]) => [key, { ...everyRoute, ...throttleInput(throttle) }] as const,
    );
    return {
      ApiId: desired.apiId,
      StageName: desired.stageName,
      DeploymentId: desired.deploymentId,
      Description: desired.description,
      StageVariables: variablesInput(now?.variables ?? {}, desired.variables),
      DefaultRouteSettings: { ...everyRoute, ...(limits && throttleInput(limits)) },
      ...((routes.length > 0 || now) && { RouteSettings: Object.fromEntries(routes) }),
      ...(desired.accessLog && {
        AccessLogSettings: { DestinationArn: desired.accessLog.destinationArn, Format: desired.accessLog.format },
      }),
      AutoDeploy: false,
    };
  };

  const create = async (desired: V2StageProps): Promise<void> => {
    const input = await inputOf(undefined, desired);
    await gateway.send(new CreateStageCommand({ ...input, Tags: { ...desired.tags } }));
  };

  const update = async (now: V2StageProps, desired: V2StageProps): Promise<void> => {
    const { apiId: ApiId, stageName: StageName } = desired;
    const input = await inputOf(now, desired);
    const after = await orAbsent<UpdateStageCommandOutput>(gateway.send(new UpdateStageCommand(input)));
    if (!after) {
      await withoutGoneRoutes(now, desired);
      return;
    }
    // An update adds and changes; what should go and is still there has calls of its own.
    for (const RouteKey of Object.keys(after.RouteSettings ?? {})) {
      if (RouteKey in desired.routeThrottles) continue;
      await orAbsent(gateway.send(new DeleteRouteSettingsCommand({ ApiId, StageName, RouteKey })));
    }
    if (!desired.accessLog && after.AccessLogSettings?.DestinationArn) {
      await orAbsent(gateway.send(new DeleteAccessLogSettingsCommand({ ApiId, StageName })));
    }
    const tags = missingTags(now.tags, desired.tags);
    if (Object.keys(tags).length > 0) {
      const ResourceArn = `arn:${aws.partition}:apigateway:${aws.region}::/apis/${ApiId}/stages/${StageName}`;
      await gateway.send(new TagResourceCommand({ ResourceArn, Tags: tags }));
    }
  };

  /**
   * A stage that a rollback moves back may have throttles of routes that the working copy has lost: API Gateway answers
   * that it does not find them. Traffic moves without those throttles then.
   */
  const withoutGoneRoutes = async (now: V2StageProps, desired: V2StageProps): Promise<void> => {
    const { RouteSettings = {}, ...input } = await inputOf(now, desired);
    await gateway.send(new UpdateStageCommand(input));
    const { ApiId, StageName } = input;
    for (const [key, settings] of Object.entries(RouteSettings)) {
      await orAbsent(gateway.send(new UpdateStageCommand({ ApiId, StageName, RouteSettings: { [key]: settings } })));
    }
  };

  return {
    name,
    title: 'stage',
    fields: {
      apiId: 'immutable',
      stageName: 'immutable',
      description: 'mutable',
      snapshot: 'mutable',
      deploymentId: 'carried',
      variables: 'mutable',
      throttle: 'mutable',
      routeThrottles: 'mutable',
      accessLog: 'mutable',
      ...(protocol === 'WEBSOCKET' && { executionLog: 'mutable' }),
      detailedMetrics: 'mutable',
      tags: 'mutable',
    },
    holdsData: false,
    cutsOver: true,
    retires: false,
    replacement: 'delete-first',
    read,

    async reconcile(_target, props, live) {
      const desired = props as unknown as V2StageProps;
      if (live) await update(live.props as unknown as V2StageProps, desired);
      else await create(desired);
      const { apiId, stageName } = desired;
      return { physicalId: `${apiId}/${stageName}`, props, outputs: {}, owned: true };
    },

    async remove(target) {
      const [ApiId = '', StageName = ''] = (target.physicalId ?? '').split('/');
      if (ApiId !== '') await orAbsent(gateway.send(new DeleteStageCommand({ ApiId, StageName })));
    },

    // Found with its API.
    discover: async () => [],
  };
}
