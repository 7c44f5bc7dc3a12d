// Reads what a Lambda proxy function returned. Anything but the few keys AWS knows, in the types it wants, is a
// malformed answer: 502. Source: "Output format of a Lambda function for proxy integration" and recordings.

import type { GatewayAnswer, HeaderList } from '../exchange.ts';
import { isHeaderName, isHeaderValue } from '../header-list.ts';
import { isRecord } from '../json-record.ts';
import { decodeBase64 } from './binary.ts';
import { GatewayFault } from './fault.ts';
import { remapHeaders, withContentType } from './response-headers.ts';

const KNOWN_KEYS = new Set(['statusCode', 'headers', 'multiValueHeaders', 'body', 'isBase64Encoded']);

/**
 * The client's answer. `acceptsBinary`: the first Accept type is a registered binary one.
 * @throws GatewayFault 502 for a malformed answer, 500 for a body that is no base64 and should be.
 */
export function proxyAnswer(payload: string, acceptsBinary: boolean): GatewayAnswer {
  const result = parse(payload);
  const unknown = Object.keys(result).find((key) => !KNOWN_KEYS.has(key));
  if (unknown !== undefined) throw malformed(`it has the unknown key ${unknown}`);
  return {
    status: statusOf(result['statusCode']),
    headers: withContentType(remapHeaders(headersOf(result))),
    body: bodyOf(result['body'], isTrue(result['isBase64Encoded']) && acceptsBinary),
  };
}

function parse(payload: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(payload);
  } catch {
    throw malformed('it is not JSON');
  }
  if (!isRecord(value)) throw malformed('it is not an object');
  return value;
}

function statusOf(given: unknown): number {
  if (given === undefined || given === null) return 200;
  const status = typeof given === 'string' && /^\d+$/.test(given) ? Number(given) : given;
  if (typeof status === 'number' && Number.isInteger(status) && status >= 200 && status <= 599) return status;
  throw malformed(`statusCode ${JSON.stringify(given)} is no HTTP status`);
}

function headersOf(result: Record<string, unknown>): HeaderList {
  const headers: [string, string][] = [];
  for (const [name, values] of entriesOf(result, 'multiValueHeaders')) {
    if (!Array.isArray(values)) throw malformed(`multiValueHeaders.${name} is no list`);
    for (const value of values) headers.push([name, headerText(name, value)]);
  }
  const multi = headers.map(([name, value]) => `${name.toLowerCase()}:${value}`);
  for (const [name, value] of entriesOf(result, 'headers')) {
    const text = headerText(name, value);
    // "If the same key-value pair is specified in both, only the values from multiValueHeaders will appear."
    if (!multi.includes(`${name.toLowerCase()}:${text}`)) headers.push([name, text]);
  }
  return headers;
}

function entriesOf(result: Record<string, unknown>, key: string): [string, unknown][] {
  const map = result[key];
  if (map === undefined || map === null) return [];
  if (!isRecord(map)) throw malformed(`${key} is no object`);
  return Object.entries(map);
}

function headerText(name: string, value: unknown): string {
  if (!isHeaderName(name)) throw malformed(`${JSON.stringify(name)} is no header name`);
  if (value === null) return '';
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') {
    throw malformed(`header ${name} is no text`);
  }
  const text = typeof value === 'string' ? Buffer.from(value, 'utf8').toString('latin1') : String(value);
  if (!isHeaderValue(text)) throw malformed(`header ${name} holds control characters`);
  return text;
}

function bodyOf(body: unknown, decode: boolean): Uint8Array {
  if (body === undefined || body === null) return new Uint8Array(0);
  if (typeof body !== 'string') throw malformed('body is no string (JSON.stringify it)');
  if (!decode) return Buffer.from(body, 'utf8');
  const bytes = decodeBase64(body);
  if (bytes === undefined) {
    throw new GatewayFault('configuration', { reason: 'the function says isBase64Encoded, and its body is no base64' });
  }
  return bytes;
}

function isTrue(flag: unknown): boolean {
  if (flag === undefined || flag === null || typeof flag === 'boolean') return flag === true;
  if (flag === 'true' || flag === 'false') return flag === 'true';
  throw malformed('isBase64Encoded is no boolean');
}

function malformed(why: string): GatewayFault {
  return new GatewayFault('badGateway', { reason: `malformed Lambda proxy response: ${why}` });
}
