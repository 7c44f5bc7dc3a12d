// An API in AWS's own terms, resolved and serialisable: what the kinds deploy and what the local gateway serves.
// Nothing interprets apigen.yml a second time: both read this. Functions are named by their logical name,
// never by ARN, so that the same definition serves on AWS and on this machine.

import type { HttpApiDefinition } from './http-definition.ts';
import type { RestApiDefinition } from './rest-definition.ts';
import type { WebSocketApiDefinition } from './websocket-definition.ts';

export type * from './http-definition.ts';
export type * from './rest-definition.ts';
export type * from './websocket-definition.ts';

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
