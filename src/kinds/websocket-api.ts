// A WebSocket API's shell: its id, and the address and ARN of its connections, which functions and their policies need
// before any route exists. It is found by its node tag before one is created.

import {
  type Api,
  CreateApiCommand,
  type CreateApiCommandInput,
  UpdateApiCommand,
  type UpdateApiCommandInput,
} from '@aws-sdk/client-apigatewayv2';
import { executeApiUrl } from '../aws/execute-api-url.ts';
import type { Kind, Live, Outputs, Props } from '../engine/kind.ts';
import { type Coverage, fixed, unsupported } from './coverage.ts';
import type { KindContext } from './kind-context.ts';
import { managedTags, ownership, type Tags } from './ownership.ts';
import { V2Apis } from './v2-api.ts';

export interface WebSocketApiProps {
  readonly apiName: string;
  readonly description: string;
  /** `$request.body.action`. */
  readonly routeSelection: string;
  /** `$request.header.x-api-key` or `$context.authorizer.usageIdentifierKey`. */
  readonly apiKeySelection: string;
  /** Clients come by a custom domain alone. */
  readonly endpointDisabled: boolean;
  readonly tags: Tags;
  /** The stage whose connections the outputs name. */
  readonly stageName: string;
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-selection-expressions.html */
export const defaultApiKeySelection = '$request.header.x-api-key';

export const websocketApiInputs = {
  Name: 'apiName',
  Description: 'description',
  RouteSelectionExpression: 'routeSelection',
  ApiKeySelectionExpression: 'apiKeySelection',
  DisableExecuteApiEndpoint: 'endpointDisabled',
  Tags: 'tags',
  ProtocolType: fixed('WEBSOCKET'),
  DisableSchemaValidation: fixed('false: a model that is declared is heeded'),
  CorsConfiguration: unsupported('for HTTP APIs'),
  CredentialsArn: unsupported('for HTTP APIs'),
  RouteKey: unsupported('for HTTP APIs'),
  Target: unsupported('for HTTP APIs'),
  IpAddressType: unsupported("AWS's default, ipv4"),
  Version: fixed('versions are APIs of their own'),
  ApiId: ['stageName'],
} satisfies Coverage<CreateApiCommandInput & UpdateApiCommandInput>;

export function websocketApi({ aws, owner }: KindContext): Kind {
  const apis = new V2Apis(aws, owner, 'WEBSOCKET');
  const outputsOf = (api: Pick<Api, 'ApiId' | 'ApiEndpoint'>, stageName: string): Outputs => {
    const apiId = api.ApiId ?? '';
    return {
      apiId,
      endpoint: api.ApiEndpoint ?? '',
      connectionsUrl: executeApiUrl(aws, apiId, stageName),
      connectionsArn: `arn:${aws.partition}:execute-api:${aws.region}:${aws.account}:${apiId}/${stageName}/*/@connections/*`,
    };
  };

  const liveOf = (api: Api, desired: Props | undefined, duplicates: readonly string[]): Live => {
    const stageName = String(desired?.['stageName'] ?? '');
    const props = {
      apiName: api.Name ?? '',
      description: api.Description ?? '',
      routeSelection: api.RouteSelectionExpression ?? '',
      apiKeySelection: api.ApiKeySelectionExpression ?? defaultApiKeySelection,
      endpointDisabled: api.DisableExecuteApiEndpoint ?? false,
      tags: managedTags(api.Tags ?? {}, desired?.['tags']),
      stageName,
    };
    return {
      physicalId: api.ApiId ?? '',
      props,
      outputs: outputsOf(api, stageName),
      ...ownership(api.Tags ?? {}, owner),
      duplicates,
    };
  };

  const input = (props: WebSocketApiProps) => ({
    Name: props.apiName,
    Description: props.description,
    RouteSelectionExpression: props.routeSelection,
    ApiKeySelectionExpression: props.apiKeySelection,
    DisableExecuteApiEndpoint: props.endpointDisabled,
    DisableSchemaValidation: false,
  });

  return {
    name: 'websocket-api',
    title: 'WebSocket API',
    fields: {
      apiName: 'mutable',
      description: 'mutable',
      routeSelection: 'mutable',
      apiKeySelection: 'mutable',
      endpointDisabled: 'mutable',
      tags: 'mutable',
      stageName: 'carried',
    },
    holdsData: false,
    cutsOver: false,
    retires: false,
    replacement: 'create-first',

    async read(target, desired) {
      const found = await apis.find(target);
      return found && liveOf(found.api, desired, found.duplicates);
    },

    async reconcile(_target, props, live) {
      const desired = props as unknown as WebSocketApiProps;
      if (live) {
        const ApiId = live.physicalId;
        await aws.apiGatewayV2.send(new UpdateApiCommand({ ApiId, ...input(desired) }));
        await apis.tag(ApiId, live.props['tags'] as Tags, desired.tags);
        return { ...live, props };
      }
      const api = await aws.apiGatewayV2.send(
        new CreateApiCommand({ ...input(desired), ProtocolType: 'WEBSOCKET', Tags: { ...desired.tags } }),
      );
      return { physicalId: api.ApiId ?? '', props, outputs: outputsOf(api, desired.stageName), owned: true };
    },

    remove: (target) => apis.remove(target),
    discover: () => apis.discover(),
  };
}
