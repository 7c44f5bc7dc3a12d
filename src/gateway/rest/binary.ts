// Payload encodings of REST APIs: which media types are binary, and what contentHandling makes of a payload on its way
// in and out. Source: "Content type conversions in API Gateway" and recordings of it on AWS.

import type { ContentHandling } from '../../api/definition.ts';
import { GatewayFault } from './fault.ts';

/** A payload that a template may read, or one it must not. */
export type Payload =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'binary'; readonly bytes: Uint8Array };

/** Whether a media type (parameters ignored) is registered: literally, by its `image/*`, or because all types are. */
export function isBinaryType(mediaType: string, binaryMediaTypes: readonly string[]): boolean {
  if (binaryMediaTypes.length === 0) return false;
  const wanted = mimeOf(mediaType);
  return binaryMediaTypes.some((each) => {
    const type = each.trim().toLowerCase();
    if (type === '*/*') return true;
    if (type.startsWith('*')) return false;
    return type.endsWith('/*') ? wanted.startsWith(type.slice(0, -1)) : wanted === type;
  });
}

/** The first type of an Accept header: the only one AWS looks at. */
export function firstAccepted(accept: string | undefined): string {
  return mimeOf((accept ?? '').split(',', 1)[0] ?? '');
}

/** `text/html` of `text/html; charset=utf-8`. */
export function mimeOf(contentType: string): string {
  return (contentType.split(';', 1)[0] ?? '').trim().toLowerCase();
}

/** A request's body on its way to the integration. @throws GatewayFault when text that must be base64 is none. */
export function convertRequest(body: Uint8Array, isBinary: boolean, handling: ContentHandling | undefined): Payload {
  switch (handling) {
    case 'CONVERT_TO_BINARY':
      return { type: 'binary', bytes: isBinary ? body : decoded(utf8(body)) };
    case 'CONVERT_TO_TEXT':
      return { type: 'text', text: isBinary ? Buffer.from(body).toString('base64') : utf8(body) };
    case undefined:
      return isBinary ? { type: 'binary', bytes: body } : { type: 'text', text: utf8(body) };
  }
}

/** An integration's body on its way to the client. @throws GatewayFault when text that must be base64 is none. */
export function convertResponse(
  body: Uint8Array,
  isBinary: boolean,
  acceptsBinary: boolean,
  handling: ContentHandling | undefined,
): Payload {
  if (handling !== undefined) return convertRequest(body, isBinary, handling);
  if (isBinary && acceptsBinary) return { type: 'binary', bytes: body };
  if (isBinary) return { type: 'text', text: Buffer.from(body).toString('base64') };
  return acceptsBinary ? { type: 'binary', bytes: decoded(utf8(body)) } : { type: 'text', text: utf8(body) };
}

/** The bytes of a payload as they go on the wire. */
export function bytesOf(payload: Payload): Uint8Array {
  return payload.type === 'binary' ? payload.bytes : Buffer.from(payload.text);
}

/** Strict base64; undefined for text that is none. */
export function decodeBase64(text: string): Uint8Array | undefined {
  const body = text.replace(/={1,2}$/, '');
  if (body.length % 4 === 1 || /[^A-Za-z0-9+/]/.test(body)) return undefined;
  if (body.length !== text.length && text.length % 4 !== 0) return undefined;
  return Buffer.from(body, 'base64');
}

function decoded(text: string): Uint8Array {
  const bytes = decodeBase64(text) ?? decodeBase64(unquoted(text));
  if (bytes === undefined) throw new GatewayFault('configuration', { reason: 'the body is not base64-encoded' });
  return bytes;
}

// A function that returns a base64 text has it quoted as JSON on the way here.
function unquoted(text: string): string {
  return /^"[^"\\]*"$/.test(text) ? text.slice(1, -1) : text;
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

function utf8(bytes: Uint8Array): string {
  return decoder.decode(bytes);
}
