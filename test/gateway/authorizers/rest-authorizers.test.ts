import { describe, expect, it } from '@jest/globals';
import { signatureHeaders } from '../../../src/gateway/authorizers/sigv4.ts';
import { restApi, textOf, valuesOf } from '../../harness/rest-call.ts';

const proxy = { type: 'AWS_PROXY', function: 'fn' } as const;
const policy = (Effect: string, Resource: string, extra: object = {}) => ({
  principalId: 'p',
  policyDocument: { Version: '2012-10-17', Statement: [{ Action: 'execute-api:Invoke', Effect, Resource }] },
  ...extra,
});

function tokenApi(auth: (event: unknown) => unknown, ttl = 0, identityValidationExpression?: string) {
  const identitySource = 'method.request.header.Authorization';
  const expression = identityValidationExpression === undefined ? {} : { identityValidationExpression };
  const authorization = { type: 'CUSTOM', authorizer: 'az' } as const;
  return restApi({
    functions: { fn: () => ({ body: 'in' }), auth },
    definition: { authorizers: { az: { type: 'TOKEN', function: 'auth', identitySource, ttl, ...expression } } },
    routes: [
      { method: 'GET', path: '/a', integration: proxy, authorization },
      { method: 'GET', path: '/b', integration: proxy, authorization },
    ],
  });
}
const withToken = (path: string, token: string) => ({ path, headers: [['Authorization', token]] as const });

describe('a TOKEN authorizer', () => {
  it.each([
    ['returns nothing', () => undefined],
    ['returns no principal', () => ({ policyDocument: policy('Allow', '*').policyDocument })],
    ['returns no policy', () => ({ principalId: 'p' })],
    ['returns a nested context', () => policy('Allow', '*', { context: { a: { b: 1 } } })],
    ['returns a list as context', () => policy('Allow', '*', { context: { a: [1] } })],
    ['fails', () => ({ type: 'error', payload: '{"errorMessage":"unauthorized"}' })],
    ['never answers', () => ({ type: 'timeout', afterMs: 29_000 })],
    ['is throttled', () => ({ type: 'throttled' })],
  ])('that %s lets nobody in: 500', async (_what, auth) => {
    const api = tokenApi(auth);
    const answer = await api.call(withToken('/dev/a', 't'));
    expect([answer.status, textOf(answer)]).toEqual([500, '{"message":null}']);
    expect(api.events.has('fn')).toBe(false);
  });

  it('answers 401 for exactly the error Unauthorized', async () => {
    const api = tokenApi(() => ({ type: 'error', payload: '{"errorMessage":"Unauthorized"}' }));
    expect((await api.call(withToken('/dev/a', 't'))).status).toBe(401);
  });

  it('must match the whole token with its expression', async () => {
    const api = tokenApi(() => policy('Allow', '*'), 0, 'Bearer [a-z]+');
    expect((await api.call(withToken('/dev/a', 'Bearer abc'))).status).toBe(200);
    expect((await api.call(withToken('/dev/a', 'Bearer abc 1'))).status).toBe(401);
  });

  it('keeps a policy per token, and decides it for each method', async () => {
    const api = tokenApi((event) => policy('Allow', (event as { methodArn: string }).methodArn), 300);
    expect((await api.call(withToken('/dev/a', 't'))).status).toBe(200);
    expect((await api.call(withToken('/dev/b', 't'))).status).toBe(403);
    expect((await api.call(withToken('/dev/b', 'other'))).status).toBe(200);
    expect(api.events.get('auth')).toHaveLength(2);
  });

  it('does not keep errors', async () => {
    let fails = true;
    const api = tokenApi(() => (fails ? { type: 'error', payload: '{}' } : policy('Allow', '*')), 300);
    expect((await api.call(withToken('/dev/a', 't'))).status).toBe(500);
    fails = false;
    expect((await api.call(withToken('/dev/a', 't'))).status).toBe(200);
  });
});

describe('a REQUEST authorizer', () => {
  const setup = (ttl: number) =>
    restApi({
      functions: { fn: () => ({}), auth: () => policy('Allow', '*') },
      definition: {
        authorizers: {
          az: {
            type: 'REQUEST',
            function: 'auth',
            identitySource: ['method.request.header.X-A', 'method.request.querystring.b', 'context.httpMethod'],
            ttl,
          },
        },
      },
      routes: [{ method: 'GET', path: '/a', integration: proxy, authorization: { type: 'CUSTOM', authorizer: 'az' } }],
    });

  it('is not called unless every identity source is there', async () => {
    const api = setup(300);
    expect((await api.call({ path: '/dev/a', headers: [['X-A', '1']] })).status).toBe(401);
    expect((await api.call({ path: '/dev/a', query: 'b=1', headers: [['X-A', '']] })).status).toBe(401);
    expect(api.events.has('auth')).toBe(false);
    expect((await api.call({ path: '/dev/a', query: 'b=1', headers: [['x-a', '1']] })).status).toBe(200);
  });

  it('is given empty maps for what is absent, and no body', async () => {
    const api = setup(0);
    await api.call({ path: '/dev/a', query: 'b=1', headers: [['X-A', '1']], body: 'secret' });
    const [event] = api.events.get('auth') ?? [];
    expect(event).toMatchObject({ type: 'REQUEST', pathParameters: {}, stageVariables: {} });
    expect(event).not.toHaveProperty('body');
  });

  it('keeps its answer per combination of sources', async () => {
    const api = setup(300);
    for (const query of ['b=1', 'b=1', 'b=2']) await api.call({ path: '/dev/a', query, headers: [['X-A', '1']] });
    expect(api.events.get('auth')).toHaveLength(2);
  });
});

describe('an AWS_IAM route', () => {
  const credential = {
    accessKeyId: 'AKIALOCAL',
    secretAccessKey: 'secret',
    userArn: 'arn:aws:iam::000000000000:user/local',
  };
  const api = restApi({
    functions: { fn: () => ({}) },
    credentials: [credential],
    routes: [{ method: 'GET', path: '/a', integration: proxy, authorization: { type: 'AWS_IAM' } }],
  });
  const call = (secretAccessKey: string) => {
    const receivedAt = Date.now();
    const headers: [string, string][] = [['Host', '127.0.0.1:3000']];
    const target = { method: 'GET', path: '/dev/a', query: '', headers, body: new Uint8Array(0) };
    const given = { ...credential, secretAccessKey };
    const added = signatureHeaders({ ...target, service: 'execute-api', region: 'eu-west-1' }, given, receivedAt);
    return api.call({ path: '/dev/a', headers: [...headers, ...added], receivedAt });
  };

  it('lets in what a known key signed, and says who it is', async () => {
    expect((await call('secret')).status).toBe(200);
    expect(api.events.get('fn')?.at(-1)).toMatchObject({
      requestContext: { identity: { accessKey: 'AKIALOCAL', userArn: credential.userArn, accountId: '000000000000' } },
    });
  });

  it('refuses the rest in AWS’s words', async () => {
    const unsigned = await api.call({ path: '/dev/a' });
    expect(valuesOf(unsigned, 'x-amzn-ErrorType')).toEqual(['MissingAuthenticationTokenException']);
    const forged = await call('guess');
    expect([forged.status, ...valuesOf(forged, 'x-amzn-ErrorType')]).toEqual([403, 'InvalidSignatureException']);
  });
});
