// What happens under `apigen dev`, as a stream: a terminal shows it as lines, `--json` as one document each.

import type { Problem } from '../../errors.ts';
import type { Delivery } from '../../gateway/triggers/call-function.ts';
import type { LocalKey } from './local-keys.ts';
import type { ServedTrigger } from './triggers/served-trigger.ts';

export interface ServedRoute {
  /** `GET /products/{id}`, or a route key of a WebSocket API. */
  readonly route: string;
  /** `none`, `iam`, the name of an authorizer. */
  readonly auth: string;
  /** An API key is wanted too. */
  readonly key: boolean;
  /** The function's logical name; absent for mocks and other integrations. */
  readonly function?: string;
}

export interface ServedApi {
  readonly name: string;
  readonly type: 'rest' | 'http' | 'websocket';
  /** With the stage where the API has one in its path: `http://127.0.0.1:3000/dev`. */
  readonly url: string;
  readonly routes: readonly ServedRoute[];
  /** One for each usage plan, the same at every start. */
  readonly keys?: readonly LocalKey[];
}

export type DevEvent =
  | {
      readonly type: 'ready';
      readonly ms: number;
      readonly apis: readonly ServedApi[];
      readonly triggers: readonly ServedTrigger[];
      /** Where a debugger attaches: `ws://127.0.0.1:9229/…`. */
      readonly inspector?: string;
    }
  | {
      readonly type: 'request';
      readonly api: string;
      readonly method: string;
      /** With the query. */
      readonly path: string;
      readonly status: number;
      readonly ms: number;
      /** The last function that was called for it. */
      readonly function?: string;
      readonly start?: 'cold' | 'warm';
    }
  /** A function was called by what is not a route. */
  | ({ readonly type: 'delivery' } & Delivery)
  | {
      readonly type: 'output';
      readonly function: string;
      readonly route: string;
      readonly requestId: string;
      readonly stream: 'stdout' | 'stderr';
      readonly text: string;
    }
  /** `what` cannot run as its files stand: `apigen.yml`, `models`, or a function's name. */
  | { readonly type: 'broken'; readonly what: string; readonly problems: readonly Problem[] }
  | { readonly type: 'healed'; readonly what: string }
  /** A save took effect. */
  | { readonly type: 'reloaded'; readonly what: string; readonly ms: number }
  | { readonly type: 'note'; readonly text: string };

export type Emit = (event: DevEvent) => void;
