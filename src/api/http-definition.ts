// An HTTP API in AWS's terms: routes with their integrations, authorizers and CORS.

import type { ApiCommon, JsonSchema, StringMap } from './definition.ts';
import type { Throttle } from './stage-definition.ts';

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
  /** `throttlingRateLimit` and `throttlingBurstLimit` of the stage's route settings. */
  readonly throttle?: Throttle;
  /** HTTP APIs validate nothing: the function's bundle checks this before its handler. No part of the live API. */
  readonly validation?: RequestValidation;
}

/** What a request must have; the answer is REST's own 400. */
export interface RequestValidation {
  /** In the order of declaration. */
  readonly parameters?: readonly RequiredParameter[];
  /** Draft 4. */
  readonly body?: JsonSchema;
}

export interface RequiredParameter {
  readonly in: 'header' | 'path' | 'querystring';
  readonly name: string;
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
      /** Seconds an answer is kept, at most 3,600; 0: never. AWS's default is 300. */
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
    /** An AWS service's action: `SQS-SendMessage`, `EventBridge-PutEvents`, … `credentials` absent: the role of `integrationStatements`. */
    | { readonly type: 'AWS_PROXY'; readonly subtype: string; readonly credentials?: string }
    | {
        readonly type: 'HTTP_PROXY';
        /** A URL; with `vpcLink` the ARN of a listener (ALB, NLB) or of a Cloud Map service. */
        readonly uri: string;
        readonly httpMethod: string;
        /** A key under `vpcLinks:`; `connectionType` is then VPC_LINK. */
        readonly vpcLink?: string;
        /** `tlsConfig.serverNameToVerify`: HTTPS towards a private target, whose certificate has this name. */
        readonly tlsServerName?: string;
      }
  );
