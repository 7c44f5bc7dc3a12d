import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { HttpAuthorizer } from '../../../src/api/definition.ts';
import { signatureHeaders } from '../../../src/gateway/authorizers/sigv4.ts';
import type { HeaderList } from '../../../src/gateway/exchange.ts';
import type { LocalCredential } from '../../../src/gateway/gateway.ts';
import { startBackend } from '../backend.ts';
import { type IdentityProvider, startIdentityProvider } from '../jwt/identity-provider.ts';
import { type Handler, headerOf, jsonOf, route, type TestApi, testApi } from './http-harness.ts';

type LambdaAuthorizer = Extract<HttpAuthorizer, { type: 'REQUEST' }>;

function lambdaApi(auth: Handler, settings: Partial<LambdaAuthorizer> = {}, now?: () => number): TestApi {
  const custom = { authorization: { type: 'CUSTOM', authorizer: 'a' } } as const;
  return testApi({
    authorizers: {
      a: {
        type: 'REQUEST',
        function: 'auth',
        identitySource: ['$request.header.Authorization'],
        payloadFormatVersion: '2.0',
        simpleResponses: true,
        ttl: 0,
        ...settings,
      },
    },
    functions: { auth, fn: () => 'ok' },
    routes: [route('GET /l', 'fn', custom), route('GET /m/{id}', 'fn', custom)],
    ...(now === undefined ? {} : { now }),
  });
}

const token = (value: string): HeaderList => [['Authorization', value]];
const policy = (effect: string, resource: unknown): Record<string, unknown> => ({
  principalId: 'p',
  policyDocument: {
    Version: '2012-10-17',
    Statement: [{ Action: 'execute-api:Invoke', Effect: effect, Resource: resource }],
  },
  context: { key: 'v', n: 1 },
});

describe('a Lambda authorizer with simple responses', () => {
  it('lets through and hands on its context with JSON types kept', async () => {
    const context = { text: 'v', n: 1, yes: true, list: ['a'], map: { k: 'v' } };
    const api = lambdaApi(() => ({ isAuthorized: true, context }));
    expect((await api.ask('GET /l', token('t'))).status).toBe(200);
    expect(api.events['fn']?.[0]?.['requestContext']).toMatchObject({ authorizer: { lambda: context } });
  });

  it('refuses with 403', async () => {
    const answer = await lambdaApi(() => ({ isAuthorized: false })).ask('GET /l', token('t'));
    expect([answer.status, jsonOf(answer)]).toEqual([403, { message: 'Forbidden' }]);
  });

  it.each([
    ['nothing', null],
    ['another shape', { nope: 1 }],
    ['a word for yes', { isAuthorized: 'true' }],
    ['a policy', policy('Allow', '*')],
    ['a context that is text', { isAuthorized: true, context: 'x' }],
    ['a list', [true]],
  ])('answers 500 when the function returns %s', async (_what, value) => {
    const api = lambdaApi(() => value);
    const answer = await api.ask('GET /l', token('t'));
    expect([answer.status, jsonOf(answer), api.events['fn']]).toEqual([
      500,
      { message: 'Internal Server Error' },
      undefined,
    ]);
  });

  it('answers 500 when the function throws, and 401 when it throws Unauthorized', async () => {
    const throwing = (message: string): TestApi =>
      lambdaApi(() => {
        throw new Error(message);
      });
    expect((await throwing('x').ask('GET /l', token('t'))).status).toBe(500);
    expect((await throwing('Unauthorized').ask('GET /l', token('t'))).status).toBe(401);
  });
});

describe('identity sources', () => {
  it('that are missing or empty are a 401 without a call', async () => {
    const api = lambdaApi(() => ({ isAuthorized: true }), {
      identitySource: ['$request.header.Authorization', '$request.querystring.q'],
    });
    for (const [line, headers] of [
      ['GET /l?q=1', []],
      ['GET /l', token('t')],
      ['GET /l?q=', token('t')],
      ['GET /l?q=1', token('')],
    ] as const) {
      expect((await api.ask(line, headers)).status).toBe(401);
    }
    expect(api.events['auth']).toBeUndefined();
    expect((await api.ask('GET /l?q=1', token('t'))).status).toBe(200);
    expect(api.events['auth']?.[0]).toMatchObject({ identitySource: ['t', '1'] });
  });

  it('may be none: then every request is asked about', async () => {
    const api = lambdaApi(() => ({ isAuthorized: true }), { identitySource: [], ttl: 300 });
    await api.ask('GET /l');
    await api.ask('GET /l');
    expect(api.events['auth']).toHaveLength(2);
  });
});

