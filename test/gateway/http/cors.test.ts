import { describe, expect, it } from '@jest/globals';
import type { HttpCors } from '../../../src/api/definition.ts';
import type { GatewayAnswer, HeaderList } from '../../../src/gateway/exchange.ts';
import { headerOf, route, testApi } from './http-harness.ts';

const cors: HttpCors = {
  allowOrigins: ['https://www.example.com'],
  allowMethods: ['GET', 'POST'],
  allowHeaders: ['authorization', 'x-one'],
  exposeHeaders: ['date', 'x-api-id'],
  maxAge: 300,
  allowCredentials: true,
};
const fn = (): unknown => ({
  statusCode: 200,
  headers: { 'Access-Control-Allow-Origin': 'https://mine.example', 'Access-Control-Max-Age': '1', 'X-Api-Id': '1' },
  body: 'ok',
});
const from = (origin: string, method?: string): HeaderList => [
  ['Origin', origin],
  ...(method === undefined ? [] : ([['Access-Control-Request-Method', method]] as const)),
];
const jwt = {
  j: { type: 'JWT', identitySource: '$request.header.Authorization', issuer: 'https://i', audience: [] },
} as const;
const guarded = { authorization: { type: 'JWT', authorizer: 'j' } } as const;

const corsHeaders = (answer: GatewayAnswer): Record<string, string> =>
  Object.fromEntries(
    answer.headers
      .filter(([name]) => /^access-control-/i.test(name))
      .map(([name, value]) => [name.toLowerCase(), value]),
  );

describe('a preflight under configured CORS', () => {
  const api = testApi({
    cors,
    authorizers: jwt,
    functions: { fn },
    routes: [route('GET /c'), route('POST /j', 'fn', guarded), route('ANY /any', 'fn', guarded), route('OPTIONS /c')],
  });

  it('is answered by the gateway with the whole configuration, route or not', async () => {
    for (const path of ['/c', '/j', '/nowhere']) {
      const answer = await api.ask(`OPTIONS ${path}`, from('https://www.example.com', 'POST'));
      expect(answer.status).toBe(204);
      expect(corsHeaders(answer)).toEqual({
        'access-control-allow-origin': 'https://www.example.com',
        'access-control-allow-methods': 'GET,POST',
        'access-control-allow-headers': 'authorization,x-one',
        'access-control-max-age': '300',
        'access-control-allow-credentials': 'true',
      });
    }
    expect(api.events['fn']).toBeUndefined();
  });

  it('gets no CORS headers from another origin', async () => {
    const answer = await api.ask('OPTIONS /c', from('https://evil.example', 'GET'));
    expect([answer.status, corsHeaders(answer)]).toEqual([204, {}]);
  });

  it('must pass the authorizer of a route that takes OPTIONS, as ANY does', async () => {
    const answer = await api.ask('OPTIONS /any', from('https://www.example.com', 'GET'));
    expect(answer.status).toBe(401);
    expect(corsHeaders(answer)).toMatchObject({ 'access-control-allow-origin': 'https://www.example.com' });
  });

  it('is 204 without CORS headers when it names no origin', async () => {
    const answer = await api.ask('OPTIONS /nowhere');
    expect([answer.status, corsHeaders(answer)]).toEqual([204, {}]);
  });

  it('is none without the method it means: such an OPTIONS gets no CORS headers', async () => {
    for (const path of ['/nowhere', '/c', '/any']) {
      expect(corsHeaders(await api.ask(`OPTIONS ${path}`, from('https://www.example.com')))).toEqual({});
    }
  });
});

describe('an actual request under configured CORS', () => {
  const api = testApi({ cors, functions: { fn }, routes: [route('GET /c')] });

  it('gets the configured headers in place of the function’s', async () => {
    const answer = await api.ask('GET /c', from('https://www.example.com'));
    expect(corsHeaders(answer)).toEqual({
      'access-control-allow-origin': 'https://www.example.com',
      'access-control-allow-credentials': 'true',
      'access-control-expose-headers': 'date,x-api-id',
    });
    expect(headerOf(answer, 'x-api-id')).toBe('1');
  });

  it('gets none from another origin, or without one', async () => {
    expect(corsHeaders(await api.ask('GET /c', from('https://evil.example')))).toEqual({});
    expect(corsHeaders(await api.ask('GET /c'))).toEqual({});
  });

  it('gets them on errors of the gateway too, so that a page can read those', async () => {
    const answer = await api.ask('GET /nowhere', from('https://www.example.com'));
    expect(answer.status).toBe(404);
    expect(corsHeaders(answer)).toMatchObject({ 'access-control-allow-origin': 'https://www.example.com' });
  });
});

describe('allowed origins', () => {
  const allowed = async (allowOrigins: readonly string[], origin: string): Promise<string | undefined> => {
    const api = testApi({ cors: { ...cors, allowOrigins }, routes: [route('GET /c')] });
    return headerOf(await api.ask('GET /c', from(origin)), 'access-control-allow-origin');
  };

  it.each([
    [['*'], 'https://a.example', '*'],
    [['https://*'], 'https://a.example', 'https://a.example'],
    [['https://*'], 'http://a.example', undefined],
    [['http://localhost:3000', 'https://*'], 'http://localhost:3000', 'http://localhost:3000'],
    [['https://a.example'], 'https://a.example.evil', undefined],
    [['https://a.example'], 'null', undefined],
    [[], 'https://a.example', undefined],
  ])('%j give %s the header %s', async (origins, origin, expected) => {
    expect(await allowed(origins, origin)).toBe(expected);
  });
});

describe('an API without CORS settings', () => {
  it('leaves the function’s headers alone and routes OPTIONS like any method', async () => {
    const api = testApi({ functions: { fn }, routes: [route('GET /c'), route('OPTIONS /o')] });
    expect(corsHeaders(await api.ask('GET /c', from('https://a.example')))).toMatchObject({
      'access-control-allow-origin': 'https://mine.example',
    });
    expect((await api.ask('OPTIONS /o', from('https://a.example', 'GET'))).status).toBe(200);
    expect((await api.ask('OPTIONS /c', from('https://a.example', 'GET'))).status).toBe(404);
  });
});
