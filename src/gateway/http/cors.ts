// CORS as an HTTP API does it: the gateway answers preflights, and its configured headers stand in for whatever CORS
// headers an integration sent. A request without Origin, or from one that is not allowed, gets none.

import type { HttpCors } from '../../api/definition.ts';
import type { GatewayAnswer, GatewayRequest, HeaderList } from '../exchange.ts';
import { headerValue } from '../header-list.ts';

/** An OPTIONS request that a browser sends ahead of the one it means. */
export function isPreflight(request: GatewayRequest): boolean {
  return (
    request.method === 'OPTIONS' &&
    headerValue(request.headers, 'origin') !== undefined &&
    headerValue(request.headers, 'access-control-request-method') !== undefined
  );
}

/** 204, with the whole configuration where the origin is allowed. */
export function preflightAnswer(cors: HttpCors, request: GatewayRequest): GatewayAnswer {
  const origin = allowedOrigin(cors, request);
  const headers: [string, string][] = [];
  if (origin !== undefined) {
    headers.push(['Access-Control-Allow-Origin', origin]);
    if (cors.allowMethods.length > 0) headers.push(['Access-Control-Allow-Methods', cors.allowMethods.join(',')]);
    if (cors.allowHeaders.length > 0) headers.push(['Access-Control-Allow-Headers', cors.allowHeaders.join(',')]);
    if (cors.maxAge !== undefined) headers.push(['Access-Control-Max-Age', String(cors.maxAge)]);
    if (cors.allowCredentials === true) headers.push(['Access-Control-Allow-Credentials', 'true']);
  }
  return { status: 204, headers, body: Buffer.alloc(0) };
}

/** The answer with the configured headers in place of its own; an OPTIONS that is no preflight gets none. */
export function withCors(cors: HttpCors, request: GatewayRequest, answer: GatewayAnswer): GatewayAnswer {
  const kept: HeaderList = answer.headers.filter(([name]) => !/^access-control-/i.test(name));
  const origin = request.method === 'OPTIONS' && !isPreflight(request) ? undefined : allowedOrigin(cors, request);
  if (origin === undefined) return { ...answer, headers: kept };
  const headers: [string, string][] = [['Access-Control-Allow-Origin', origin]];
  if (cors.allowCredentials === true) headers.push(['Access-Control-Allow-Credentials', 'true']);
  if (cors.exposeHeaders.length > 0) headers.push(['Access-Control-Expose-Headers', cors.exposeHeaders.join(',')]);
  return { ...answer, headers: [...kept, ...headers] };
}

function allowedOrigin(cors: HttpCors, request: GatewayRequest): string | undefined {
  const origin = headerValue(request.headers, 'origin');
  if (origin === undefined) return undefined;
  const lower = origin.toLowerCase();
  const named = cors.allowOrigins.some((allowed) => {
    const wanted = allowed.toLowerCase();
    return wanted === lower || (wanted.endsWith('://*') && lower.startsWith(wanted.slice(0, -1)));
  });
  if (named) return origin;
  return cors.allowOrigins.includes('*') ? '*' : undefined;
}
