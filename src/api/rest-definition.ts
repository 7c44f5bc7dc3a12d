// A REST API in AWS's terms: routes with their integrations, authorizers, validators, gateway responses, usage plans.

import type { ApiCommon, JsonSchema, StringMap, Throttle } from './definition.ts';

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
