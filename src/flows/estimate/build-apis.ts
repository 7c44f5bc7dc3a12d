// APIs of the project (or of the usage alone) with their traffic.

import { ASSUMED_HIT_RATE } from '../../pricing/alternatives.ts';
import { type Decimal, ZERO } from '../../pricing/decimal.ts';
import { parseSize } from '../../pricing/quantity.ts';
import type { ApiLoad, ApiType, RouteLoad } from '../../pricing/workload.ts';
import type { BuildContext } from './build-context.ts';
import { checkApiUsage } from './check-api-usage.ts';
import type { Shape, ShapeApi, ShapeRoute } from './shape.ts';
import { shareRequests } from './share-requests.ts';
import type { ApiUsage, RouteUsage } from './usage-schema.ts';

/** The one route of an API whose routes nobody names. */
export const ALL_ROUTES = 'all routes';

const ASSUMED_RESPONSE = parseSize('1KB');
const LARGEST_PLAIN_RESPONSE = parseSize('10MB');
const LARGEST_MESSAGE = parseSize('128KB');

export function buildApis(context: BuildContext): ApiLoad[] {
  const { usage, problems, notes } = context;
  const shapes = context.shape?.apis ?? shapesOfUsage(context);
  const requests = shareRequests(
    shapes.map((api) => requestsOf(api, usage.apis?.[api.name] ?? {})),
    usage.requests,
    problems,
  );
  if (requests.evenly) notes.assume('requests are spread evenly over the routes', { key: 'apis.<name>.routes' });
  return shapes.map((api) => buildApi(api, requests.byApi.get(api.name) ?? new Map(), context));
}

function requestsOf(api: ShapeApi, said: ApiUsage) {
  const messages = api.type === 'websocket';
  return {
    name: api.name,
    key: messages ? 'messages' : 'requests',
    total: messages ? said.messages : said.requests,
    routes: api.routes.map(({ key }) => ({
      key,
      requests: said.routes?.[key]?.requests ?? said.routes?.[key]?.messages,
      // Connecting and disconnecting are no messages.
      shares: !(messages && (key === '$connect' || key === '$disconnect')),
    })),
  };
}

function shapesOfUsage({ usage, problems }: BuildContext): ShapeApi[] {
  return Object.entries(usage.apis ?? {}).map(([name, api]) => {
    if (api.type === undefined) {
      problems.add(['apis', name], 'has no type', 'Add type: http, rest or websocket.', 'MISSING_KEY', true);
    }
    const routes: ShapeRoute[] = Object.entries(api.routes ?? {}).map(([key, route]) => ({
      key,
      method: key.split(' ')[0] ?? key,
      function: route.function,
    }));
    return {
      name,
      type: api.type ?? 'http',
      exposure: 'internet',
      routes: routes.length > 0 ? routes : [{ key: ALL_ROUTES, method: 'ANY' }],
      restOnly: [],
    };
  });
}

function buildApi(shape: ShapeApi, requests: ReadonlyMap<string, Decimal>, context: BuildContext): ApiLoad {
  const { usage } = context;
  const said = usage.apis?.[shape.name] ?? {};
  checkApiUsage(shape, said, context);
  const size = shape.type === 'rest' ? (said.cache?.size.replace('GB', '') ?? shape.cache) : undefined;
  const { hitRate = ASSUMED_HIT_RATE, hours } = said.cache ?? {};
  if (size !== undefined && said.cache?.hitRate === undefined) {
    context.notes.assume('the cache answers 80 % of GET requests', {
      flag: '--cache-hits',
      key: 'apis.<name>.cache.hitRate',
    });
  }
  return {
    name: shape.name,
    type: shape.type,
    exposure: said.endpoint ?? shape.exposure,
    endpointZones: said.endpointZones ?? ZERO,
    cache: size === undefined ? undefined : { size, hours, hitRate },
    connectionMinutes: said.connectionMinutes ?? minutesOf(said),
    sent: { messages: said.sent ?? ZERO, bytes: said.sentSize ?? said.messageSize },
    routes: shape.routes.map((route) => buildRoute(shape, route, requests.get(route.key) ?? ZERO, context)),
    restOnly: shape.restOnly,
  };
}

function minutesOf({ connections, connectionTime }: ApiUsage): Decimal {
  if (connections === undefined || connectionTime === undefined) return ZERO;
  return connections.times(connectionTime).div(60_000);
}

function buildRoute(api: ShapeApi, route: ShapeRoute, requests: Decimal, context: BuildContext): RouteLoad {
  const { usage, shape, problems } = context;
  const ofApi = usage.apis?.[api.name] ?? {};
  const said: RouteUsage = ofApi.routes?.[route.key] ?? {};
  const path = ['apis', api.name, 'routes', route.key];
  if (shape !== undefined && said.function !== undefined && said.function !== route.function) {
    problems.add([...path, 'function'], 'apigen.yml says which function the route calls', 'Remove this line.');
  }
  const responseBytes =
    said.responseSize ?? ofApi.responseSize ?? usage.responseSize ?? assumedResponse(api.type, context);
  const streamed = said.streamed ?? false;
  if (!streamed && responseBytes?.gt(LARGEST_PLAIN_RESPONSE)) {
    problems.add(
      path,
      'API Gateway answers with 10 MB at most',
      'Add streamed: true (REST APIs), or serve it from S3.',
    );
  }
  const requestBytes = said.requestSize ?? ofApi.messageSize ?? ofApi.requestSize ?? usage.requestSize;
  if (api.type === 'websocket' && requestBytes?.gt(LARGEST_MESSAGE)) {
    problems.add(path, 'a WebSocket message has 128 KB at most', 'Write messageSize: 32KB.');
  }
  return {
    key: route.key,
    requests,
    requestBytes,
    responseBytes: api.type === 'websocket' ? undefined : responseBytes,
    streamed,
    cacheable: route.method === 'GET' || route.key === ALL_ROUTES,
    function: route.function,
    durationMs: said.duration,
    access: accessOf(said, context, path),
  };
}

function assumedResponse(type: ApiType, { shape, notes, usage }: BuildContext): Decimal | undefined {
  if (type === 'websocket' || usage.exclude?.includes('data-transfer')) return undefined;
  const remedy = { flag: '--response-size 3KB', key: 'responseSize' };
  if (shape === undefined) {
    notes.leaveOut('data sent to callers', remedy);
    return undefined;
  }
  notes.assume('a response has 1 KB', remedy);
  return ASSUMED_RESPONSE;
}

function accessOf(said: RouteUsage, { usage, shape, problems }: BuildContext, path: readonly string[]) {
  const known = tableNames(shape, usage.models);
  const tables = new Set([...Object.keys(said.reads ?? {}), ...Object.keys(said.writes ?? {})]);
  for (const key of ['reads', 'writes'] as const) {
    for (const table of Object.keys(said[key] ?? {})) {
      if (!known.includes(table)) problems.addUnknown([...path, key, table], 'model', known);
    }
  }
  return [...tables].map((table) => ({
    table,
    reads: said.reads?.[table] ?? ZERO,
    writes: said.writes?.[table] ?? ZERO,
  }));
}

function tableNames(shape: Shape | undefined, models: Readonly<Record<string, unknown>> | undefined): string[] {
  return shape?.tables.map(({ name }) => name) ?? Object.keys(models ?? {});
}
