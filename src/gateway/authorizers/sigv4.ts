// Signature Version 4: verifies requests to AWS_IAM routes against this machine's access keys, and signs calls to
// service endpoints. Source: "Create a signed AWS API request" (IAM user guide).

import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { GatewayRequest } from '../exchange.ts';
import type { LocalCredential } from '../gateway.ts';
import { headerValue, headerValues } from '../header-list.ts';
import { formDecode } from '../query-string.ts';
import { type GivenSignature, readSignature } from './sigv4-parts.ts';

export type SignatureVerdict =
  | { readonly valid: true; readonly credential: LocalCredential }
  | {
      readonly valid: false;
      /** `missing`: unsigned. `incomplete`: something else stands in Authorization. */
      readonly fault: 'missing' | 'incomplete' | 'unknown-key' | 'mismatch' | 'expired';
      /** AWS's words, where the fault has its own. */
      readonly message: string;
    };

/** AWS tolerates clocks that differ by 15 minutes (5 for some services). */
const SKEW_MS = 15 * 60 * 1000;

const MISMATCH =
  'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.';

/** Checks the signature of a request to `execute-api`, in its headers or its query string. */
export function verifySignature(
  request: GatewayRequest,
  credentials: readonly LocalCredential[],
  region: string,
): SignatureVerdict {
  const given = readSignature(request);
  if (given.type !== 'signed') return { valid: false, fault: given.type, message: given.message };
  const { signature } = given;
  const credential = credentials.find((each) => each.accessKeyId === signature.accessKeyId);
  if (credential === undefined || (signature.token ?? '') !== (credential.sessionToken ?? '')) {
    return { valid: false, fault: 'unknown-key', message: 'The security token included in the request is invalid.' };
  }
  const wantedScope = `${signature.time.slice(0, 8)}/${region}/execute-api/aws4_request`;
  if (signature.scope !== wantedScope) {
    const message = `Credential should be scoped to correct service: 'execute-api' and region '${region}'.`;
    return { valid: false, fault: 'mismatch', message };
  }
  const age = request.receivedAt - epochOf(signature.time);
  if (!(age <= (signature.expiresMs ?? SKEW_MS) && age >= -SKEW_MS)) {
    return {
      valid: false,
      fault: 'expired',
      message: `Signature expired: ${signature.time} is out of the allowed time`,
    };
  }
  const expected = sign(
    credential.secretAccessKey,
    signature.time,
    signature.scope,
    canonicalRequest(request, signature),
  );
  const [wanted, shown] = [Buffer.from(expected), Buffer.from(signature.value)];
  // In bytes: a signature of as many characters, but not of ASCII, is longer.
  const matches = wanted.length === shown.length && timingSafeEqual(wanted, shown);
  return matches ? { valid: true, credential } : { valid: false, fault: 'mismatch', message: MISMATCH };
}

/** What is to be signed, for calls that go out. */
export interface OutgoingSignature {
  readonly method: string;
  /** Percent-encoded path and query as they go out. */
  readonly path: string;
  readonly query: string;
  /** `Host` included. */
  readonly headers: readonly (readonly [string, string])[];
  readonly body: Uint8Array;
  readonly service: string;
  readonly region: string;
}

/** The headers that sign a call: X-Amz-Date, Authorization and, with a session, its token. */
export function signatureHeaders(
  call: OutgoingSignature,
  credential: Pick<LocalCredential, 'accessKeyId' | 'secretAccessKey' | 'sessionToken'>,
  now: number,
): [string, string][] {
  const time = new Date(now).toISOString().replace(/[-:]|\.\d{3}/g, '');
  const scope = `${time.slice(0, 8)}/${call.region}/${call.service}/aws4_request`;
  const added: [string, string][] = [['X-Amz-Date', time]];
  if (credential.sessionToken !== undefined) added.push(['X-Amz-Security-Token', credential.sessionToken]);
  const headers = [...call.headers, ...added];
  const signedHeaders = [...new Set(headers.map(([name]) => name.toLowerCase()))].sort();
  const canonical = canonicalText(
    call.method,
    call.path,
    canonicalQuery(call.query, ''),
    headers,
    signedHeaders,
    sha256(call.body),
  );
  const value = sign(credential.secretAccessKey, time, scope, canonical);
  const authorization = `AWS4-HMAC-SHA256 Credential=${credential.accessKeyId}/${scope}, SignedHeaders=${signedHeaders.join(';')}, Signature=${value}`;
  return [...added, ['Authorization', authorization]];
}

function canonicalRequest(request: GatewayRequest, signature: GivenSignature): string {
  return canonicalText(
    request.method,
    request.rawPath,
    canonicalQuery(request.rawQuery, 'X-Amz-Signature'),
    request.headers,
    signature.signedHeaders,
    bodyHash(request),
  );
}

// A claimed hash is used only if it is true: otherwise a signature would not cover the body.
function bodyHash(request: GatewayRequest): string {
  const actual = sha256(request.body);
  const claimed = headerValue(request.headers, 'x-amz-content-sha256');
  return claimed === undefined || claimed === actual ? actual : `not ${claimed}`;
}

function canonicalText(
  method: string,
  path: string,
  query: string,
  headers: readonly (readonly [string, string])[],
  signedHeaders: readonly string[],
  payloadHash: string,
): string {
  const lines = signedHeaders.map((name) => {
    const values = headerValues(headers, name).map((value) => value.trim().replace(/ +/g, ' '));
    return `${name}:${values.join(',')}\n`;
  });
  const uri = path.split('/').map(encode).join('/');
  return [method, uri === '' ? '/' : uri, query, lines.join(''), signedHeaders.join(';'), payloadHash].join('\n');
}

function canonicalQuery(rawQuery: string, without: string): string {
  if (rawQuery === '') return '';
  const pairs = rawQuery.split('&').flatMap((part): [string, string][] => {
    const equals = part.indexOf('=');
    const name = formDecode(equals === -1 ? part : part.slice(0, equals));
    if (part === '' || name === without) return [];
    return [[encode(name), encode(equals === -1 ? '' : formDecode(part.slice(equals + 1)))]];
  });
  const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
  return pairs
    .sort((a, b) => order(a[0], b[0]) || order(a[1], b[1]))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
}

function sign(secret: string, time: string, scope: string, canonical: string): string {
  const text = ['AWS4-HMAC-SHA256', time, scope, sha256(Buffer.from(canonical))].join('\n');
  const key = scope.split('/').reduce<Buffer>((previous, part) => hmac(previous, part), Buffer.from(`AWS4${secret}`));
  return hmac(key, text).toString('hex');
}

function hmac(key: Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function encode(text: string): string {
  const wellFormed = Buffer.from(text, 'utf8').toString('utf8');
  return encodeURIComponent(wellFormed).replace(
    /[!'()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function epochOf(time: string): number {
  const [, year, month, day, hour, minute, second] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(time) ?? [];
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
}
