// An API in AWS's own terms, resolved and serialisable: what the kinds deploy and what the local gateway serves.
// Nothing interprets apigen.yml a second time: both read this. Functions are named by their logical name,
// never by ARN, so that the same definition serves on AWS and on this machine.

/** JSON Schema as API Gateway takes it (draft 4) or as OpenAPI carries it. */
export type JsonSchema = { readonly [keyword: string]: unknown };

export type StringMap = Readonly<Record<string, string>>;

export type ApiDefinition = RestApiDefinition | HttpApiDefinition | WebSocketApiDefinition;

interface ApiCommon {
  /** The key under `apis:` in apigen.yml. */
  readonly name: string;
  readonly description?: string;
  readonly stage: StageSettings;
}

export interface StageSettings {
  /** The API Gateway stage. REST URLs carry it: `/{stage}{path}`; HTTP APIs with `$default` do not. */
  readonly name: string;
  readonly variables: StringMap;
  /** Requests per second and burst, per API Gateway stage. Absent: the account's own limits. */
  readonly throttle?: Throttle;
}

export interface Throttle {
  /** Requests a second, steady. */
  readonly rateLimit: number;
  /** Bucket size. */
  readonly burstLimit: number;
}

// ---------------------------------------------------------------- REST

export interface RestApiDefinition extends ApiCommon {
  readonly type: 'rest';
  readonly endpointType: 'REGIONAL' | 'EDGE';
  readonly binaryMediaTypes: readonly string[];
  /** Bytes from which answers are compressed; absent: never. */
  readonly minimumCompressionSize?: number;
  readonly apiKeySource: 'HEADER' | 'AUTHORIZER';
  /** By model name (letters and digits only). */
  readonly models: Readonly<Record<string, JsonSchema>>;
  readonly authorizers: Readonly<Record<string, RestAuthorizer>>;
  readonly gatewayResponses: Readonly<Partial<Record<GatewayResponseType, GatewayResponse>>>;
  readonly routes: readonly RestRoute[];
  readonly canary?: RestCanary;
}

/** A canary of a stage: its own snapshot of the routes behind a share of the traffic. */
export interface RestCanary {
  readonly percentTraffic: number;
  readonly stageVariableOverrides: StringMap;
  readonly routes: readonly RestRoute[];
}

export interface RestRoute {
  /** `GET`, `POST`, … or `ANY`. */
  readonly method: string;
  /** `/`, `/products/{id}`, `/files/{proxy+}`. */
  readonly path: string;
  readonly operationName?: string;
  readonly authorization: RestAuthorization;
  readonly apiKeyRequired: boolean;
  /** What is checked before the integration; absent: nothing (a required parameter then does nothing). */
  readonly validator?: { readonly body: boolean; readonly parameters: boolean };
  /** `method.request.{path|querystring|header}.{name}` → whether it is required. */
  readonly requestParameters: Readonly<Record<string, boolean>>;
  /** Content type → model name. */
  readonly requestModels: StringMap;
  readonly integration: RestIntegration;
  /** Needed by non-proxy integrations; a status each. */
  readonly methodResponses: readonly RestMethodResponse[];
}

export interface RestMethodResponse {
  readonly statusCode: string;
  /** `method.response.header.{name}` → required, as AWS keeps it. */
  readonly responseParameters: Readonly<Record<string, boolean>>;
  readonly responseModels: StringMap;
}

export type RestAuthorization =
  | { readonly type: 'NONE' }
  | { readonly type: 'AWS_IAM' }
  | { readonly type: 'CUSTOM'; readonly authorizer: string }
  | { readonly type: 'COGNITO_USER_POOLS'; readonly authorizer: string; readonly scopes?: readonly string[] };

export type RestAuthorizer =
  | {
      readonly type: 'TOKEN';
      readonly function: string;
      /** `method.request.header.{name}`. */
      readonly identitySource: string;
      readonly identityValidationExpression?: string;
      /** Seconds an answer is kept; 0: never. AWS's default is 300. */
      readonly ttl: number;
    }
  | {
      readonly type: 'REQUEST';
      readonly function: string;
      /** Several expressions, joined by commas in AWS. */
      readonly identitySource: readonly string[];
      readonly ttl: number;
    }
  | {
      readonly type: 'COGNITO_USER_POOLS';
      readonly identitySource: string;
      /** User pool ARNs. */
      readonly userPoolArns: readonly string[];
      /** Where the pool's keys are; derived from the ARN on AWS, a local issuer under dev. */
      readonly issuers: readonly string[];
    };

interface RestIntegrationCommon {
  /** 50 to 29,000 ms; AWS's default is 29,000. */
  readonly timeoutInMillis?: number;
  readonly passthroughBehavior?: 'WHEN_NO_MATCH' | 'WHEN_NO_TEMPLATES' | 'NEVER';
  readonly contentHandling?: ContentHandling;
  /** `integration.request.{path|querystring|header}.{name}` → `method.request.…`, `context.…`, `stageVariables.…` or `'literal'`. */
  readonly requestParameters?: StringMap;
  /** Content type → mapping template. */
  readonly requestTemplates?: StringMap;
  readonly responses?: readonly RestIntegrationResponse[];
  readonly cacheKeyParameters?: readonly string[];
}

export type ContentHandling = 'CONVERT_TO_BINARY' | 'CONVERT_TO_TEXT';

