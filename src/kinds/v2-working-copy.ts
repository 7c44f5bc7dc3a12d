// What stands in an HTTP or WebSocket API now, said by names. An integration of ours carries its key in its
// description, an authorizer in its name, a model in its description; a route is ours when it is declared or leads to
// an integration of ours. Of several with one key (a create whose answer was lost) one counts, the others are spare.

import {
  type Authorizer,
  GetAuthorizersCommand,
  GetIntegrationResponsesCommand,
  GetIntegrationsCommand,
  GetModelsCommand,
  GetRouteResponsesCommand,
  GetRoutesCommand,
  type Integration,
  type IntegrationResponse,
  type Model,
  type Route,
  type RouteResponse,
} from '@aws-sdk/client-apigatewayv2';
import type { Aws } from '../aws/aws.ts';
import { equal } from '../engine/compare.ts';
import type { Json } from '../engine/kind.ts';
import { orAbsent } from './or-absent.ts';
import { authorizerFrom, nameOfAuthorizer } from './v2-authorizer.ts';
import type { V2Content } from './v2-content.ts';
import { integrationFrom, isMapped } from './v2-integration.ts';
import { modelInput } from './v2-model.ts';
import { everyPage } from './v2-pages.ts';
import { keyPrefix, type V2Protocol, whateverKey } from './v2-protocol.ts';

export interface WorkingCopy {
  /** Ours, by key; spare ones by `key#id`. */
  readonly integrations: ReadonlyMap<string, LiveIntegration>;
  /** Ours, by name; spare ones by `name#id`. */
  readonly authorizers: ReadonlyMap<string, Authorizer>;
  /** All, by route key. */
  readonly routes: ReadonlyMap<string, LiveRoute>;
  /** All, by name. */
  readonly models: ReadonlyMap<string, Model>;
  /** Authorizers and models that somebody else made: `authorizer legacy`. */
  readonly strangers: readonly string[];
}

export interface LiveIntegration {
  readonly item: Integration;
  readonly responses: readonly IntegrationResponse[];
}

export interface LiveRoute {
  readonly route: Route;
  /** Its response by `$default`, if it has one. */
  readonly response: RouteResponse | undefined;
  /** Key of the integration of ours that it leads to. */
  readonly integration: string | undefined;
  /** Name of the authorizer of ours that guards it. */
  readonly authorizer: string | undefined;
}

/**
 * @param all also look for authorizers and models where nothing refers to any; a plan saves those calls
 * @throws AWS's "not found" when the API is gone
 */
export async function readWorkingCopy(
  aws: Aws,
  ApiId: string,
  protocol: V2Protocol,
  wanted: V2Content,
  all: boolean,
): Promise<WorkingCopy> {
  const gateway = aws.apiGatewayV2;
  const [listed, routes] = await Promise.all([
    everyPage<Integration>((more) => gateway.send(new GetIntegrationsCommand({ ApiId, ...more }))),
    everyPage<Route>((more) => gateway.send(new GetRoutesCommand({ ApiId, ...more }))),
  ]);
  const needsAuthorizers =
    all || Object.keys(wanted.authorizers).length > 0 || routes.some(({ AuthorizerId }) => AuthorizerId);
  const needsModels =
    protocol === 'WEBSOCKET' &&
    (all || Object.keys(wanted.models).length > 0 || routes.some(({ RequestModels }) => RequestModels));
  const [authorizers, models, live, responses] = await Promise.all([
    needsAuthorizers
      ? everyPage<Authorizer>((more) => gateway.send(new GetAuthorizersCommand({ ApiId, ...more })))
      : [],
    needsModels ? modelsOf(aws, ApiId, wanted) : [],
    Promise.all(listed.filter(isOurs).map((item) => withResponses(aws, ApiId, protocol, item))),
    Promise.all(routes.map((route) => responseOf(aws, ApiId, route))),
  ]);
  const integrations = byKey(
    live,
    ({ item }) => item.Description?.slice(keyPrefix.length) ?? '',
    ({ item }) => item.IntegrationId ?? '',
    (key, one) =>
      equal(
        integrationFrom(one.item, one.responses, protocol) as unknown as Json,
        wanted.integrations[key] as unknown as Json,
      ),
  );
  const ourAuthorizers = byKey(
    authorizers.filter((one) => nameOfAuthorizer(one) !== undefined),
    (one) => nameOfAuthorizer(one) ?? '',
    ({ AuthorizerId }) => AuthorizerId ?? '',
    (name, one) => {
      const props = wanted.authorizers[name];
      return equal(authorizerFrom(one, protocol, props) as unknown as Json, props as unknown as Json);
    },
  );
  const keyOf = new Map([...integrations].map(([key, { item }]) => [`integrations/${item.IntegrationId}`, key]));
  const nameOf = new Map([...ourAuthorizers].map(([name, { AuthorizerId }]) => [AuthorizerId, name]));
  return {
    integrations,
    authorizers: ourAuthorizers,
    routes: new Map(
      routes.map((route, at) => [
        route.RouteKey ?? '',
        {
          route,
          response: responses[at],
          integration: keyOf.get(route.Target ?? ''),
          authorizer: nameOf.get(route.AuthorizerId),
        },
      ]),
    ),
    models: new Map(models.map((model) => [model.Name ?? '', model])),
    strangers: [
      ...authorizers.flatMap((one) => (nameOfAuthorizer(one) === undefined ? [`authorizer ${one.Name ?? ''}`] : [])),
      ...models.flatMap(({ Name = '', Description }) =>
        Description?.startsWith(keyPrefix) || Name in wanted.models ? [] : [`model ${Name}`],
      ),
    ],
  };
}

