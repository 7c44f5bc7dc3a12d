// An API of the project with everything it says beside AWS's own words: short forms expanded, names resolved.

import type { ProjectPath, RouteDeclaration } from './project.ts';
import type { ApiEntry } from './schema/api.ts';

export type ApiType = 'rest' | 'http' | 'websocket';

export interface RateLimit {
  /** Requests a second, steady. */
  readonly rate: number;
  /** Requests at once. */
  readonly burst: number;
}

export interface ApiDeclaration {
  readonly name: string;
  readonly type: ApiType;
  readonly description?: string;
  readonly cors?: CorsDeclaration;
  /** Of the whole stage. */
  readonly throttle?: RateLimit;
  readonly stageVariables: Readonly<Record<string, string>>;
  readonly routes: readonly RouteDeclaration[];
  /** REST alone. Absent: regional. */
  readonly endpoint?: 'regional' | 'edge';
  /** WebSocket alone: `$request.body.action`. */
  readonly selectionExpression?: string;
  readonly defaultEndpointDisabled?: boolean;
  readonly domain?: NonNullable<ApiEntry['domain']>;
  readonly plans?: Readonly<Record<string, PlanDeclaration>>;
  readonly keySource?: 'header' | 'authorizer';
  /** Statements of the resource policy, as written. */
  readonly policy?: NonNullable<ApiEntry['policy']>;
  readonly binaryMediaTypes?: readonly string[];
  /** Bytes. */
  readonly compressFrom?: number;
  readonly gatewayResponses?: NonNullable<ApiEntry['responses']>;
  /** There where the API or one of its routes says `cache`. */
  readonly cache?: CacheDeclaration;
  readonly logs?: NonNullable<ApiEntry['logs']>;
  readonly detailedMetrics?: boolean;
  readonly tracing?: boolean;
  readonly alarms?: AlarmsDeclaration;
  readonly tags?: Readonly<Record<string, string>>;
  readonly path: ProjectPath;
}

export interface CorsDeclaration {
  readonly origins: readonly string[];
  readonly methods: readonly string[];
  readonly headers: readonly string[];
  readonly exposeHeaders: readonly string[];
  /** Seconds. */
  readonly maxAge?: number;
  readonly credentials: boolean;
}

export interface PlanDeclaration {
  readonly name: string;
  readonly description?: string;
  readonly throttle?: RateLimit;
  readonly quota?: { readonly limit: number; readonly period: 'DAY' | 'WEEK' | 'MONTH' };
  /** By `METHOD /path`. */
  readonly routes: Readonly<Record<string, RateLimit>>;
}

export interface CacheDeclaration {
  /** GB. */
  readonly size: number;
  /** Seconds. */
  readonly ttl: number;
  readonly encrypted: boolean;
  readonly invalidation: 'anyone' | 'warn' | 'ignore' | 'refuse';
}

/** Absent thresholds: no such alarm. */
export interface AlarmsDeclaration {
  /** Percent. */
  readonly errors?: number;
  /** Milliseconds at the 99th percentile. */
  readonly latency?: number;
  readonly throttles?: number;
  /** Names of topics, or ARNs. */
  readonly notify: readonly string[];
}
