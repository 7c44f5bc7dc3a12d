// A project as every other module sees it: apigen.yml with its stage's overlay applied, short forms expanded,
// defaults filled in. Positions stay at hand so that any later check can name the line.

import type { Position, Problem } from '../errors.ts';
import type { ApiDeclaration } from './api-declaration.ts';
import type { AuthorizerDeclaration } from './authorizer-declaration.ts';
import type { FunctionDeclaration } from './function-declaration.ts';
import type { QueueDeclaration, TopicDeclaration, VpcLinkDeclaration } from './neighbour-declarations.ts';

export type * from './api-declaration.ts';
export type * from './authorizer-declaration.ts';
export type * from './function-declaration.ts';
export type * from './neighbour-declarations.ts';
export type * from './route-declaration.ts';
export type { RequestPlace } from './schema/identity.ts';

/** Where a value stands in apigen.yml: the keys and indexes from its root. */
export type ProjectPath = readonly (string | number)[];

export interface Project {
  readonly name: string;
  readonly region: string;
  readonly stage: ProjectStage;
  /** `--api-version`: which of the stage's API versions a command is about. Default: {@link FIRST_VERSION}. */
  readonly apiVersion?: string;
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
  /** By name; APIs and routes refer to them. */
  readonly authorizers?: Readonly<Record<string, AuthorizerDeclaration>>;
  /** SNS topics, by name. */
  readonly topics?: Readonly<Record<string, TopicDeclaration>>;
  /** SQS queues, by name. */
  readonly queues?: Readonly<Record<string, QueueDeclaration>>;
  /** By name; routes refer to them. */
  readonly vpcLinks?: Readonly<Record<string, VpcLinkDeclaration>>;
  /** What works, but not as the file may mean it. */
  readonly warnings?: readonly Problem[];
  /** How many releases are kept for rollback, the newest included. Default: 10. */
  readonly keptReleases?: number;
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
  /** The view of its stream, in DynamoDB's words; absent: no stream. */
  readonly stream?: StreamView;
  readonly deletionProtection: boolean;
  readonly path: ProjectPath;
}

/** What a record of a stream shows: https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_StreamSpecification.html */
export type StreamView = 'KEYS_ONLY' | 'NEW_IMAGE' | 'OLD_IMAGE' | 'NEW_AND_OLD_IMAGES';
