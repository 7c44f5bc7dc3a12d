// What a function of a WebSocket route returned. As on REST APIs, a key that API Gateway does not know makes the whole
// answer malformed (seen on AWS: middyjs/middy, issue 1219), and so does a result that is no object.

import type { HeaderList } from '../exchange.ts';
import { isRecord, parseRecord } from '../json-record.ts';

export interface FunctionAnswer {
  readonly status: number;
  readonly headers: HeaderList;
  readonly body: string;
}

const KEYS = new Set(['statusCode', 'headers', 'multiValueHeaders', 'body', 'isBase64Encoded']);

/** `payload` is the text Lambda returned; the problem is worded to stand behind the function's name. */
export function functionAnswer(payload: string): FunctionAnswer | { readonly problem: string } {
  const value = parseRecord(payload);
  if (value === undefined) return { problem: `must return { statusCode, body }, not ${payload.slice(0, 100)}` };
  const unknown = Object.keys(value).find((key) => !KEYS.has(key));
  if (unknown !== undefined) return { problem: `must return { statusCode, headers, body } alone, not ${unknown}` };
  const { statusCode, body, isBase64Encoded } = value;
  const status = statusOf(statusCode ?? 200);
  if (status === undefined) return { problem: `must return a status of HTTP, not ${JSON.stringify(statusCode)}` };
  if (body !== undefined && body !== null && typeof body !== 'string') {
    return { problem: `must return its body as text, not as ${Array.isArray(body) ? 'a list' : `an ${typeof body}`}` };
  }
  const headers = headersOf(value['headers'], value['multiValueHeaders']);
  if (headers === undefined) return { problem: 'must return headers by name' };
  const text = body ?? '';
  return { status, headers, body: isBase64Encoded === true ? Buffer.from(text, 'base64').toString('utf8') : text };
}

function statusOf(value: unknown): number | undefined {
  const status = typeof value === 'string' && /^\d{3}$/.test(value) ? Number(value) : value;
  return typeof status === 'number' && Number.isInteger(status) && status >= 100 && status <= 599 ? status : undefined;
}

function headersOf(single: unknown, multiple: unknown): HeaderList | undefined {
  const lists = [single, multiple].map((given) => given ?? {});
  if (!lists.every(isRecord)) return undefined;
  return lists.flatMap((given) =>
    Object.entries(given).flatMap(([name, value]) =>
      (Array.isArray(value) ? value : [value]).map((each): [string, string] => [name, String(each)]),
    ),
  );
}
