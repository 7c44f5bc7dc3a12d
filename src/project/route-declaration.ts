// A route of an API: what answers it, who may call it, what is asked of a request.

import type { RateLimit } from './api-declaration.ts';
import type { ProjectPath } from './project.ts';
import type { RouteEntry } from './schema/route.ts';

export interface RouteDeclaration {
  /** As written: `GET /products/{id}`, `$default`, of a WebSocket API `send`. */
  readonly key: string;
  /** `GET` … or `ANY`; `ANY` for `$default` and on WebSocket APIs. */
  readonly method: string;
  /** `/products/{id}`; the key itself for the catch-all of an HTTP API and on WebSocket APIs. */
  readonly path: string;
  readonly auth: RouteAuth;
  readonly target: RouteTarget;
  /** REST and WebSocket validate it themselves; for HTTP APIs the function's bundle does. */
  readonly body?: BodyRule;
  readonly parameters?: readonly ParameterRule[];
  readonly keyRequired?: boolean;
  /** Seconds and what tells answers apart beside the path. */
  readonly cache?: { readonly ttl: number; readonly by: readonly RequestParameter[] };
  readonly throttle?: RateLimit;
  /** Of the event of a function of an HTTP API. */
  readonly payload?: '1.0' | '2.0';
  /** WebSocket alone: the answer goes back to the caller. */
  readonly responds?: boolean;
  readonly source: ProjectPath;
}

/** Every route resolves to one explicit auth; `none` is public and listed as such by plan. */
export type RouteAuth =
  | { readonly type: 'none' }
  | { readonly type: 'iam' }
  /** A key under `auth:`. Scopes: one of them is enough; none: any token. */
  | { readonly type: 'authorizer'; readonly authorizer: string; readonly scopes: readonly string[] };

export interface RequestParameter {
  readonly in: 'header' | 'path' | 'querystring';
  readonly name: string;
}

export interface ParameterRule extends RequestParameter {
  readonly required: boolean;
}

export type BodyRule =
  | {
      readonly type: 'model';
      readonly model: string;
      readonly omit: readonly string[];
      /** May be there and need not, also of what `body: Model` leaves out. */
      readonly optional: readonly string[];
      /** Absent: all but what `body: Model` leaves out. */
      readonly pick?: readonly string[];
      readonly partial: boolean;
    }
  /** A JSON Schema file, relative to the root. */
  | { readonly type: 'schema'; readonly file: string };

type Written<K extends keyof RouteEntry> = NonNullable<RouteEntry[K]>;
export type Mapping = Written<'mapping'>;
export type SnsTarget = Written<'sns'>;
export type SqsTarget = Written<'sqs'>;
export type DynamodbTarget = Written<'dynamodb'>;
export type AwsTarget = Written<'aws'>;

export type RouteTarget = (
  | { readonly type: 'function'; readonly function: string; readonly mapping?: Mapping }
  | {
      readonly type: 'mock';
      readonly status: number;
      readonly body: unknown;
      readonly headers?: Readonly<Record<string, string>>;
    }
  | {
      readonly type: 'url';
      readonly url: string;
      /** Default: the route's. */
      readonly method?: string;
      /** A key under `vpcLinks:`. */
      readonly vpcLink?: string;
      readonly tlsName?: string;
      readonly mapping?: Mapping;
    }
  | { readonly type: 'sns'; readonly sns: SnsTarget }
  | { readonly type: 'sqs'; readonly sqs: SqsTarget }
  | { readonly type: 'dynamodb'; readonly dynamodb: DynamodbTarget }
  | { readonly type: 'aws'; readonly aws: AwsTarget }
) & {
  /** Seconds that API Gateway waits, where it is no function. */
  readonly timeout?: number;
};
