// The headers of a request as templates, mappings and functions see them: what AWS never delivers is gone, two names
// have AWS's own case, and the forwarding headers are there.

import type { GatewayRequest, HeaderList } from '../exchange.ts';
import { headerValue } from '../header-list.ts';
import { setOwn } from '../query-string.ts';

const NEVER_DELIVERED = new Set([
  'connection',
  'content-length',
  'content-md5',
  'expect',
  'keep-alive',
  'max-forwards',
  'proxy-authenticate',
  'server',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'www-authenticate',
  'x-http-method-override',
]);

// Recorded on AWS: these two come out in this case whatever the client wrote; all others keep theirs.
const OWN_CASE = new Map([
  ['authorization', 'Authorization'],
  ['user-agent', 'User-Agent'],
]);

/** The visible headers; `traceId` is what `X-Amzn-Trace-Id` says from here on. */
export function visibleHeaders(request: GatewayRequest, traceId: string): HeaderList {
  const headers: [string, string][] = [];
  for (const [name, value] of request.headers) {
    const lower = name.toLowerCase();
    if (NEVER_DELIVERED.has(lower) || FORWARDING.has(lower)) continue;
    headers.push([OWN_CASE.get(lower) ?? name, value]);
  }
  const earlier = headerValue(request.headers, 'x-forwarded-for');
  headers.push(
    ['X-Amzn-Trace-Id', traceId],
    ['X-Forwarded-For', earlier === undefined ? request.sourceIp : `${earlier}, ${request.sourceIp}`],
    ['X-Forwarded-Port', /:(\d+)$/.exec(request.host)?.[1] ?? '80'],
    ['X-Forwarded-Proto', 'http'],
  );
  return headers;
}

const FORWARDING = new Set(['x-amzn-trace-id', 'x-forwarded-for', 'x-forwarded-port', 'x-forwarded-proto']);

/** The headers per name, in the case it came first. */
export interface HeaderMaps {
  /** The last value of each. */
  readonly single: Readonly<Record<string, string>>;
  readonly multi: Readonly<Record<string, readonly string[]>>;
}

/** Both maps of events and templates. */
export function headerMaps(headers: HeaderList): HeaderMaps {
  const groups = new Map<string, [name: string, values: string[]]>();
  for (const [name, value] of headers) {
    const lower = name.toLowerCase();
    const group = groups.get(lower);
    if (group === undefined) groups.set(lower, [name, [value]]);
    else group[1].push(value);
  }
  const single: Record<string, string> = {};
  const multi: Record<string, readonly string[]> = {};
  for (const [name, values] of groups.values()) {
    setOwn(single, name, values.at(-1) ?? '');
    setOwn(multi, name, values);
  }
  return { single, multi };
}
