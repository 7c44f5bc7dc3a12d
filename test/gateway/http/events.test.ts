import { describe, expect, it } from '@jest/globals';
import type { HeaderList } from '../../../src/gateway/exchange.ts';
import { route, testApi } from './http-harness.ts';

const v1 = { integration: { type: 'AWS_PROXY', function: 'fn', payloadFormatVersion: '1.0' } } as const;

async function eventOf(
  line: string,
  headers: HeaderList = [],
  body: string | Uint8Array = '',
  extra = {},
): Promise<Record<string, unknown>> {
  const api = testApi({ routes: [route('$default', 'fn', extra), route('ANY /items/{id}', 'fn', extra)] });
  await api.ask(line, headers, body);
  return api.events['fn']?.[0] ?? {};
}

describe('the event of format 2.0', () => {
  it('has exactly these fields for a bare request', async () => {
    expect(await eventOf('GET /my/path')).toEqual({
      version: '2.0',
      routeKey: '$default',
      rawPath: '/my/path',
      rawQueryString: '',
      headers: {
        'content-length': '0',
        host: 'shop.localhost:3000',
        'x-amzn-trace-id': expect.stringMatching(/^Root=1-[0-9a-f]{8}-[0-9a-f]{24}$/),
        'x-forwarded-for': '203.0.113.7',
        'x-forwarded-port': '3000',
        'x-forwarded-proto': 'http',
      },
      requestContext: {
        accountId: '123456789012',
        apiId: 'a1b2c3d4e5',
        domainName: 'shop.localhost:3000',
        domainPrefix: 'shop',
        http: { method: 'GET', path: '/my/path', protocol: 'HTTP/1.1', sourceIp: '203.0.113.7', userAgent: '' },
        requestId: expect.stringMatching(/^[\w-]{15}=$/),
        routeKey: '$default',
        stage: '$default',
        time: '04/Mar/2026:05:06:07 +0000',
        timeEpoch: Date.UTC(2026, 2, 4, 5, 6, 7),
      },
      isBase64Encoded: false,
    });
  });

  it('has a raw path that is decoded and ends at a question mark', async () => {
    expect(await eventOf('GET /a%20b/c%3Fd=e?q=%3F')).toMatchObject({ rawPath: '/a b/c', rawQueryString: 'q=%3F' });
  });

  it('lowers header names, joins duplicates and takes cookies apart', async () => {
    const event = await eventOf('GET /', [
      ['X-Multi', 'a'],
      ['x-multi', 'b'],
      ['Cookie', 'a=1; b=2'],
      ['cookie', 'c=3'],
    ]);
    expect(event['cookies']).toEqual(['a=1', 'b=2', 'c=3']);
    expect(event['headers']).toMatchObject({ 'x-multi': 'a,b' });
    expect(event['headers']).not.toHaveProperty('cookie');
  });

  it('decodes and joins query values, and keeps the raw query', async () => {
    const event = await eventOf('GET /?a=1&b=%2F+x&a=2&empty&__proto__=p');
    expect(event['rawQueryString']).toBe('a=1&b=%2F+x&a=2&empty&__proto__=p');
    expect(event['queryStringParameters']).toEqual(JSON.parse('{"a":"1,2","b":"/ x","empty":"","__proto__":"p"}'));
  });

  it('leaves out headers that belong to the connection', async () => {
    const event = await eventOf('GET /', [
      ['Connection', 'keep-alive, X-Private'],
      ['X-Private', '1'],
      ['TE', 'trailers'],
      ['X-Kept', '2'],
    ]);
    expect(Object.keys(event['headers'] as object)).toEqual(expect.arrayContaining(['x-kept']));
    for (const name of ['connection', 'x-private', 'te']) expect(event['headers']).not.toHaveProperty(name);
  });

  it('adds the client to X-Forwarded-For', async () => {
    const event = await eventOf('GET /', [['X-Forwarded-For', '10.0.0.1']]);
    expect(event['headers']).toMatchObject({ 'x-forwarded-for': '10.0.0.1, 203.0.113.7' });
  });

  it.each([
    ['application/json', false],
    ['application/json; charset=utf-8', false],
    ['TEXT/Plain', false],
    // Only these were text on AWS (github.com/ministackorg/ministack, pull 766).
    ['application/xml', false],
    ['application/problem+json', true],
    ['application/x-www-form-urlencoded', true],
    ['multipart/form-data; boundary=x', true],
    ['application/octet-stream', true],
    ['image/png', true],
  ])('carries a body of %s as base64: %s', async (type, encoded) => {
    const event = await eventOf('POST /', [['Content-Type', type]], 'a=1');
    expect(event['isBase64Encoded']).toBe(encoded);
    expect(event['body']).toBe(encoded ? Buffer.from('a=1').toString('base64') : 'a=1');
  });

  it('carries a compressed body as base64, and one without type', async () => {
    const gzip: HeaderList = [
      ['Content-Type', 'application/json'],
      ['Content-Encoding', 'gzip'],
    ];
    expect(await eventOf('POST /', gzip, new Uint8Array([0x1f, 0x8b]))).toMatchObject({ isBase64Encoded: true });
    expect(await eventOf('POST /', [], 'hello')).toMatchObject({ body: 'aGVsbG8=', isBase64Encoded: true });
  });

  it('has path parameters and stage variables where there are any', async () => {
    const api = testApi({
      stage: { name: '$default', variables: { env: 'blue' } },
      routes: [route('ANY /items/{id}')],
    });
    await api.ask('PUT /items/7');
    expect(api.events['fn']?.[0]).toMatchObject({ pathParameters: { id: '7' }, stageVariables: { env: 'blue' } });
  });
});

