// The stage of an API in AWS's terms: variables, throttle, logs, metrics, tracing, cache.

import type { StringMap } from './definition.ts';

export interface StageSettings {
  /** The API Gateway stage. REST URLs carry it: `/{stage}{path}`; HTTP APIs with `$default` do not. */
  readonly name: string;
  readonly description?: string;
  readonly variables: StringMap;
  /** Requests per second and burst of each method or route without limits of its own. Absent: the account's own. */
  readonly throttle?: Throttle;
  /** Access logs go to a log group of the API's own. Absent: none. */
  readonly accessLog?: AccessLog;
  /** Execution logs (REST and WebSocket). They need the account's CloudWatch role. Absent: none. */
  readonly executionLog?: ExecutionLog;
  /** Metrics per method or route, at a price. Absent: those of the stage alone. */
  readonly detailedMetrics?: boolean;
  /** X-Ray (REST alone). */
  readonly tracing?: boolean;
  /** REST alone. Absent: no cache. */
  readonly cacheCluster?: CacheCluster;
}

export interface Throttle {
  /** Requests a second, steady. */
  readonly rateLimit: number;
  /** Bucket size. */
  readonly burstLimit: number;
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html */
export interface AccessLog {
  /** One line: `$context` variables in JSON or another form. */
  readonly format: string;
  /** Days that the log group keeps; 0 keeps for ever. */
  readonly retentionDays: number;
}

export interface ExecutionLog {
  readonly level: 'ERROR' | 'INFO';
  /** `dataTraceEnabled`: whole requests and answers, personal data included. */
  readonly dataTrace: boolean;
  /** Days that the log group keeps; 0 keeps for ever. */
  readonly retentionDays: number;
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-caching.html */
export interface CacheCluster {
  /** GB, as AWS writes them. */
  readonly size: CacheClusterSize;
  /** What a method that is cached does where it says nothing itself: seconds, 0 to 3,600. AWS's default is 300. */
  readonly ttl: number;
  /** `cacheDataEncrypted`, of every method. */
  readonly encrypted: boolean;
  /** `requireAuthorizationForCacheControl`: `Cache-Control: max-age=0` invalidates for callers with the right alone. */
  readonly invalidationNeedsAuthorization: boolean;
  /** What callers without the right get. AWS's default is SUCCEED_WITH_RESPONSE_HEADER (a Warning header). */
  readonly unauthorizedInvalidation:
    | 'FAIL_WITH_403'
    | 'SUCCEED_WITH_RESPONSE_HEADER'
    | 'SUCCEED_WITHOUT_RESPONSE_HEADER';
}

export type CacheClusterSize = '0.5' | '1.6' | '6.1' | '13.5' | '28.4' | '58.2' | '118' | '237';
