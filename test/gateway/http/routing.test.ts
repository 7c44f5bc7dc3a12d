import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createRouteTable } from '../../../src/gateway/http/route-table.ts';
import { headerOf, jsonOf, route, testApi } from './http-harness.ts';

const keyOf = (keys: readonly string[], method: string, path: string): string | undefined =>
  createRouteTable(keys.map((key) => route(key))).match(method, path)?.route.routeKey;

describe('the route of a request', () => {
  const keys = ['$default', 'ANY /{proxy+}', 'GET /pets/{proxy+}', 'GET /pets/dog/{id}', 'GET /pets/dog/1'];

  it.each([
    ['GET', '/pets/dog/1', 'GET /pets/dog/1'],
    ['GET', '/pets/dog/2', 'GET /pets/dog/{id}'],
    ['GET', '/pets/cat/1', 'GET /pets/{proxy+}'],
    ['POST', '/test/5', 'ANY /{proxy+}'],
    ['POST', '/pets/dog/1', 'ANY /{proxy+}'],
    ['GET', '/', '$default'],
    ['GET', '/pets/dog/1/', 'GET /pets/{proxy+}'],
  ])('of %s %s is %s', (method, path, expected) => {
    expect(keyOf(keys, method, path)).toBe(expected);
  });

  it('prefers a full match with ANY over a greedy one with the method', () => {
    expect(keyOf(['GET /a/{proxy+}', 'ANY /a/b'], 'GET', '/a/b')).toBe('ANY /a/b');
  });

  it('prefers the method over ANY on the same path, and static text over a variable before that', () => {
    expect(keyOf(['ANY /a', 'GET /a'], 'GET', '/a')).toBe('GET /a');
    expect(keyOf(['GET /{x}', 'ANY /a'], 'GET', '/a')).toBe('ANY /a');
  });

  it('prefers the greedy route with more in front of it', () => {
    expect(keyOf(['GET /{proxy+}', 'GET /a/{x}/{proxy+}', 'GET /a/{proxy+}'], 'GET', '/a/b/c')).toBe(
      'GET /a/{x}/{proxy+}',
    );
  });

  it('needs the exact case and no trailing slash', () => {
    expect(keyOf(['GET /a'], 'GET', '/A')).toBeUndefined();
    expect(keyOf(['GET /a'], 'GET', '/a/')).toBeUndefined();
  });

  it('gives variables no empty value', () => {
    expect(keyOf(['GET /a/{id}'], 'GET', '/a/')).toBeUndefined();
    expect(keyOf(['GET /a/{rest+}'], 'GET', '/a/')).toBeUndefined();
  });

  it('does not depend on the order in which routes are written', () => {
    fc.assert(
      fc.property(
        fc.shuffledSubarray(keys, { minLength: keys.length }),
        fc.constantFrom('GET', 'POST'),
        fc.constantFrom('/pets/dog/1', '/pets/dog/2', '/pets/x', '/', '/y'),
        (shuffled, method, path) => keyOf(shuffled, method, path) === keyOf(keys, method, path),
      ),
    );
  });
});

describe('an HTTP API', () => {
  it('answers 404 where no route is, whatever the method', async () => {
    const api = testApi({ routes: [route('GET /only')] });
    for (const line of ['GET /other', 'POST /only', 'GET /__proto__']) {
      const answer = await api.ask(line);
      expect([answer.status, jsonOf(answer)]).toEqual([404, { message: 'Not Found' }]);
    }
  });

  it('serves a named stage below its name alone', async () => {
    const api = testApi({ stage: { name: 'prod', variables: {} }, routes: [route('GET /a'), route('GET /')] });
    expect((await api.ask('GET /prod/a')).status).toBe(200);
    expect((await api.ask('GET /prod')).status).toBe(200);
    expect((await api.ask('GET /a')).status).toBe(404);
    expect((await api.ask('GET /production/a')).status).toBe(404);
  });

  it('routes by the decoded path', async () => {
    const api = testApi({ routes: [route('GET /caf\u00e9/{name}')] });
    await api.ask('GET /caf%C3%A9/a%20b');
    expect(api.events['fn']?.[0]).toMatchObject({ rawPath: '/café/a b', pathParameters: { name: 'a b' } });
  });

  it('carries a request id that differs each time', async () => {
    const api = testApi({ routes: [route('GET /a')] });
    const ids = [
      headerOf(await api.ask('GET /a'), 'apigw-requestid'),
      headerOf(await api.ask('GET /b'), 'apigw-requestid'),
    ];
    expect(ids[0]).toMatch(/^[\w-]{15}=$/);
    expect(ids[0]).not.toBe(ids[1]);
  });

  it('refuses more requests than its throttle lets through, and recovers', async () => {
    let now = 0;
    const api = testApi({
      stage: { name: '$default', variables: {}, throttle: { rateLimit: 1, burstLimit: 2 } },
      routes: [route('GET /a')],
      now: () => now,
    });
    const statuses = async (): Promise<number[]> => [
      (await api.ask('GET /a')).status,
      (await api.ask('GET /a')).status,
      (await api.ask('GET /a')).status,
    ];
    expect(await statuses()).toEqual([200, 200, 429]);
    now += 1000;
    expect(await statuses()).toEqual([200, 429, 429]);
  });

  it('counts for a route with a throttle of its own apart from the others', async () => {
    const api = testApi({
      stage: { name: '$default', variables: {}, throttle: { rateLimit: 0.001, burstLimit: 1 } },
      routes: [
        route('GET /a'),
        route('GET /b', 'fn', { throttle: { rateLimit: 0.001, burstLimit: 2 } }),
        route('GET /c'),
      ],
    });
    const statuses = [];
    for (const path of ['/b', '/b', '/b', '/a', '/c']) statuses.push((await api.ask(`GET ${path}`)).status);
    expect(statuses).toEqual([200, 200, 429, 200, 429]);
  });

  it('refuses a head over 10,240 bytes', async () => {
    const api = testApi({ routes: [route('GET /a')] });
    expect((await api.ask('GET /a', [['X-Big', 'x'.repeat(10_240)]])).status).toBe(431);
  });
});
