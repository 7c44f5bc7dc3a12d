// What of a project decides its bill, apart from traffic. Plain values: a release may keep one, so that a later plan
// can say what its change costs.

import type { ApiType, Architecture, TableClass } from '../../pricing/workload.ts';

export interface Shape {
  readonly region: string;
  readonly apis: readonly ShapeApi[];
  readonly functions: readonly ShapeFunction[];
  readonly tables: readonly ShapeTable[];
  /** SNS topics and SQS queues that apigen.yml names; their traffic is the usage's to say. */
  readonly topics?: readonly string[];
  readonly queues?: readonly string[];
  /** CloudWatch alarms that its APIs make. */
  readonly alarms?: number;
  /** What costs something that no usage can say: `the VPC link backend`. */
  readonly unpriced?: readonly string[];
}

export interface ShapeApi {
  readonly name: string;
  readonly type: ApiType;
  readonly exposure: 'internet' | 'private';
  /** GB of its stage cache, as AWS names the sizes: `0.5`; undefined: no cache. */
  readonly cache?: string | undefined;
  readonly routes: readonly ShapeRoute[];
  /** What it uses that HTTP APIs do not have. */
  readonly restOnly: readonly string[];
}

export interface ShapeRoute {
  /** `GET /products/{id}`. */
  readonly key: string;
  readonly method: string;
  /** The function it calls, if it calls one. */
  readonly function?: string | undefined;
}

export interface ShapeFunction {
  readonly name: string;
  readonly architecture: Architecture;
  readonly memoryMb: number;
  /** Days; 0: for ever. */
  readonly logRetentionDays: number;
}

export interface ShapeTable {
  readonly name: string;
  readonly class: TableClass;
  readonly capacity: 'on-demand' | { readonly read: number; readonly write: number };
  readonly pointInTimeRecovery: boolean;
  readonly replicas: readonly string[];
}
