import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { MOCK_200, restApi, textOf, valuesOf } from '../../harness/rest-call.ts';

const proxy = { type: 'AWS_PROXY', function: 'fn' } as const;
const mock = (body = '{}') =>
  ({
    type: 'MOCK',
    requestTemplates: MOCK_200,
    responses: [{ statusCode: '200', selectionPattern: null, responseTemplates: { 'application/json': body } }],
  }) as const;

describe('a REST API', () => {
  it('answers 403 Forbidden outside its stage, and Missing Authentication Token inside', async () => {
    const api = restApi({ routes: [{ method: 'GET', path: '/a', integration: mock() }] });
    expect(textOf(await api.call({ path: '/prod/a' }))).toBe('{"message":"Forbidden"}');
    expect(textOf(await api.call({ path: '/dev/b' }))).toBe('{"message":"Missing Authentication Token"}');
    expect((await api.call({ path: '/dev/a' })).status).toBe(200);
  });

  it('looks at the Authorization header of an unknown path as if it were a signature', async () => {
    const api = restApi({ routes: [] });
    const answer = await api.call({ path: '/dev/b', headers: [['Authorization', 'Bearer x']] });
    expect(valuesOf(answer, 'x-amzn-ErrorType')).toEqual(['IncompleteSignatureException']);
    expect(textOf(answer)).not.toContain('Bearer x');
  });

  it('refuses a route whose authorizer is not there or of another type', async () => {
    const integration = proxy;
    const api = restApi({
      functions: { fn: () => ({}), auth: () => ({}) },
      definition: { authorizers: { t: { type: 'TOKEN', function: 'auth', identitySource: 'x', ttl: 0 } } },
      routes: [
        { method: 'GET', path: '/a', integration, authorization: { type: 'CUSTOM', authorizer: 'nobody' } },
        { method: 'GET', path: '/b', integration, authorization: { type: 'COGNITO_USER_POOLS', authorizer: 't' } },
        { method: 'GET', path: '/c', integration, authorization: { type: 'JWT' } as never },
      ],
    });
    for (const path of ['/dev/a', '/dev/b', '/dev/c']) expect((await api.call({ path })).status).toBe(500);
    expect(api.events.get('fn')).toBeUndefined();
  });

  it("throttles each method by itself: by its own limits, or by the stage's", async () => {
    const api = restApi({
      definition: { stage: { name: 'dev', variables: {}, throttle: { rateLimit: 0.001, burstLimit: 2 } } },
      routes: [
        { method: 'GET', path: '/a', integration: mock() },
        { method: 'ANY', path: '/b', integration: mock() },
        { method: 'GET', path: '/slow', integration: mock(), throttle: { rateLimit: 0.001, burstLimit: 1 } },
      ],
    });
    const statuses = async (...keys: string[]): Promise<number[]> => {
      const answers: number[] = [];
      for (const key of keys) {
        const [method = '', path = ''] = key.split(' ');
        answers.push((await api.call({ method, path: `/dev${path}` })).status);
      }
      return answers;
    };
    expect(await statuses('GET /a', 'GET /a', 'GET /a')).toEqual([200, 200, 429]);
    expect(await statuses('GET /b', 'PUT /b', 'POST /b')).toEqual([200, 200, 429]);
    expect(await statuses('GET /slow', 'GET /slow')).toEqual([200, 429]);
  });

  it('tells a function nothing of its own making: names like __proto__ are names', async () => {
    const api = restApi({ functions: { fn: () => ({}) }, routes: [{ method: 'GET', path: '/a', integration: proxy }] });
    await api.call({ path: '/dev/a', query: '__proto__=1&constructor=2', headers: [['__proto__', '3']] });
    const [event] = api.events.get('fn') ?? [];
    expect(JSON.stringify(event)).toContain(
      '"multiValueQueryStringParameters":{"__proto__":["1"],"constructor":["2"]}',
    );
    expect(JSON.stringify(event)).toContain('"headers":{"__proto__":"3"');
  });

  it('answers 413 to an event larger than Lambda takes', async () => {
    const api = restApi({
      functions: { fn: () => ({}) },
      routes: [{ method: 'POST', path: '/a', integration: proxy }],
    });
    const answer = await api.call({ method: 'POST', path: '/dev/a', body: Buffer.alloc(6 * 1024 * 1024, 97) });
    expect(answer.status).toBe(413);
  });

  it('tells the person why it answered 5xx', async () => {
    const api = restApi({
      functions: { fn: () => 'text' },
      routes: [{ method: 'GET', path: '/a', integration: proxy }],
    });
    expect((await api.call({ path: '/dev/a' })).status).toBe(502);
    expect(api.notes).toEqual(['GET /dev/a: malformed Lambda proxy response: it is not an object']);
  });

  it.each([
    ['an unknown function', 'nobody', 500],
    ['a throttled one', 'throttled', 500],
    ['one that ran out of its own time', 'slow', 502],
  ])('answers %s as AWS does', async (_what, name, status) => {
    const api = restApi({
      functions: { throttled: () => ({ type: 'throttled' }), slow: () => ({ type: 'timeout', afterMs: 100 }) },
      routes: [{ method: 'GET', path: '/a', integration: { type: 'AWS_PROXY', function: name } }],
    });
    expect((await api.call({ path: '/dev/a' })).status).toBe(status);
  });

  it('compresses from the minimum size on, for clients that accept it', async () => {
    const api = restApi({
      definition: { minimumCompressionSize: 10 },
      routes: [{ method: 'GET', path: '/a', integration: mock('{"a":"long enough"}') }],
    });
    const answer = await api.call({ path: '/dev/a', headers: [['Accept-Encoding', 'br, gzip']] });
    expect(valuesOf(answer, 'content-encoding')).toEqual(['gzip']);
    expect(gunzipSync(answer.body).toString()).toBe('{"a":"long enough"}');
    const encodingFor = async (accepted: string): Promise<string[]> =>
      valuesOf(await api.call({ path: '/dev/a', headers: [['Accept-Encoding', accepted]] }), 'content-encoding');
    for (const accepted of ['gzip;q=0', 'br;q=1.0, gzip;q=0.5', 'identity, gzip;q=0.9', '*', '', 'gzip;q=x']) {
      expect(await encodingFor(accepted)).toEqual([]);
    }
    expect(await encodingFor('deflate;q=0.5,gzip;q=1.0')).toEqual(['gzip']);
  });

  it('never lets a mapped value begin a header of its own', async () => {
    const integration = {
      ...mock(),
      responses: [
        {
          statusCode: '200',
          selectionPattern: null,
          responseParameters: { 'method.response.header.X-A': 'method.request.querystring.a' },
        },
      ],
    };
    const api = restApi({ routes: [{ method: 'GET', path: '/a', integration }] });
    const answer = await api.call({ path: '/dev/a', query: 'a=b%0D%0AX-Evil:%20c' });
    expect(valuesOf(answer, 'X-A')).toEqual(['b X-Evil: c']);
    expect(valuesOf(answer, 'X-Evil')).toEqual([]);
  });
});

