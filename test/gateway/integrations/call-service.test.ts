import { afterEach, describe, expect, it } from '@jest/globals';
import type { GatewayEnvironment, LocalCredential } from '../../../src/gateway/gateway.ts';
import { callService, type ServiceCall } from '../../../src/gateway/integrations/call-service.ts';
import { actionHeaders } from '../../../src/gateway/integrations/service-protocols.ts';
import { type Backend, startBackend } from '../backend.ts';

let backend: Backend | undefined;
afterEach(async () => {
  await backend?.close();
  backend = undefined;
});

const environment = (endpoint?: string, credentials: readonly LocalCredential[] = []): GatewayEnvironment => ({
  accountId: '000000000000',
  region: 'eu-west-1',
  credentials,
  functions: { invoke: () => Promise.reject(new Error('no functions here')) },
  note: () => {},
  ...(endpoint === undefined ? {} : { serviceEndpoint: () => endpoint }),
});
const putRecord = (more: Partial<ServiceCall> = {}): ServiceCall => ({
  service: 'kinesis',
  region: 'us-east-2',
  method: 'POST',
  target: '/',
  headers: actionHeaders('kinesis', 'PutRecord') ?? [],
  body: Buffer.from('{"StreamName":"s"}'),
  timeoutMs: 5000,
  signal: new AbortController().signal,
  ...more,
});

describe("a service's call", () => {
  it('goes below the endpoint, signed by the key of this machine for the service and its region', async () => {
    backend = await startBackend();
    const key = { accessKeyId: 'AKIDLOCAL', secretAccessKey: 's', sessionToken: 'token', userArn: 'arn' };
    const headers = [...(actionHeaders('kinesis', 'PutRecord') ?? []), ['User-Agent', 'gateway'] as const];
    await callService(environment(`${backend.url}/stand-in/`, [key]), putRecord({ target: '/x?a=1', headers }));
    expect(backend.requests[0]).toMatchObject({
      method: 'POST',
      target: '/stand-in/x?a=1',
      body: '{"StreamName":"s"}',
    });
    const received = backend.requests[0]?.headers;
    expect(received?.['x-amz-security-token']).toBe('token');
    expect(received?.authorization).toMatch(/^AWS4-HMAC-SHA256 Credential=AKIDLOCAL\/\d{8}\/us-east-2\/kinesis\/aws4_/);
    expect(received?.authorization).toContain(
      'SignedHeaders=content-type;host;x-amz-date;x-amz-security-token;x-amz-target,',
    );
  });

  it('is shown instead where nothing stands in for the service', async () => {
    const outcome = await callService(environment(), putRecord());
    expect(outcome).toMatchObject({
      type: 'no-endpoint',
      reason: expect.stringContaining('Kinesis_20131202.PutRecord {"StreamName":"s"} was not sent. Try: apigen dev'),
    });
    const get = await callService(environment(), putRecord({ method: 'GET', target: '/q', headers: [], body: EMPTY }));
    expect(get).toMatchObject({ reason: expect.stringContaining(': GET /q was not sent') });
  });

  it('names service and endpoint when it fails', async () => {
    const reasonOf = async (endpoint: string) => await callService(environment(endpoint), putRecord());
    expect(await reasonOf('http://127.0.0.1:1')).toMatchObject({
      type: 'unreachable',
      reason: expect.stringContaining('kinesis at http://127.0.0.1:1: '),
    });
    expect(await reasonOf('nonsense')).toMatchObject({ type: 'unusable' });
  });
});

const EMPTY = new Uint8Array(0);
