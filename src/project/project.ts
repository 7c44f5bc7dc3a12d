// A project as every other module sees it: apigen.yml with its stage's overlay applied, short forms expanded,
// defaults filled in. Positions stay at hand so that any later check can name the line.

import type { Position } from '../errors.ts';
import type { FunctionDeclaration } from './function-declaration.ts';
import type { QueueDeclaration, TopicDeclaration, VpcLinkDeclaration } from './neighbour-declarations.ts';

export type * from './function-declaration.ts';
export type * from './neighbour-declarations.ts';

/** Where a value stands in apigen.yml: the keys and indexes from its root. */
export type ProjectPath = readonly (string | number)[];

export interface Project {
  readonly name: string;
  readonly region: string;
  readonly stage: ProjectStage;
  /** The folder that holds apigen.yml, absolute. */
  readonly root: string;
  /** apigen.yml, absolute. */
  readonly file: string;
  /** Added to every resource that can carry tags, beside apigen's own. */
  readonly tags: Readonly<Record<string, string>>;
  /** By name, in file order. */
  readonly models: Readonly<Record<string, ModelDeclaration>>;
  /** Every function of the project by logical name: of routes (handlers shared are one) and of `functions:`. */
  readonly functions: Readonly<Record<string, FunctionDeclaration>>;
  readonly apis: Readonly<Record<string, ApiDeclaration>>;
  /** SNS topics, by name. */
  readonly topics?: Readonly<Record<string, TopicDeclaration>>;
  /** SQS queues, by name. */
  readonly queues?: Readonly<Record<string, QueueDeclaration>>;
  /** By name; routes refer to them. */
  readonly vpcLinks?: Readonly<Record<string, VpcLinkDeclaration>>;
  /** `usage:` as written; the estimator has its own schema for it. */
  readonly usage: unknown;
  /** The line and column of a value; of its nearest parent where it is not in the file. */
  position(path: ProjectPath): Position;
}

export interface ProjectStage {
  /** `--stage`, default `dev`: an isolated set of resources. */
  readonly name: string;
  /** Destroy and replacement keep its tables unless asked twice; tables get deletion protection. */
  readonly protect: boolean;
  /** The AWS account this stage must be deployed to; checked before any other call. */
  readonly account?: string;
}

export interface ModelDeclaration {
  readonly name: string;
  /** Relative to the root, with forward slashes: `src/models/product.ts`. */
  readonly file: string;
  readonly capacity: 'on-demand' | { readonly read: number; readonly write: number };
  /** Point-in-time recovery. */
  readonly continuousBackups: boolean;
  /** Days that it reaches back, 1 to 35. Default: 35. */
  readonly recoveryDays?: number;
  /** Default: STANDARD. */
  readonly tableClass?: 'STANDARD' | 'STANDARD_INFREQUENT_ACCESS';
  /** `owned` (the default), `aws` (the account's AWS managed key) or the ARN of a customer's key. */
  readonly encryption?: 'owned' | 'aws' | `arn:${string}`;
  /** Other regions that hold the table too, each with the ARN of the customer's key there, or ''. */
  readonly replicas?: Readonly<Record<string, string>>;
  readonly deletionProtection: boolean;
  readonly path: ProjectPath;
}

export interface ApiDeclaration {
  readonly name: string;
  readonly type: 'rest' | 'http';
  readonly description?: string;
  readonly cors?: CorsDeclaration;
  /** Of the whole stage. */
  readonly throttle?: { readonly rate: number; readonly burst: number };
  readonly stageVariables: Readonly<Record<string, string>>;
  readonly routes: readonly RouteDeclaration[];
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

export interface RouteDeclaration {
  /** As written: `GET /products/{id}` or `$default`. */
  readonly key: string;
  /** `GET` … or `ANY`; `ANY` for `$default`. */
  readonly method: string;
  /** `/products/{id}`; `$default` for the catch-all of an HTTP API. */
  readonly path: string;
  readonly auth: RouteAuth;
  readonly target: RouteTarget;
  readonly source: ProjectPath;
}

/** Every route resolves to one explicit auth; `none` is public and listed as such by plan. */
export type RouteAuth = { readonly type: 'none' } | { readonly type: 'iam' };

export type RouteTarget =
  | { readonly type: 'function'; readonly function: string }
  | { readonly type: 'mock'; readonly status: number; readonly body: unknown };
