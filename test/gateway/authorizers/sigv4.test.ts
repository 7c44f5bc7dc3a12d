import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { signatureHeaders, verifySignature } from '../../../src/gateway/authorizers/sigv4.ts';
import type { GatewayRequest } from '../../../src/gateway/exchange.ts';
import type { LocalCredential } from '../../../src/gateway/gateway.ts';

const NOW = Date.UTC(2026, 0, 2, 3, 4, 5);
const credential: LocalCredential = {
  accessKeyId: 'AKIDEXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
  userArn: 'arn:aws:iam::000000000000:user/local',
};

function request(overrides: Partial<GatewayRequest> = {}): GatewayRequest {
  return {
    method: 'POST',
    rawPath: '/dev/a%20b',
    rawQuery: 'z=1&a=x%2Fy&a=b',
    headers: [['Host', '127.0.0.1:3000']],
    body: Buffer.from('{"a":1}'),
    sourceIp: '127.0.0.1',
    protocol: 'HTTP/1.1',
    host: '127.0.0.1:3000',
    receivedAt: NOW,
    signal: new AbortController().signal,
    ...overrides,
  };
}

function signed(given: GatewayRequest, by = credential, region = 'eu-west-1', service = 'execute-api'): GatewayRequest {
  const call = { method: given.method, path: given.rawPath, query: given.rawQuery, headers: given.headers };
  const added = signatureHeaders({ ...call, body: given.body, service, region }, by, NOW);
  return { ...given, headers: [...given.headers, ...added] };
}

const verify = (given: GatewayRequest) => verifySignature(given, [credential], 'eu-west-1');

describe('Signature Version 4', () => {
  it('gives the signature of the worked example in the IAM user guide', () => {
    const headers = signatureHeaders(
      {
        method: 'GET',
        path: '/',
        query: 'Action=ListUsers&Version=2010-05-08',
        headers: [
          ['Content-Type', 'application/x-www-form-urlencoded; charset=utf-8'],
          ['Host', 'iam.amazonaws.com'],
        ],
        body: new Uint8Array(0),
        service: 'iam',
        region: 'us-east-1',
      },
      credential,
      Date.UTC(2015, 7, 30, 12, 36, 0),
    );
    expect(headers.at(-1)?.[1]).toBe(
      'AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/iam/aws4_request, ' +
        'SignedHeaders=content-type;host;x-amz-date, ' +
        'Signature=5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7',
    );
  });

  it('accepts what a known key signed', () => {
    expect(verify(signed(request()))).toEqual({ valid: true, credential });
  });

  it.each([
    ['the method', { method: 'PUT' }],
    ['the path', { rawPath: '/dev/other' }],
    ['the query', { rawQuery: 'z=2&a=x%2Fy&a=b' }],
    ['the body', { body: Buffer.from('{"a":2}') }],
  ])('refuses a signature after %s changed', (_what, change) => {
    expect(verify({ ...signed(request()), ...change })).toMatchObject({ valid: false, fault: 'mismatch' });
  });

  it('refuses a changed body even when the client claims its old hash', () => {
    const body = Buffer.from('{"a":1}');
    const hash = createHash('sha256').update(body).digest('hex');
    const claimed = signed(
      request({
        headers: [
          ['Host', 'h'],
          ['X-Amz-Content-Sha256', hash],
        ],
      }),
    );
    expect(verify(claimed)).toMatchObject({ valid: true });
    expect(verify({ ...claimed, body: Buffer.from('{"a":2}') })).toMatchObject({ valid: false, fault: 'mismatch' });
  });

  it.each([
    ['another region', () => signed(request(), credential, 'us-east-1')],
    ['another service', () => signed(request(), credential, 'eu-west-1', 's3')],
    ['another secret', () => signed(request(), { ...credential, secretAccessKey: 'x' })],
  ])('refuses a signature made for %s', (_what, make) => {
    expect(verify(make())).toMatchObject({ valid: false, fault: 'mismatch' });
  });

  it('refuses an unknown key, and a session token that is not the key’s', () => {
    expect(verify(signed(request(), { ...credential, accessKeyId: 'AKIDOTHER' }))).toMatchObject({
      fault: 'unknown-key',
    });
    expect(verify(signed(request(), { ...credential, sessionToken: 't' }))).toMatchObject({ fault: 'unknown-key' });
    expect(verifySignature(signed(request()), [], 'eu-west-1')).toMatchObject({ fault: 'unknown-key' });
  });

  it('refuses what was signed a quarter of an hour ago, or will be', () => {
    const old = signed(request());
    expect(verify({ ...old, receivedAt: NOW + 16 * 60_000 })).toMatchObject({ fault: 'expired' });
    expect(verify({ ...old, receivedAt: NOW - 16 * 60_000 })).toMatchObject({ fault: 'expired' });
  });

  it('says what is missing in AWS’s words', () => {
    const withAuthorization = (value: string) =>
      verify(
        request({
          headers: [
            ['Host', 'h'],
            ['Authorization', value],
          ],
        }),
      );
    expect(verify(request())).toMatchObject({ fault: 'missing' });
    expect(withAuthorization('Bearer abc')).toMatchObject({
      fault: 'incomplete',
      message: expect.stringContaining('Invalid key=value pair (missing equal-sign)'),
    });
    expect(withAuthorization('AWS4-HMAC-SHA256 Credential=a/b')).toMatchObject({
      fault: 'incomplete',
      message: expect.stringContaining("Authorization header requires 'Signature' parameter."),
    });
    expect(withAuthorization('Basic YTpi==')).toMatchObject({ fault: 'incomplete' });
  });

  it('reads presigned query strings, and holds them to their expiry', () => {
    const query = (signature: string): string =>
      [
        'X-Amz-Algorithm=AWS4-HMAC-SHA256',
        'X-Amz-Credential=AKIDEXAMPLE%2F20260102%2Feu-west-1%2Fexecute-api%2Faws4_request',
        'X-Amz-Date=20260102T030405Z',
        'X-Amz-Expires=60',
        'X-Amz-SignedHeaders=host',
        ...(signature === '' ? [] : [`X-Amz-Signature=${signature}`]),
      ].join('&');
    expect(verify(request({ rawQuery: query('') }))).toMatchObject({ fault: 'incomplete' });
    expect(verify(request({ rawQuery: query('00') }))).toMatchObject({ fault: 'mismatch' });
    const late = request({ rawQuery: query('00'), receivedAt: NOW + 61_000 });
    expect(verify(late)).toMatchObject({ fault: 'expired' });
  });
});
