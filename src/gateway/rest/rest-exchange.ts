// One request on its way through a REST API: what was sent, which route it met, and what was found out about the
// caller. Everything later (events, templates, mappings, gateway responses) reads from here.

import { createHash, randomUUID } from 'node:crypto';
import type { RestApiDefinition, RestRoute, StringMap } from '../../api/definition.ts';
import type { GatewayRequest, HeaderList } from '../exchange.ts';
import type { GatewayEnvironment } from '../gateway.ts';
import { headerValue } from '../header-list.ts';
import { mintExtendedRequestId, mintSpanId, mintTraceId } from '../mint-ids.ts';
import { parseQuery, type QueryList } from '../query-string.ts';
import { visibleHeaders } from './request-headers.ts';
import type { RouteMatch } from './route-table.ts';

export interface RestExchange {
  readonly apiId: string;
  readonly definition: RestApiDefinition;
  readonly environment: GatewayEnvironment;
  readonly request: GatewayRequest;
  /** With the stage, as sent. */
  readonly stagePath: string;
  /** Without the stage; leading slashes are one. */
  readonly path: string;
  readonly query: QueryList;
  /** Without what AWS never delivers. */
  readonly headers: HeaderList;
  readonly requestId: string;
  readonly extendedRequestId: string;
  /** `Root=1-…;Parent=…;Sampled=0`. */
  readonly traceId: string;
  /** Those of the canary where the request goes there. */
  readonly stageVariables: StringMap;
  /** Absent where the stage has no canary. */
  readonly isCanary: boolean | undefined;
  /** Absent where the API has none for it. */
  readonly route: RestRoute | undefined;
  /** Of the route, or of the resource that came nearest. */
  readonly resourcePath: string | undefined;
  readonly pathParameters: StringMap;
  /** Filled as checks pass; a gateway response may show what is known so far. */
  readonly caller: Caller;
}

export interface RoutedExchange extends RestExchange {
  readonly route: RestRoute;
}

/** Whether the API has a route for the request. */
export function isRouted(exchange: RestExchange): exchange is RoutedExchange {
  return exchange.route !== undefined;
}

/** What authorization and API keys found out. */
export interface Caller {
  apiKey?: { readonly value: string; readonly id: string };
  iam?: { readonly accessKey: string; readonly accountId: string; readonly userArn: string };
  /** `requestContext.authorizer` of events and `$context.authorizer`. */
  authorizer?: Readonly<Record<string, unknown>>;
  /** From a Lambda authorizer, for `apiKeySource: AUTHORIZER`. */
  usageIdentifierKey?: string;
}

/** The exchange of a request, before any check. */
export function openExchange(
  request: GatewayRequest,
  api: Pick<RestExchange, 'apiId' | 'definition' | 'environment' | 'stageVariables' | 'isCanary'>,
  paths: { readonly stagePath: string; readonly path: string },
  match: RouteMatch,
): RestExchange {
  const traceId = traceOf(request);
  // Field by field: a spread of several objects costs more than all the rest of it.
  return {
    apiId: api.apiId,
    definition: api.definition,
    environment: api.environment,
    stageVariables: api.stageVariables,
    isCanary: api.isCanary,
    stagePath: paths.stagePath,
    path: paths.path,
    request,
    query: restQuery(request.rawQuery),
    headers: visibleHeaders(request, traceId),
    requestId: requestIdOf(request),
    extendedRequestId: mintExtendedRequestId(),
    traceId,
    route: match.route,
    resourcePath: match.resourcePath,
    pathParameters: match.pathParameters,
    caller: {},
  };
}

/** `arn:aws:execute-api:{region}:{account}:{api}/{stage}/{METHOD}/{path}` of this very request. */
export function methodArn(exchange: RestExchange): string {
  const { environment, apiId, definition, request, path } = exchange;
  const resource = `${apiId}/${definition.stage.name}/${request.method}/${path.replace(/^\/+/, '')}`;
  return `arn:aws:execute-api:${environment.region}:${environment.accountId}:${resource}`;
}

// "An ID for the request. Clients can override this request ID": by x-amzn-RequestId, as the guide's example of a gateway
// response shows. It goes to the terminal too: no more than a line of ASCII.
function requestIdOf(request: GatewayRequest): string {
  const given = headerValue(request.headers, 'x-amzn-requestid');
  return given !== undefined && /^[\x21-\x7e]{1,128}$/.test(given) ? given : randomUUID();
}

// "The semicolon character is not supported for any request URL query string and results in the data being split"
// ("Amazon API Gateway important notes for REST APIs").
function restQuery(rawQuery: string): QueryList {
  return parseQuery(rawQuery.includes(';') ? rawQuery.replaceAll(';', '&') : rawQuery);
}

const stableIds = new Map<string, string>();
const MAX_STABLE_IDS = 10_000;

/** A short id that is the same for the same thing on every run: AWS mints such ids once. */
export function stableId(kind: string, name: string, length: number): string {
  const key = `${kind}:${name}`;
  const known = stableIds.get(key);
  if (known !== undefined) return known;
  const hash = createHash('sha256').update(key).digest('hex');
  const id = BigInt(`0x${hash}`).toString(36).padStart(length, '0').slice(0, length);
  if (stableIds.size >= MAX_STABLE_IDS) stableIds.clear();
  stableIds.set(key, id);
  return id;
}

// A client's own trace goes on; the parent span and the sampling decision are then the client's too.
function traceOf(request: GatewayRequest): string {
  const given = headerValue(request.headers, 'x-amzn-trace-id');
  if (given === undefined) return `${mintTraceId(request.receivedAt)};Parent=${mintSpanId()};Sampled=0`;
  const root = /\bRoot=1-[0-9a-f]{8}-[0-9a-f]{24}\b/i.exec(given)?.[0] ?? mintTraceId(request.receivedAt);
  const parent = /\bParent=([0-9a-f]{16})\b/i.exec(given)?.[1];
  const sampled = /\bSampled=([01])\b/i.exec(given)?.[1] ?? (parent === undefined ? '0' : '1');
  return `${root};Parent=${parent ?? mintSpanId()};Sampled=${sampled}`;
}
