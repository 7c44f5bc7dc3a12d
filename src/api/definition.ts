// An API in AWS's own terms, resolved and serialisable: what the kinds deploy and what the local gateway serves.
// Nothing interprets apigen.yml a second time: both read this. Functions are named by their logical name,
// never by ARN, so that the same definition serves on AWS and on this machine.

import type { HttpApiDefinition } from './http-definition.ts';
import type { RestApiDefinition } from './rest-definition.ts';
import type { StageSettings } from './stage-definition.ts';
import type { WebSocketApiDefinition } from './websocket-definition.ts';

export type * from './alarm-definition.ts';
export type * from './http-definition.ts';
export type * from './rest-definition.ts';
export type * from './rest-plan-definition.ts';
export type * from './stage-definition.ts';
export type * from './websocket-definition.ts';

import type { AlarmDefinition } from './alarm-definition.ts';

/** JSON Schema as API Gateway takes it (draft 4) or as OpenAPI carries it. */
export type JsonSchema = { readonly [keyword: string]: unknown };

export type StringMap = Readonly<Record<string, string>>;

export type ApiDefinition = RestApiDefinition | HttpApiDefinition | WebSocketApiDefinition;

/** What every API has. */
export interface ApiCommon {
  /** The key under `apis:` in apigen.yml. */
  readonly name: string;
  readonly description?: string;
  readonly stage: StageSettings;
  /** Of this API alone, beside the project's; on the API and its stage. */
  readonly tags?: StringMap;
  /**
   * What the API itself may do: the actions of AWS services that its routes call. One role per API carries them,
   * trusted by apigateway.amazonaws.com; its ARN is the `credentials` of each AWS-service integration.
   */
  readonly integrationStatements?: readonly IntegrationStatement[];
  /** A domain of one's own, mapped to the stage. */
  readonly domain?: ApiDomain;
  /** `disableExecuteApiEndpoint`: clients must come by the custom domain. */
  readonly defaultEndpointDisabled?: boolean;
  readonly alarms?: readonly AlarmDefinition[];
}

/** A statement of the role that an API calls AWS services with. */
export interface IntegrationStatement {
  /** `sqs:SendMessage`. */
  readonly actions: readonly string[];
  /** ARNs. */
  readonly resources: readonly string[];
}

/**
 * A custom domain name. https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-custom-domains.html
 */
export interface ApiDomain {
  /** `api.example.com`, or `*.example.com`. */
  readonly domainName: string;
  /** Of ACM: in the API's region, for edge-optimized APIs in us-east-1. */
  readonly certificateArn: string;
  /** Edge-optimized for REST APIs alone. */
  readonly endpointType: 'REGIONAL' | 'EDGE';
  readonly securityPolicy: 'TLS_1_0' | 'TLS_1_2';
  /**
   * `basePath` (REST) or API mapping key: `''` for the root of the domain, `v1`, `shop/v1`. API versions are mapped
   * below it: v1 at the base path itself and at `{basePath}/v1`, v2 at `{basePath}/v2`; of a REST API with a base
   * path, which API Gateway maps one level deep, v2 at `{basePath}-v2`.
   */
  readonly basePath: string;
  readonly mutualTls?: {
    /** `s3://bucket/truststore.pem`. */
    readonly truststoreUri: string;
    readonly truststoreVersion?: string;
  };
  /** An ACM public certificate that proves ownership, where mutual TLS is used with an imported or private one. */
  readonly ownershipVerificationCertificateArn?: string;
  readonly tags?: StringMap;
}
