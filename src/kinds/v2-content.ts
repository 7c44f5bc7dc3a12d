// The content of an HTTP or WebSocket API as props: what the hash in a deployment's description is made of.

import type { V2AuthorizerProps } from './v2-authorizer.ts';
import { authorizerFrom } from './v2-authorizer.ts';
import { integrationFrom, type V2IntegrationProps } from './v2-integration.ts';
import { isOurModel, modelFrom, type V2ModelProps } from './v2-model.ts';
import type { V2Protocol } from './v2-protocol.ts';
import { routeFrom, type V2RouteProps } from './v2-route.ts';
import type { LiveRoute, WorkingCopy } from './v2-working-copy.ts';

export interface V2Content {
  /** By the name in apigen.yml. */
  readonly authorizers: Readonly<Record<string, V2AuthorizerProps>>;
  /** Of WebSocket APIs, by name. */
  readonly models: Readonly<Record<string, V2ModelProps>>;
  /** By key: `function:products-create`, `route:GET /old/{proxy+}`. */
  readonly integrations: Readonly<Record<string, V2IntegrationProps>>;
  /** By route key: `GET /products/{id}`, `$connect`. */
  readonly routes: Readonly<Record<string, V2RouteProps>>;
}

/** Declared, or leading to an integration of ours. */
export const isOurRoute = (wanted: V2Content, key: string, { integration }: LiveRoute): boolean =>
  key in wanted.routes || integration !== undefined;

/** What is ours of a working copy, in the words of props. */
export function contentFrom(copy: WorkingCopy, protocol: V2Protocol, wanted: V2Content): V2Content {
  const models = [...copy.models].filter(([name, model]) => name in wanted.models || isOurModel(model));
  const routes = [...copy.routes].filter(([key, route]) => isOurRoute(wanted, key, route));
  return {
    authorizers: Object.fromEntries(
      [...copy.authorizers].map(([name, one]) => [name, authorizerFrom(one, protocol, wanted.authorizers[name])]),
    ),
    models: Object.fromEntries(models.map(([name, model]) => [name, modelFrom(model)])),
    integrations: Object.fromEntries(
      [...copy.integrations].map(([key, { item, responses }]) => [key, integrationFrom(item, responses, protocol)]),
    ),
    routes: Object.fromEntries(
      routes.map(([key, live]) => [key, routeFrom(live.route, live, live.response !== undefined, wanted.routes[key])]),
    ),
  };
}
