// The headers of an answer: what AWS renames, drops and adds, whatever an integration or a mapping set.

import type { HeaderList } from '../exchange.ts';

const REMAPPED = new Set([
  'authorization',
  'connection',
  'content-length',
  'content-md5',
  'date',
  'expect',
  'host',
  'max-forwards',
  'proxy-authenticate',
  'server',
  'trailer',
  'upgrade',
  'user-agent',
  'www-authenticate',
  'x-amzn-requestid',
]);
const DROPPED = new Set(['transfer-encoding', 'x-amz-apigw-id', 'x-amzn-trace-id']);

/** An integration's headers under the names a client gets them by. */
export function remapHeaders(headers: HeaderList): [string, string][] {
  const kept: [string, string][] = [];
  for (const [name, value] of headers) {
    const lower = name.toLowerCase();
    if (DROPPED.has(lower)) continue;
    kept.push([REMAPPED.has(lower) ? `x-amzn-Remapped-${name}` : name, value]);
  }
  return kept;
}

/** `headers` with a Content-Type in front when they have none. */
export function withContentType(headers: [string, string][], contentType = 'application/json'): [string, string][] {
  const has = headers.some(([name]) => name.toLowerCase() === 'content-type');
  return has ? headers : [['Content-Type', contentType], ...headers];
}

/** Sets a header once, in place of any of that name. */
export function setHeader(headers: [string, string][], name: string, ...values: string[]): void {
  const lower = name.toLowerCase();
  for (let index = headers.length - 1; index >= 0; index -= 1) {
    if (headers[index]?.[0].toLowerCase() === lower) headers.splice(index, 1);
  }
  for (const value of values) headers.push([name, value]);
}
