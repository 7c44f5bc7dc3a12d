// A WebSocket API in AWS's terms: routes by the selection expression, authorizers of $connect.

import type { ApiCommon, JsonSchema, StringMap } from './definition.ts';

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

export type WebSocketIntegration =
  | { readonly type: 'AWS_PROXY'; readonly function: string; readonly timeoutInMillis?: number }
  | { readonly type: 'MOCK'; readonly requestTemplates?: StringMap }
  | {
      readonly type: 'HTTP_PROXY';
      readonly uri: string;
      readonly httpMethod: string;
      readonly timeoutInMillis?: number;
    };
