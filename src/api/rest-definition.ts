// A REST API in AWS's terms: routes with their integrations, authorizers, validators, gateway responses, plans.

import type { ApiCommon, JsonSchema, StringMap } from './definition.ts';
import type { UsagePlanDefinition } from './rest-plan-definition.ts';
import type { Throttle } from './stage-definition.ts';

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
  /** Resource policy, a document of IAM; `execute-api:/{stage}/{method}/{path}` names resources of this API. At most 8,192 characters. */
  readonly policy?: JsonSchema;
  readonly usagePlans?: readonly UsagePlanDefinition[];
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
  /** `throttling/rateLimit` and `throttling/burstLimit` of the stage's method settings. */
  readonly throttle?: Throttle;
  /** Absent: not cached, also where the stage has a cache. What the key holds besides the path stands in `cacheKeyParameters`. */
  readonly cache?: RestMethodCache;
}

/** `caching/…` of the stage's method settings. */
export interface RestMethodCache {
  /** Seconds, 0 to 3,600. */
  readonly ttl: number;
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
      /** A regular expression that the token's `aud` must match. */
      readonly identityValidationExpression?: string;
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
  /** Methods of one namespace share cached answers. Absent: AWS's own, each resource for itself. */
  readonly cacheNamespace?: string;
  /** Whether answers are streamed (proxy integrations). AWS's default is BUFFERED. */
  readonly responseTransferMode?: 'BUFFERED' | 'STREAM';
}

export type ContentHandling = 'CONVERT_TO_BINARY' | 'CONVERT_TO_TEXT';

export type RestIntegration = RestIntegrationCommon &
  (
    | { readonly type: 'MOCK' }
    /** `httpMethod` is the method towards Lambda: POST, or AWS answers 500. */
    | { readonly type: 'AWS_PROXY'; readonly function: string; readonly httpMethod?: string }
    /** Lambda by `function`, or another AWS service by `uri` (`arn:aws:apigateway:{region}:{service}:{action|path}/…`). */
    | { readonly type: 'AWS'; readonly function: string; readonly httpMethod?: string }
    /** `credentials` absent: the role of the API's `integrationStatements`. */
    | { readonly type: 'AWS'; readonly uri: string; readonly httpMethod: string; readonly credentials?: string }
    | {
        readonly type: 'HTTP' | 'HTTP_PROXY';
        readonly uri: string;
        readonly httpMethod: string;
        /** A key under `vpcLinks:` (a REST API's links go to an NLB); `connectionType` is then VPC_LINK. */
        readonly vpcLink?: string;
        /** `tlsConfig.insecureSkipVerification`: an unknown issuer of the backend's certificate is fine. */
        readonly insecureSkipVerification?: boolean;
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
