// Whether a request's body reaches a function as text or as base64. HTTP APIs have no list of binary media types: the
// content type alone decides, and what is not known to be text is base64 (forms included, as people meet on AWS).

import type { HeaderList } from '../exchange.ts';
import { headerValue } from '../header-list.ts';

export interface EncodedBody {
  readonly body: string;
  readonly isBase64Encoded: boolean;
}

const TEXT = /^(text\/.*|application\/(json|xml|javascript)|[^;]+\+(json|xml))$/;

/** The body as an event carries it; undefined when there is none. */
export function encodeBody(body: Uint8Array, headers: HeaderList): EncodedBody | undefined {
  if (body.byteLength === 0) return undefined;
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  return isText(bytes, headers)
    ? { body: bytes.toString('utf8'), isBase64Encoded: false }
    : { body: bytes.toString('base64'), isBase64Encoded: true };
}

function isText(bytes: Buffer, headers: HeaderList): boolean {
  const encoding = headerValue(headers, 'content-encoding');
  if (encoding !== undefined && encoding.toLowerCase() !== 'identity') return false;
  const type = headerValue(headers, 'content-type')?.split(';', 1)[0]?.trim().toLowerCase();
  if (type === undefined || type === '') return isUtf8(bytes);
  return TEXT.test(type);
}

function isUtf8(bytes: Buffer): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}
