// A WebSocket API in AWS's terms: routes by the selection expression, authorizers of $connect.

import type { ApiCommon, JsonSchema, StringMap } from './definition.ts';
import type { Throttle } from './stage-definition.ts';

export interface WebSocketApiDefinition extends ApiCommon {
  readonly type: 'websocket';
  /** `$request.body.action`. */
  readonly routeSelectionExpression: string;
  readonly models: Readonly<Record<string, JsonSchema>>;
  readonly authorizers: Readonly<Record<string, WebSocketAuthorizer>>;
  readonly routes: readonly WebSocketRoute[];
}

export interface WebSocketRoute {
  /** `$connect`, `$disconnect`, `$default`, or a value of the selection expression. */
  readonly routeKey: string;
  /** Only `$connect` may be protected. */
  readonly authorization: WebSocketAuthorization;
  /** Whether the function's answer is sent back on the socket. */
  readonly routeResponse: boolean;
  /** Model name a message's body must match (model selection by `$default`). */
  readonly requestModel?: string;
  readonly integration: WebSocketIntegration;
  /** `throttlingRateLimit` and `throttlingBurstLimit` of the stage's route settings. */
  readonly throttle?: Throttle;
}

export type WebSocketAuthorization =
  | { readonly type: 'NONE' }
  | { readonly type: 'AWS_IAM' }
  | { readonly type: 'CUSTOM'; readonly authorizer: string };

export interface WebSocketAuthorizer {
  readonly type: 'REQUEST';
  readonly function: string;
  /** `route.request.{header|querystring}.{name}`. */
  readonly identitySource: readonly string[];
  readonly ttl: number;
}

interface WebSocketIntegrationCommon {
  /** 50 to 29,000 ms; AWS's default is 29,000. */
  readonly timeoutInMillis?: number;
}

/** What integrations that map the message have. */
export interface WebSocketMapping {
  /** By key, `$default` for any other → mapping template. */
  readonly requestTemplates?: StringMap;
  /** Gives the key of {@link requestTemplates}: `\\$default`, `${request.body.kind}`. */
  readonly templateSelectionExpression?: string;
  /** `integration.request.{header|querystring|path}.{name}` → `route.request.…`, `context.…`, `stageVariables.…` or `'literal'`. */
  readonly requestParameters?: StringMap;
  readonly passthroughBehavior?: 'WHEN_NO_MATCH' | 'WHEN_NO_TEMPLATES' | 'NEVER';
  /** Status selection of what comes back, where the route responds. */
  readonly responses?: readonly WebSocketIntegrationResponse[];
}

export interface WebSocketIntegrationResponse {
  /** `$default`, or a regular expression in slashes on the status or the error: `/5\d\d/`. */
  readonly key: string;
  readonly responseTemplates?: StringMap;
  readonly templateSelectionExpression?: string;
}

export type WebSocketIntegration = WebSocketIntegrationCommon &
  (
    | { readonly type: 'AWS_PROXY'; readonly function: string }
    | ({ readonly type: 'MOCK' } & WebSocketMapping)
    | ({ readonly type: 'HTTP_PROXY'; readonly uri: string; readonly httpMethod: string } & Pick<
        WebSocketMapping,
        'requestParameters'
      >)
    | ({ readonly type: 'HTTP'; readonly uri: string; readonly httpMethod: string } & WebSocketMapping)
    /** Another AWS service: `credentials` is the role of the API's `integrationStatements`. */
    | ({ readonly type: 'AWS'; readonly uri: string; readonly httpMethod: string } & WebSocketMapping)
  );