describe('the event of format 1.0', () => {
  it('is null where 2.0 leaves out', async () => {
    expect(await eventOf('GET /a', [], '', v1)).toMatchObject({
      version: '1.0',
      resource: '$default',
      path: '/a',
      httpMethod: 'GET',
      queryStringParameters: null,
      multiValueQueryStringParameters: null,
      pathParameters: null,
      stageVariables: null,
      body: null,
      isBase64Encoded: false,
    });
  });

  it('has the context of a Lambda authorizer behind empty claims and scopes', async () => {
    const api = testApi({
      functions: { auth: () => ({ isAuthorized: true, context: { traceID: 't' } }), fn: () => ({ statusCode: 200 }) },
      authorizers: {
        a: {
          type: 'REQUEST',
          function: 'auth',
          identitySource: [],
          payloadFormatVersion: '2.0',
          simpleResponses: true,
          ttl: 0,
        },
      },
      routes: [
        route('GET /a', 'fn', {
          authorization: { type: 'CUSTOM', authorizer: 'a' },
          integration: { type: 'AWS_PROXY', function: 'fn', payloadFormatVersion: '1.0' },
        }),
      ],
    });
    expect((await api.ask('GET /a')).status).toBe(200);
    const context = api.events['fn']?.[0]?.['requestContext'] as Record<string, object>;
    expect(context['authorizer']).toEqual({ claims: null, scopes: null, traceID: 't' });
    expect(Object.keys(context['identity'] ?? {})).toContain('cognitoAmr');
  });

  it('keeps header case, the last of duplicates, and all of them apart', async () => {
    const event = await eventOf(
      'GET /items/a%20b?x=1&x=2',
      [
        ['X-Two', 'a'],
        ['X-Two', 'b'],
        ['Cookie', 'c=1'],
      ],
      '',
      v1,
    );
    expect(event).toMatchObject({
      resource: '/items/{id}',
      path: '/items/a%20b',
      headers: { 'X-Two': 'b', Cookie: 'c=1', Host: 'shop.localhost:3000' },
      multiValueHeaders: { 'X-Two': ['a', 'b'] },
      queryStringParameters: { x: '2' },
      multiValueQueryStringParameters: { x: ['1', '2'] },
      pathParameters: { id: 'a b' },
      requestContext: {
        resourceId: 'ANY /items/{id}',
        resourcePath: '/items/{id}',
        path: '/items/a b',
        protocol: 'HTTP/1.1',
        requestTime: '04/Mar/2026:05:06:07 +0000',
        identity: { sourceIp: '203.0.113.7', userAgent: '', userArn: null },
      },
    });
  });
});
