// One request on its way through an HTTP API: what was asked, which route it took, what the authorizer granted.
// Events, mappings and $context variables are all read from here.

import type { HttpApiDefinition, HttpRoute } from '../../api/definition.ts';
import type { GatewayRequest, HeaderList } from '../exchange.ts';
import { headerValues } from '../header-list.ts';
import { mintTraceId } from '../mint-ids.ts';
import { parseQuery, percentDecode, type QueryList } from '../query-string.ts';
import type { RouteMatch } from './route-table.ts';

export interface HttpCall {
  readonly definition: HttpApiDefinition;
  readonly apiId: string;
  readonly accountId: string;
  readonly region: string;
  readonly request: GatewayRequest;
  readonly requestId: string;
  readonly route: HttpRoute;
  readonly pathParameters: Readonly<Record<string, string>>;
  /** Percent-decoded, with the stage: what API Gateway calls the raw path. */
  readonly path: string;
  /** Percent-decoded, without the stage. */
  readonly pathInStage: string;
  /** What `overwrite:path` of a parameter mapping made of it. */
  readonly mappedPath?: string;
  /** As sent, hop-by-hop ones left out, with what the gateway adds. */
  readonly headers: HeaderList;
  readonly query: QueryList;
  readonly rawQuery: string;
  readonly access: Access;
}

/** What authorization found out about the caller. */
export type Access =
  | { readonly type: 'none' }
  /** Claims as text; `scopes` is null on routes that want none. */
  | {
      readonly type: 'jwt';
      readonly claims: Readonly<Record<string, string>>;
      readonly scopes: readonly string[] | null;
    }
  | {
      readonly type: 'lambda';
      readonly context: Readonly<Record<string, unknown>> | null;
      readonly principalId: string | undefined;
    }
  | { readonly type: 'iam'; readonly accessKey: string; readonly userArn: string; readonly accountId: string };

// Meant for one connection, not for what lies behind it (RFC 9110, 7.6.1), and what API Gateway writes anew.
const DROPPED = new Set([
  ...'connection keep-alive proxy-authenticate proxy-authorization te trailer transfer-encoding upgrade'.split(' '),
  ...'expect x-forwarded-for x-forwarded-port x-forwarded-proto'.split(' '),
]);

/** The client's headers without hop-by-hop ones, and X-Forwarded-* and the trace id as API Gateway adds them. */
export function forwardedHeaders(request: GatewayRequest): HeaderList {
  const { headers } = request;
  const named = headerValues(headers, 'connection').flatMap((value) => value.toLowerCase().split(/\s*,\s*/));
  const kept: (readonly [string, string])[] = [];
  const forwardedFor: string[] = [];
  const names = new Set<string>();
  for (const header of headers) {
    const name = header[0].toLowerCase();
    if (name === 'x-forwarded-for') forwardedFor.push(header[1]);
    if (DROPPED.has(name) || named.includes(name)) continue;
    names.add(name);
    kept.push(header);
  }
  if (!names.has('content-length')) kept.push(['Content-Length', String(request.body.byteLength)]);
  if (!names.has('host')) kept.push(['Host', request.host]);
  if (!names.has('x-amzn-trace-id')) kept.push(['X-Amzn-Trace-Id', mintTraceId(request.receivedAt)]);
  forwardedFor.push(request.sourceIp);
  kept.push(['X-Forwarded-For', forwardedFor.join(', ')]);
  kept.push(['X-Forwarded-Port', /:(\d+)$/.exec(request.host)?.[1] ?? '80']);
  kept.push(['X-Forwarded-Proto', 'http']);
  return kept;
}

type CallPaths = Pick<HttpCall, 'path' | 'pathInStage'>;

/** The decoded path, and the part of it behind the stage; undefined when it lies outside the stage. */
export function pathsOf(request: GatewayRequest, stage: string): CallPaths | undefined {
  const decoded = percentDecode(request.rawPath);
  // What events call the raw path ends at a question mark, encoded or not (live captures: hotsock/voker, pull 8).
  const path = decoded.split('?', 1)[0] ?? '';
  if (stage === '$default') return { path, pathInStage: decoded };
  const prefix = `/${stage}`;
  if (decoded !== prefix && !decoded.startsWith(`${prefix}/`)) return undefined;
  return { path, pathInStage: decoded.slice(prefix.length) || '/' };
}

const NO_ACCESS: Access = { type: 'none' };

/** Where a call starts, before authorization. */
export function startCall(
  api: Pick<HttpCall, 'definition' | 'apiId' | 'accountId' | 'region'>,
  request: GatewayRequest,
  requestId: string,
  paths: CallPaths,
  match: RouteMatch,
): HttpCall {
  // Field by field: a spread of several objects costs more than all the rest of a call.
  return {
    definition: api.definition,
    apiId: api.apiId,
    accountId: api.accountId,
    region: api.region,
    request,
    requestId,
    route: match.route,
    pathParameters: match.pathParameters,
    path: paths.path,
    pathInStage: paths.pathInStage,
    headers: forwardedHeaders(request),
    query: parseQuery(request.rawQuery),
    rawQuery: request.rawQuery,
    access: NO_ACCESS,
  };
}

/** The first label of the host, which on AWS is the API's id. */
export function domainPrefix(host: string): string {
  return host.replace(/:\d+$/, '').split('.', 1)[0] ?? '';
}
