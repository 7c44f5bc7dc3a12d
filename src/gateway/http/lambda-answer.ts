// What a function returned, as an HTTP answer. Format 2.0 infers: without `statusCode` the whole value is the body.
// Format 1.0 infers nothing. What cannot be an answer is a 500; only the text of the value counts, never its intent.

import type { GatewayAnswer, HeaderList } from '../exchange.ts';
import { isHeaderName, isHeaderValue } from '../header-list.ts';
import { isRecord, parseJson } from '../json-record.ts';
import { errorAnswer } from './error-answer.ts';

/** Why a result is no answer. */
class Malformed extends Error {}

/**
 * `payload` is the text Lambda returned. Malformed results answer 500 as on AWS.
 * @param refuse is told why, which AWS keeps to its access log
 */
export function lambdaAnswer(payload: string, format: '1.0' | '2.0', refuse?: (why: string) => void): GatewayAnswer {
  try {
    return answerOf(payload, format);
  } catch (cause) {
    if (!(cause instanceof Malformed)) throw cause;
    refuse?.(cause.message);
    return errorAnswer(500);
  }
}

function answerOf(payload: string, format: '1.0' | '2.0'): GatewayAnswer {
  const value = parseJson(payload);
  if (isRecord(value) && 'statusCode' in value) return structured(value, format);
  if (format === '1.0') throw new Malformed('it has no statusCode, which format 1.0 wants');
  // Recorded on AWS: a JSON string loses its quotes, anything else (JSON or not) is passed on to the letter.
  const body = typeof value === 'string' ? value : payload;
  return { status: 200, headers: [['Content-Type', 'application/json']], body: Buffer.from(body) };
}

function structured(value: Record<string, unknown>, format: '1.0' | '2.0'): GatewayAnswer {
  const status = statusOf(value['statusCode']);
  const body = bodyOf(value['body'], value['isBase64Encoded']);
  const headers = headersOf(value, format);
  const typed = headers.some(([name]) => name.toLowerCase() === 'content-type');
  return {
    status,
    headers: typed ? headers : [...headers, ['Content-Type', 'text/plain; charset=utf-8']],
    body,
  };
}

function statusOf(value: unknown): number {
  const status = typeof value === 'string' && /^\d{3}$/.test(value) ? Number(value) : value;
  if (typeof status === 'number' && Number.isInteger(status) && status >= 200 && status <= 599) return status;
  throw new Malformed(`statusCode ${JSON.stringify(value)} is none of 200 to 599`);
}

function bodyOf(body: unknown, isBase64Encoded: unknown): Buffer {
  if (body === undefined || body === null) return Buffer.alloc(0);
  if (typeof body !== 'string') throw new Malformed('body is no text (JSON.stringify it)');
  if (isBase64Encoded !== true) return Buffer.from(body);
  const stripped = body.replace(/[\r\n]/g, '');
  if (/^[A-Za-z0-9+/]*={0,2}$/.test(stripped) && stripped.length % 4 === 0) return Buffer.from(stripped, 'base64');
  throw new Malformed('isBase64Encoded is true, and body is no base64');
}

// Names become canonical (`my-header` → `My-Header`) and single values precede multiple ones, as recorded on AWS.
function headersOf(value: Record<string, unknown>, format: '1.0' | '2.0'): HeaderList {
  const single = mapOf(value['headers'], 'headers');
  const multiple = format === '1.0' ? mapOf(value['multiValueHeaders'], 'multiValueHeaders') : {};
  const cookies = format === '2.0' ? (value['cookies'] ?? []) : [];
  if (!Array.isArray(cookies)) throw new Malformed('cookies is no list');
  const list: [string, string][] = [];
  const add = (name: string, entry: unknown): void => {
    const text = scalarText(entry);
    if (!isHeaderName(name)) throw new Malformed(`${JSON.stringify(name)} is no name of a header`);
    if (text === undefined || !isHeaderValue(text)) throw new Malformed(`the header ${name} is no text of one line`);
    list.push([canonicalName(name), text]);
  };
  // Before a Set-Cookie of the headers, as seen on AWS (github.com/ministackorg/ministack, pull 758).
  for (const cookie of cookies) {
    if (typeof cookie !== 'string') throw new Malformed('a cookie is no text');
    add('Set-Cookie', cookie);
  }
  for (const [name, entry] of Object.entries(single)) add(name, entry);
  for (const [name, entries] of Object.entries(multiple)) {
    if (!Array.isArray(entries)) throw new Malformed(`multiValueHeaders.${name} is no list`);
    for (const entry of entries) add(name, entry);
  }
  return list;
}

/** `content-type` → `Content-Type`. */
export function canonicalName(name: string): string {
  return name.toLowerCase().replace(/(^|-)[a-z]/g, (start) => start.toUpperCase());
}

function scalarText(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

function mapOf(value: unknown, name: string): Record<string, unknown> {
  if (value === undefined || value === null) return {};
  if (isRecord(value)) return value;
  throw new Malformed(`${name} is no map`);
}
