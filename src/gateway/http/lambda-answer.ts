// What a function returned, as an HTTP answer. Format 2.0 infers: without `statusCode` the whole value is the body.
// Format 1.0 infers nothing. What cannot be an answer is a 500; only the text of the value counts, never its intent.

import type { GatewayAnswer, HeaderList } from '../exchange.ts';
import { isHeaderName, isHeaderValue } from '../header-list.ts';
import { isRecord, parseJson } from '../json-record.ts';
import { errorAnswer } from './error-answer.ts';

/** `payload` is the text Lambda returned. Malformed results answer 500 as on AWS. */
export function lambdaAnswer(payload: string, format: '1.0' | '2.0'): GatewayAnswer {
  const value = parseJson(payload);
  if (isRecord(value) && 'statusCode' in value) return structured(value, format) ?? errorAnswer(500);
  if (format === '1.0') return errorAnswer(500);
  // Recorded on AWS: a JSON string loses its quotes, anything else (JSON or not) is passed on to the letter.
  const body = typeof value === 'string' ? value : payload;
  return { status: 200, headers: [['Content-Type', 'application/json']], body: Buffer.from(body) };
}

function structured(value: Record<string, unknown>, format: '1.0' | '2.0'): GatewayAnswer | undefined {
  const status = statusOf(value['statusCode']);
  const body = bodyOf(value['body'], value['isBase64Encoded']);
  const headers = headersOf(value, format);
  if (status === undefined || body === undefined || headers === undefined) return undefined;
  const typed = headers.some(([name]) => name.toLowerCase() === 'content-type');
  return {
    status,
    headers: typed ? headers : [...headers, ['Content-Type', 'text/plain; charset=utf-8']],
    body,
  };
}

function statusOf(value: unknown): number | undefined {
  const status = typeof value === 'string' && /^\d{3}$/.test(value) ? Number(value) : value;
  return typeof status === 'number' && Number.isInteger(status) && status >= 200 && status <= 599 ? status : undefined;
}

function bodyOf(body: unknown, isBase64Encoded: unknown): Buffer | undefined {
  if (body === undefined || body === null) return Buffer.alloc(0);
  if (typeof body !== 'string') return undefined;
  if (isBase64Encoded !== true) return Buffer.from(body);
  const stripped = body.replace(/[\r\n]/g, '');
  return /^[A-Za-z0-9+/]*={0,2}$/.test(stripped) && stripped.length % 4 === 0
    ? Buffer.from(stripped, 'base64')
    : undefined;
}

// Names become canonical (`my-header` → `My-Header`) and single values precede multiple ones, as recorded on AWS.
function headersOf(value: Record<string, unknown>, format: '1.0' | '2.0'): HeaderList | undefined {
  const single = mapOf(value['headers']);
  const multiple = format === '1.0' ? mapOf(value['multiValueHeaders']) : {};
  const cookies = format === '2.0' ? (value['cookies'] ?? []) : [];
  if (single === undefined || multiple === undefined || !Array.isArray(cookies)) return undefined;
  const list: [string, string][] = [];
  const add = (name: string, entry: unknown): boolean => {
    const text = scalarText(entry);
    if (text === undefined || !isHeaderName(name) || !isHeaderValue(text)) return false;
    list.push([canonicalName(name), text]);
    return true;
  };
  for (const [name, entry] of Object.entries(single)) if (!add(name, entry)) return undefined;
  for (const [name, entries] of Object.entries(multiple)) {
    if (!Array.isArray(entries) || !entries.every((entry) => add(name, entry))) return undefined;
  }
  if (!cookies.every((cookie) => typeof cookie === 'string' && add('Set-Cookie', cookie))) return undefined;
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

function mapOf(value: unknown): Record<string, unknown> | undefined {
  if (value === undefined || value === null) return {};
  return isRecord(value) ? value : undefined;
}
