// The settings of an API beside its routes, with short forms expanded and defaults filled in.

import type {
  AlarmsDeclaration,
  ApiDeclaration,
  CorsDeclaration,
  PlanDeclaration,
  RouteDeclaration,
} from './project.ts';
import type { ApiEntry } from './schema/api.ts';

const ALL_METHODS = ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT'];
const DEFAULT_SELECTION = '$request.body.action';
/** The smallest there is, where a route wants a cache and the API says nothing of it. */
const DEFAULT_CACHE = { size: 0.5, ttl: 300, encrypted: true, invalidation: 'warn' } as const;
const DEFAULT_ALARMS = { errors: 1, latency: 3_000, throttles: 1 } as const;

export function apiSettings(
  entry: ApiEntry,
  routes: readonly RouteDeclaration[],
): Omit<ApiDeclaration, 'name' | 'type' | 'routes' | 'path'> {
  const cached = entry.cache !== undefined || routes.some((route) => route.cache !== undefined);
  return {
    ...(entry.description !== undefined && { description: entry.description }),
    ...(entry.cors && { cors: finishCors(entry.cors, routes) }),
    ...(entry.throttle && { throttle: entry.throttle }),
    stageVariables: entry.variables ?? {},
    ...(entry.endpoint !== undefined && { endpoint: entry.endpoint }),
    ...(entry.type === 'websocket' && { selectionExpression: selectionOf(entry.select) }),
    ...(entry.defaultEndpoint === false && { defaultEndpointDisabled: true }),
    ...(entry.domain && { domain: entry.domain }),
    ...(entry.plans && { plans: plansOf(entry.plans) }),
    ...(entry.keySource !== undefined && { keySource: entry.keySource }),
    ...(entry.policy && { policy: entry.policy }),
    ...(entry.binary && { binaryMediaTypes: entry.binary }),
    ...(entry.compress !== undefined && { compressFrom: entry.compress }),
    ...(entry.responses && { gatewayResponses: entry.responses }),
    ...(cached && entry.type === 'rest' && { cache: { ...DEFAULT_CACHE, ...entry.cache } }),
    ...(entry.logs && { logs: entry.logs }),
    ...(entry.metrics !== undefined && { detailedMetrics: entry.metrics }),
    ...(entry.tracing !== undefined && { tracing: entry.tracing }),
    ...(entry.alarms !== undefined && { alarms: alarmsOf(entry) }),
    ...(entry.tags && { tags: entry.tags }),
  };
}

/** AWS's word for the query. */
function selectionOf(select: string | undefined): string {
  return (select ?? DEFAULT_SELECTION).replace(/request\.query\./g, 'request.querystring.');
}

function plansOf(plans: NonNullable<ApiEntry['plans']>): Readonly<Record<string, PlanDeclaration>> {
  const all = Object.entries(plans).map(([name, plan]): [string, PlanDeclaration] => {
    const { rate, burst, quota, description } = plan;
    const [limit, period = ''] = quota?.split('/') ?? [];
    return [
      name,
      {
        name,
        ...(description !== undefined && { description }),
        ...(rate !== undefined && burst !== undefined && { throttle: { rate, burst } }),
        ...(limit !== undefined && {
          quota: { limit: Number(limit), period: period.toUpperCase() as 'DAY' | 'WEEK' | 'MONTH' },
        }),
        routes: Object.fromEntries(
          Object.entries(plan.routes ?? {}).map(([key, value]) => [key.trim().replace(/\s+/, ' '), value]),
        ),
      },
    ];
  });
  return Object.fromEntries(all);
}

function alarmsOf({ alarms, type }: ApiEntry): AlarmsDeclaration {
  const defaults =
    type === 'websocket' ? { errors: DEFAULT_ALARMS.errors, throttles: DEFAULT_ALARMS.throttles } : DEFAULT_ALARMS;
  if (alarms === undefined || alarms === 'default') return { ...defaults, notify: [] };
  const { notify = [], ...named } = alarms;
  return { ...(Object.keys(named).length === 0 ? defaults : named), notify: [notify].flat() };
}

function finishCors(cors: NonNullable<ApiEntry['cors']>, routes: readonly RouteDeclaration[]): CorsDeclaration {
  const used = routes.some((route) => route.method === 'ANY') ? ALL_METHODS : routes.map((route) => route.method);
  return {
    origins: cors.origins,
    methods: cors.methods ?? [...new Set(used)].sort(),
    headers: cors.headers ?? ['authorization', 'content-type'],
    exposeHeaders: cors.exposeHeaders ?? [],
    ...(cors.maxAge === undefined ? {} : { maxAge: cors.maxAge }),
    credentials: cors.credentials ?? false,
  };
}
