// Finds the signature of a request, in the Authorization header or in a presigned query string, and says in AWS's
// words what is missing from it.

import { createHash } from 'node:crypto';
import type { GatewayRequest } from '../exchange.ts';
import { headerValue } from '../header-list.ts';
import { lastValues, parseQuery } from '../query-string.ts';

/** The parts of a signature as a client gave them; nothing of it is checked yet. */
export interface GivenSignature {
  readonly accessKeyId: string;
  /** `20260101/eu-west-1/execute-api/aws4_request`. */
  readonly scope: string;
  readonly signedHeaders: readonly string[];
  readonly value: string;
  /** `20260101T000000Z`. */
  readonly time: string;
  readonly token?: string;
  /** Presigned requests name how long they hold. */
  readonly expiresMs?: number;
}

export type ReadSignature =
  | { readonly type: 'signed'; readonly signature: GivenSignature }
  | { readonly type: 'missing' | 'incomplete'; readonly message: string };

const ALGORITHM = 'AWS4-HMAC-SHA256';
/** The longest a presigned request may hold: seven days. */
const LONGEST_SECONDS = 604_800;

/** What stands in the place of a signature. */
export function readSignature(request: GatewayRequest): ReadSignature {
  const authorization = headerValue(request.headers, 'authorization')?.trim();
  if (authorization !== undefined && authorization !== '') return fromHeader(request, authorization);
  const query = lastValues(parseQuery(request.rawQuery));
  if (query['X-Amz-Algorithm'] === undefined && query['X-Amz-Signature'] === undefined) {
    return { type: 'missing', message: 'Missing Authentication Token' };
  }
  return fromQuery(query);
}

function fromHeader(request: GatewayRequest, authorization: string): ReadSignature {
  const space = authorization.indexOf(' ');
  const scheme = space === -1 ? authorization : authorization.slice(0, space);
  const rest = space === -1 ? '' : authorization.slice(space + 1);
  const parts = new Map<string, string>();
  for (const part of (space === -1 ? authorization : rest).split(',')) {
    const equals = part.indexOf('=');
    if (equals === -1) return { type: 'incomplete', message: notAPair(part.trim()) };
    parts.set(part.slice(0, equals).trim(), part.slice(equals + 1).trim());
  }
  const credential = parts.get('Credential');
  const value = parts.get('Signature');
  const signedHeaders = parts.get('SignedHeaders');
  const time = headerValue(request.headers, 'x-amz-date');
  const missing = [
    ...(credential === undefined ? ["'Credential' parameter"] : []),
    ...(value === undefined ? ["'Signature' parameter"] : []),
    ...(signedHeaders === undefined ? ["'SignedHeaders' parameter"] : []),
    ...(time === undefined ? ["existence of either a 'X-Amz-Date' or a 'Date' header"] : []),
  ];
  if (scheme !== ALGORITHM || !credential || !value || !signedHeaders || !time) {
    const message = missing.map((each) => `Authorization header requires ${each}.`).join(' ');
    return { type: 'incomplete', message: `${message || 'Unsupported algorithm.'} ${hashed(authorization)}` };
  }
  const token = headerValue(request.headers, 'x-amz-security-token');
  return signed({ credential, value, signedHeaders, time, ...(token === undefined ? {} : { token }) });
}

function fromQuery(query: Readonly<Record<string, string>>): ReadSignature {
  const names = ['Credential', 'Signature', 'SignedHeaders', 'Date', 'Expires'];
  const missing = ['Algorithm', ...names].filter((name) => (query[`X-Amz-${name}`] ?? '') === '');
  const seconds = Number(query['X-Amz-Expires']);
  if (missing.length > 0 || query['X-Amz-Algorithm'] !== ALGORITHM || !(seconds > 0 && seconds <= LONGEST_SECONDS)) {
    const wanted = missing.map((name) => `AWS query-string parameters must include 'X-Amz-${name}'.`);
    return { type: 'incomplete', message: wanted.join(' ') || 'The query-string signature cannot be read.' };
  }
  const token = query['X-Amz-Security-Token'];
  return signed({
    credential: query['X-Amz-Credential'] ?? '',
    value: query['X-Amz-Signature'] ?? '',
    signedHeaders: query['X-Amz-SignedHeaders'] ?? '',
    time: query['X-Amz-Date'] ?? '',
    expiresMs: seconds * 1000,
    ...(token === undefined ? {} : { token }),
  });
}

interface Parts {
  readonly credential: string;
  readonly value: string;
  readonly signedHeaders: string;
  readonly time: string;
  readonly token?: string;
  readonly expiresMs?: number;
}

function signed(parts: Parts): ReadSignature {
  const slash = parts.credential.indexOf('/');
  const names = parts.signedHeaders.toLowerCase().split(';');
  if (slash === -1 || !names.includes('host')) {
    return { type: 'incomplete', message: "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization." };
  }
  const { credential, signedHeaders: _names, ...rest } = parts;
  const signature = {
    ...rest,
    accessKeyId: credential.slice(0, slash),
    scope: credential.slice(slash + 1),
    signedHeaders: names,
  };
  return { type: 'signed', signature };
}

function notAPair(text: string): string {
  const hash = createHash('sha256').update(text).digest('base64');
  return `Invalid key=value pair (missing equal-sign) in Authorization header (hashed with SHA-256 and encoded with Base64): '${hash}'.`;
}

function hashed(authorization: string): string {
  const hash = createHash('sha256').update(authorization).digest('base64');
  return `(Hashed with SHA-256 and encoded with Base64) Authorization=${hash}`;
}
