// Whether a request's body reaches a function as text or as base64. HTTP APIs have no list of binary media types: the
// content type alone decides, and what is not known to be text is base64.

import type { HeaderList } from '../exchange.ts';
import { headerValue } from '../header-list.ts';

export interface EncodedBody {
  readonly body: string;
  readonly isBase64Encoded: boolean;
}

// Tried on AWS (github.com/ministackorg/ministack, pull 766): these only; forms and a body without type are base64.
const TEXT = /^(text\/.*|application\/(json|xml|javascript))$/;

/** The body as an event carries it; undefined when there is none. */
export function encodeBody(body: Uint8Array, headers: HeaderList): EncodedBody | undefined {
  if (body.byteLength === 0) return undefined;
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  return isText(headers)
    ? { body: bytes.toString('utf8'), isBase64Encoded: false }
    : { body: bytes.toString('base64'), isBase64Encoded: true };
}

function isText(headers: HeaderList): boolean {
  const encoding = headerValue(headers, 'content-encoding');
  if (encoding !== undefined && encoding.toLowerCase() !== 'identity') return false;
  const type = headerValue(headers, 'content-type')?.split(';', 1)[0]?.trim().toLowerCase();
  return TEXT.test(type ?? '');
}