describe('the cache of a Lambda authorizer', () => {
  it('keeps an answer for its time to live, by identity', async () => {
    let now = 0;
    const api = lambdaApi(
      (event) => ({ isAuthorized: event['identitySource'] === undefined || true }),
      { ttl: 10 },
      () => now,
    );
    await api.ask('GET /l', token('a'));
    await api.ask('GET /l', token('a'));
    await api.ask('GET /m/1', token('a'));
    expect(api.events['auth']).toHaveLength(1);
    await api.ask('GET /l', token('b'));
    expect(api.events['auth']).toHaveLength(2);
    now += 10_000;
    await api.ask('GET /l', token('a'));
    expect(api.events['auth']).toHaveLength(3);
  });

  it('keeps a refusal too, but never a failure', async () => {
    const refusing = lambdaApi(() => ({ isAuthorized: false }), { ttl: 10 });
    await refusing.ask('GET /l', token('a'));
    expect((await refusing.ask('GET /l', token('a'))).status).toBe(403);
    expect(refusing.events['auth']).toHaveLength(1);
    const failing = lambdaApi(() => ({ nope: 1 }), { ttl: 10 });
    await failing.ask('GET /l', token('a'));
    await failing.ask('GET /l', token('a'));
    expect(failing.events['auth']).toHaveLength(2);
  });

  it('is per route with $context.routeKey among the sources', async () => {
    const api = lambdaApi(() => ({ isAuthorized: true }), {
      ttl: 10,
      identitySource: ['$request.header.Authorization', '$context.routeKey'],
    });
    await api.ask('GET /l', token('a'));
    await api.ask('GET /m/1', token('a'));
    expect(api.events['auth']).toHaveLength(2);
  });

  it('asks a kept policy about each route', async () => {
    const arn = 'arn:aws:execute-api:eu-west-1:123456789012:a1b2c3d4e5/$default/GET/l';
    const api = lambdaApi(() => policy('Allow', arn), { ttl: 10, simpleResponses: false });
    expect((await api.ask('GET /l', token('a'))).status).toBe(200);
    expect((await api.ask('GET /m/1', token('a'))).status).toBe(403);
    expect(api.events['auth']).toHaveLength(1);
  });
});

describe('a Lambda authorizer with policies', () => {
  const settings = { simpleResponses: false } as const;

  it('allows and denies by the policy', async () => {
    const allowing = lambdaApi((event) => policy('Allow', event['routeArn']), settings);
    expect((await allowing.ask('GET /l', token('t'))).status).toBe(200);
    expect(allowing.events['fn']?.[0]?.['requestContext']).toMatchObject({
      authorizer: { lambda: { key: 'v', n: 1 } },
    });
    const denying = lambdaApi((event) => policy('Deny', event['routeArn']), settings);
    expect((await denying.ask('GET /l', token('t'))).status).toBe(403);
    const silent = lambdaApi(() => policy('Allow', 'arn:aws:s3:::else'), settings);
    expect((await silent.ask('GET /l', token('t'))).status).toBe(403);
  });

  it.each([
    ['nothing', null],
    ['no policy', { principalId: 'p' }],
    ['a simple response', { isAuthorized: true }],
  ])('answers 500 when the function returns %s', async (_what, value) => {
    expect((await lambdaApi(() => value, settings).ask('GET /l', token('t'))).status).toBe(500);
  });

  it('of format 1.0 gets the sources joined by commas and the method ARN', async () => {
    const api = lambdaApi((event) => policy('Allow', event['methodArn']), {
      ...settings,
      payloadFormatVersion: '1.0',
      identitySource: ['$request.header.Authorization', '$request.querystring.q'],
    });
    expect((await api.ask('GET /m/7?q=1', token('t'))).status).toBe(200);
    expect(api.events['auth']?.[0]).toMatchObject({
      version: '1.0',
      type: 'REQUEST',
      methodArn: 'arn:aws:execute-api:eu-west-1:123456789012:a1b2c3d4e5/$default/GET/m/7',
      identitySource: 't,1',
      authorizationToken: 't,1',
      resource: '/m/{id}',
      path: '/m/7',
      httpMethod: 'GET',
      queryStringParameters: { q: '1' },
      pathParameters: { id: '7' },
      stageVariables: {},
      requestContext: { httpMethod: 'GET', stage: '$default', resourcePath: '/m/{id}' },
    });
  });
});

