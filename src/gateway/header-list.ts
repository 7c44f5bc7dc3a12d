// Look-ups in a list of headers: names compare case-insensitively unless said otherwise; order and duplicates are kept.

import type { HeaderList } from './exchange.ts';

/** Every value of a header, in order. */
export function headerValues(headers: HeaderList, name: string): readonly string[] {
  const wanted = name.toLowerCase();
  const values: string[] = [];
  for (const [key, value] of headers) {
    if (key.length === wanted.length && key.toLowerCase() === wanted) values.push(value);
  }
  return values;
}

/** Every value of a header whose name is written just so, in order. */
export function headerValuesAsWritten(headers: HeaderList, name: string): readonly string[] {
  return headers.filter(([key]) => key === name).map(([, value]) => value);
}

/** The last value of a header: what API Gateway's single-value maps hold. */
export function headerValue(headers: HeaderList, name: string): string | undefined {
  const wanted = name.toLowerCase();
  for (let index = headers.length - 1; index >= 0; index -= 1) {
    const header = headers[index];
    if (header?.[0].length === wanted.length && header[0].toLowerCase() === wanted) return header[1];
  }
  return undefined;
}

/** Whether a text may stand as a header's name (RFC 9110 token). */
export function isHeaderName(text: string): boolean {
  return /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(text);
}

/** Whether a text may stand as a header's value on the wire: no control characters, nothing beyond latin1. */
export function isHeaderValue(text: string): boolean {
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if ((code < 0x20 && code !== 0x09) || code === 0x7f || code > 0xff) return false;
  }
  return true;
}

/** The list that node's flat `rawHeaders` hold. */
export function headerPairs(raw: readonly string[]): [string, string][] {
  const list: [string, string][] = [];
  for (let index = 0; index + 1 < raw.length; index += 2) list.push([raw[index] ?? '', raw[index + 1] ?? '']);
  return list;
}