describe('an AWS-service integration', () => {
  const uri = 'arn:aws:apigateway:eu-west-1:dynamodb:action/GetItem';
  const responses = [{ statusCode: '200', selectionPattern: null }];
  const routes = [
    { method: 'POST', path: '/a', integration: { type: 'AWS', uri, httpMethod: 'POST', responses } },
  ] as const;

  it('is shown and answered 5xx with the reason where no endpoint is known', async () => {
    const api = restApi({ routes });
    const answer = await api.call({ method: 'POST', path: '/dev/a', body: '{"TableName":"t"}' });
    expect(answer.status).toBe(500);
    expect(textOf(answer)).toContain('no local endpoint for dynamodb');
    expect(api.notes[0]).toContain(uri);
    expect(api.notes[0]).toContain('DynamoDB_20120810.GetItem {"TableName":"t"}');
  });

  it('makes the signed call that API Gateway would make', async () => {
    const seen: { url?: string; headers: NodeJS.Dict<string | string[]>; body: string }[] = [];
    const server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        seen.push({ url: request.url ?? '', headers: request.headers, body: Buffer.concat(chunks).toString() });
        response.end('{"Item":{}}');
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    try {
      const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      const api = restApi({ routes, serviceEndpoint: (service) => (service === 'dynamodb' ? endpoint : undefined) });
      const answer = await api.call({ method: 'POST', path: '/dev/a', body: '{"TableName":"t"}' });
      expect([answer.status, textOf(answer)]).toEqual([200, '{"Item":{}}']);
      expect(seen[0]?.headers['x-amz-target']).toBe('DynamoDB_20120810.GetItem');
      expect(seen[0]?.headers['authorization']).toMatch(
        /^AWS4-HMAC-SHA256 Credential=local\/\d{8}\/eu-west-1\/dynamodb\//,
      );
      expect(seen[0]?.body).toBe('{"TableName":"t"}');
    } finally {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
  });
});