export type RestIntegration = RestIntegrationCommon &
  (
    | { readonly type: 'MOCK' }
    /** `httpMethod` is the method towards Lambda: POST, or AWS answers 500. */
    | { readonly type: 'AWS_PROXY'; readonly function: string; readonly httpMethod?: string }
    /** Lambda by `function`, or another AWS service by `uri` (`arn:aws:apigateway:{region}:{service}:{action|path}/…`). */
    | { readonly type: 'AWS'; readonly function: string; readonly httpMethod?: string }
    | { readonly type: 'AWS'; readonly uri: string; readonly httpMethod: string; readonly credentials?: string }
    | {
        readonly type: 'HTTP' | 'HTTP_PROXY';
        readonly uri: string;
        readonly httpMethod: string;
        /** VPC Link id (a REST API's links go to an NLB). */
        readonly vpcLink?: string;
      }
  );

export interface RestIntegrationResponse {
  readonly statusCode: string;
  /** A regular expression on the status (HTTP, MOCK) or on errorMessage (Lambda). Null or '' is the default response. */
  readonly selectionPattern: string | null;
  readonly responseParameters?: StringMap;
  readonly responseTemplates?: StringMap;
  readonly contentHandling?: ContentHandling;
}

export type GatewayResponseType =
  | 'DEFAULT_4XX'
  | 'DEFAULT_5XX'
  | 'RESOURCE_NOT_FOUND'
  | 'UNAUTHORIZED'
  | 'INVALID_API_KEY'
  | 'ACCESS_DENIED'
  | 'AUTHORIZER_FAILURE'
  | 'AUTHORIZER_CONFIGURATION_ERROR'
  | 'INVALID_SIGNATURE'
  | 'EXPIRED_TOKEN'
  | 'MISSING_AUTHENTICATION_TOKEN'
  | 'INTEGRATION_FAILURE'
  | 'INTEGRATION_TIMEOUT'
  | 'API_CONFIGURATION_ERROR'
  | 'UNSUPPORTED_MEDIA_TYPE'
  | 'BAD_REQUEST_PARAMETERS'
  | 'BAD_REQUEST_BODY'
  | 'REQUEST_TOO_LARGE'
  | 'THROTTLED'
  | 'QUOTA_EXCEEDED'
  | 'WAF_FILTERED';

export interface GatewayResponse {
  readonly statusCode?: string;
  /** `gatewayresponse.header.{name}` → value. */
  readonly responseParameters?: StringMap;
  readonly responseTemplates?: StringMap;
}

/** An API key as a usage plan knows it. The value exists only under dev and in AWS, never in the ledger. */
export interface ApiKey {
  readonly name: string;
  readonly value: string;
  readonly enabled: boolean;
}

export interface UsagePlan {
  readonly name: string;
  /** Stages it covers. */
  readonly stages: readonly string[];
  /** Names of its keys. */
  readonly keys: readonly string[];
  readonly throttle?: Throttle;
  readonly quota?: { readonly limit: number; readonly period: 'DAY' | 'WEEK' | 'MONTH' };
}

// ---------------------------------------------------------------- HTTP

export interface HttpApiDefinition extends ApiCommon {
  readonly type: 'http';
  readonly cors?: HttpCors;
  readonly authorizers: Readonly<Record<string, HttpAuthorizer>>;
  readonly routes: readonly HttpRoute[];
}

export interface HttpCors {
  readonly allowOrigins: readonly string[];
  readonly allowMethods: readonly string[];
  readonly allowHeaders: readonly string[];
  readonly exposeHeaders: readonly string[];
  /** Seconds. */
  readonly maxAge?: number;
  readonly allowCredentials?: boolean;
}

export interface HttpRoute {
  /** `GET /products/{id}`, `ANY /files/{proxy+}` or `$default`. */
  readonly routeKey: string;
  readonly authorization: HttpAuthorization;
  readonly integration: HttpIntegration;
}

export type HttpAuthorization =
  | { readonly type: 'NONE' }
  | { readonly type: 'AWS_IAM' }
  | { readonly type: 'JWT'; readonly authorizer: string; readonly scopes?: readonly string[] }
  | { readonly type: 'CUSTOM'; readonly authorizer: string };

export type HttpAuthorizer =
  | {
      readonly type: 'JWT';
      /** `$request.header.Authorization`. */
      readonly identitySource: string;
      readonly issuer: string;
      readonly audience: readonly string[];
    }
  | {
      readonly type: 'REQUEST';
      readonly function: string;
      readonly identitySource: readonly string[];
      readonly payloadFormatVersion: '1.0' | '2.0';
      /** `{ isAuthorized, context }` instead of an IAM policy (2.0 only). */
      readonly simpleResponses: boolean;
      readonly ttl: number;
    };

interface HttpIntegrationCommon {
  /** 50 to 30,000 ms; AWS's default is 30,000. */
  readonly timeoutInMillis?: number;
  /** `append:header.x`, `overwrite:path`, `remove:querystring.q` … → value; for AWS services the action's parameters. */
  readonly requestParameters?: StringMap;
  /** Status → `{ 'append:header.x': value, 'overwrite:statuscode': '418' }`. */
  readonly responseParameters?: Readonly<Record<string, StringMap>>;
}

export type HttpIntegration = HttpIntegrationCommon &
  (
    | { readonly type: 'AWS_PROXY'; readonly function: string; readonly payloadFormatVersion: '1.0' | '2.0' }
    /** An AWS service's action: `SQS-SendMessage`, `EventBridge-PutEvents`, … */
    | { readonly type: 'AWS_PROXY'; readonly subtype: string; readonly credentials: string }
    | { readonly type: 'HTTP_PROXY'; readonly uri: string; readonly httpMethod: string; readonly vpcLink?: string }
  );

// ---------------------------------------------------------------- WebSocket

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