describe('a JWT authorizer', () => {
  let provider: IdentityProvider;
  beforeAll(async () => {
    provider = await startIdentityProvider();
  });
  afterAll(() => provider.close());

  const jwtApi = (scopes?: readonly string[], identitySource = '$request.header.Authorization'): TestApi =>
    testApi({
      authorizers: { j: { type: 'JWT', identitySource, issuer: provider.issuer, audience: ['shop'] } },
      routes: [
        route('GET /j', 'fn', {
          authorization: { type: 'JWT', authorizer: 'j', ...(scopes === undefined ? {} : { scopes }) },
        }),
      ],
    });

  it('hands on claims as text, and null scopes where none are wanted', async () => {
    const api = jwtApi();
    const held = await provider.token({ groups: ['x', 'y'], n: 5, scope: 'a' });
    expect((await api.ask('GET /j', token(`Bearer ${held}`))).status).toBe(200);
    expect(api.events['fn']?.[0]?.['requestContext']).toMatchObject({
      authorizer: { jwt: { claims: { sub: 'u-1', groups: '[x y]', n: '5', scope: 'a' }, scopes: null } },
    });
  });

  it('takes the token bare, and from the query string where that is the source', async () => {
    const held = await provider.token();
    expect((await jwtApi().ask('GET /j', token(held))).status).toBe(200);
    expect((await jwtApi(undefined, '$request.querystring.t').ask(`GET /j?t=${held}`)).status).toBe(200);
  });

  it('wants one of the scopes', async () => {
    const held = token(await provider.token({ scope: 'read write' }));
    const api = jwtApi(['admin', 'read']);
    expect((await api.ask('GET /j', held)).status).toBe(200);
    expect(api.events['fn']?.[0]?.['requestContext']).toMatchObject({
      authorizer: { jwt: { scopes: ['read', 'write'] } },
    });
    const refused = await jwtApi(['admin']).ask('GET /j', held);
    expect([refused.status, jsonOf(refused)]).toEqual([403, { message: 'Forbidden' }]);
    expect(headerOf(refused, 'www-authenticate')).toMatch(/^Bearer scope="admin" error="insufficient_scope"/);
  });

  it('refuses a bad token in AWS’s words', async () => {
    const api = jwtApi();
    const refused = await api.ask('GET /j', token(await provider.token({ aud: 'else' })));
    expect([refused.status, jsonOf(refused)]).toEqual([401, { message: 'Unauthorized' }]);
    expect(headerOf(refused, 'www-authenticate')).toBe(
      'Bearer scope="" error="invalid_token" error_description="the token does not have a valid audience"',
    );
    expect(api.events['fn']).toBeUndefined();
  });

  it('refuses a missing token with a bare challenge', async () => {
    const refused = await jwtApi().ask('GET /j');
    expect([refused.status, headerOf(refused, 'www-authenticate')]).toEqual([401, 'Bearer']);
  });

  it('never puts the client’s text into the challenge', async () => {
    const header = Buffer.from(JSON.stringify({ alg: 'x"\r\nSet-Cookie: a=1', kid: 'k' })).toString('base64url');
    const claims = Buffer.from('{}').toString('base64url');
    const refused = await jwtApi().ask('GET /j', token(`${header}.${claims}.x`));
    expect(headerOf(refused, 'www-authenticate')).toMatch(/signing method xSet-Cookiea1 is invalid/);
  });
});

describe('a route with IAM authorization', () => {
  const credential: LocalCredential = {
    accessKeyId: 'AKIDLOCAL',
    secretAccessKey: 'secret',
    userArn: 'arn:aws:iam::123456789012:user/local',
  };
  const api = testApi({
    routes: [route('GET /i', 'fn', { authorization: { type: 'AWS_IAM' } })],
    environment: { credentials: [credential] },
  });
  const signed = (secretAccessKey: string): HeaderList =>
    signatureHeaders(
      {
        method: 'GET',
        path: '/i',
        query: '',
        headers: [['Host', 'shop.localhost:3000']],
        body: Buffer.alloc(0),
        service: 'execute-api',
        region: 'eu-west-1',
      },
      { ...credential, secretAccessKey },
      Date.UTC(2026, 2, 4, 5, 6, 7),
    );

  it('lets a signed request through and names its signer', async () => {
    expect((await api.ask('GET /i', signed('secret'))).status).toBe(200);
    expect(api.events['fn']?.[0]?.['requestContext']).toMatchObject({
      authorizer: { iam: { accessKey: 'AKIDLOCAL', accountId: '123456789012', userArn: credential.userArn } },
    });
  });

  it('keeps the signature from a backend, but for a mapping that asks for it', async () => {
    const be = await startBackend();
    const proxied = testApi({
      routes: [
        route('GET /i', 'fn', {
          authorization: { type: 'AWS_IAM' },
          integration: {
            type: 'HTTP_PROXY',
            uri: be.url,
            httpMethod: 'ANY',
            requestParameters: { 'append:header.x-copy': '$request.header.Authorization' },
          },
        }),
      ],
      environment: { credentials: [credential] },
    });
    expect((await proxied.ask('GET /i', signed('secret'))).status).toBe(200);
    await be.close();
    expect(be.requests[0]?.headers.authorization).toBeUndefined();
    expect(be.requests[0]?.headers['x-copy']).toMatch(/^AWS4-HMAC-SHA256 /);
  });

  it('answers 403 to everything else', async () => {
    for (const headers of [[], token('Bearer x'), signed('wrong')]) {
      const answer = await api.ask('GET /i', headers);
      expect([answer.status, jsonOf(answer)]).toEqual([403, { message: 'Forbidden' }]);
    }
  });
});

describe('a route whose authorizer is not defined', () => {
  it('lets nobody in', async () => {
    const api = testApi({
      routes: [
        route('GET /a', 'fn', { authorization: { type: 'CUSTOM', authorizer: 'none' } }),
        route('GET /b', 'fn', { authorization: { type: 'JWT', authorizer: 'none' } }),
      ],
    });
    expect((await api.ask('GET /a', token('t'))).status).toBe(500);
    expect((await api.ask('GET /b', token('t'))).status).toBe(500);
    expect(api.events['fn']).toBeUndefined();
  });
});