const isOurs = ({ Description }: Integration): boolean => Description?.startsWith(keyPrefix) ?? false;

/** One of each key: the one that is as wanted, otherwise the last. */
function byKey<Item>(
  items: readonly Item[],
  keyOf: (item: Item) => string,
  idOf: (item: Item) => string,
  isWanted: (key: string, item: Item) => boolean,
): ReadonlyMap<string, Item> {
  const chosen = new Map<string, Item>();
  for (const item of items) {
    const known = chosen.get(keyOf(item));
    if (known === undefined || !isWanted(keyOf(item), known)) chosen.set(keyOf(item), item);
  }
  const spare = items.filter((item) => chosen.get(keyOf(item)) !== item);
  return new Map([...chosen, ...spare.map((item) => [`${keyOf(item)}#${idOf(item)}`, item] as const)]);
}

/**
 * An emulator that knows no models is taken to have those that are wanted: it deploys the rest, and checks no message.
 * A missing API shows in the lists beside this one.
 */
async function modelsOf(aws: Aws, ApiId: string, wanted: V2Content): Promise<readonly Model[]> {
  const found = everyPage<Model>((more) => aws.apiGatewayV2.send(new GetModelsCommand({ ApiId, ...more })));
  const models = await orAbsent(found);
  if (models !== undefined || aws.endpoint === undefined) return models ?? [];
  return Object.entries(wanted.models).map(([name, props]) => modelInput(ApiId, name, props));
}

async function withResponses(
  aws: Aws,
  ApiId: string,
  protocol: V2Protocol,
  item: Integration,
): Promise<LiveIntegration> {
  if (protocol === 'HTTP' || !isMapped(item.IntegrationType ?? '')) return { item, responses: [] };
  const { IntegrationId } = item;
  const found = everyPage<IntegrationResponse>((more) =>
    aws.apiGatewayV2.send(new GetIntegrationResponsesCommand({ ApiId, IntegrationId, ...more })),
  );
  return { item, responses: (await orAbsent(found)) ?? [] };
}

/** Only a route with a selection expression can have one. */
async function responseOf(aws: Aws, ApiId: string, route: Route): Promise<RouteResponse | undefined> {
  if (route.RouteResponseSelectionExpression !== whateverKey) return undefined;
  const { RouteId } = route;
  const found = everyPage<RouteResponse>((more) =>
    aws.apiGatewayV2.send(new GetRouteResponsesCommand({ ApiId, RouteId, ...more })),
  );
  return ((await orAbsent(found)) ?? []).find(({ RouteResponseKey }) => RouteResponseKey === whateverKey);
}
