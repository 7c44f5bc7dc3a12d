// Usage plans and API keys of REST APIs in AWS's terms.

import type { Throttle } from './stage-definition.ts';

/** An API key as a usage plan knows it. The value exists only under dev and in AWS, never in the ledger. */
export interface ApiKey {
  readonly name: string;
  readonly value: string;
  readonly enabled: boolean;
}

/** A usage plan as the local gateway counts by it. */
export interface UsagePlan {
  readonly name: string;
  /** Stages it covers. */
  readonly stages: readonly string[];
  /** Names of its keys. */
  readonly keys: readonly string[];
  readonly throttle?: Throttle;
  readonly quota?: Quota;
  /** Method-level throttles within the plan, by `METHOD /path`. */
  readonly methodThrottles?: Readonly<Record<string, Throttle>>;
}

export interface Quota {
  /** Requests per period. */
  readonly limit: number;
  readonly period: 'DAY' | 'WEEK' | 'MONTH';
  /**
   * Days by which the period begins later: 1 is Monday in a week, which begins on Sunday. AWS's default is 0, takes
   * 0 to 6 for a week and 0 to 27 for a month, and only 0 for a day (AWS::ApiGateway::UsagePlan QuotaSettings).
   */
  readonly offset?: number;
}

/** A usage plan as apigen.yml declares it: it covers the one stage of its API. Its keys are made by `apigen keys`. */
export interface UsagePlanDefinition {
  /** The key under `plans:`. */
  readonly name: string;
  readonly description?: string;
  readonly throttle?: Throttle;
  readonly quota?: Quota;
  /** Method-level throttles within the plan, by `METHOD /path`. AWS's key is `/path/METHOD`. */
  readonly methodThrottles?: Readonly<Record<string, Throttle>>;
}
