import { describe, expect, it } from '@jest/globals';
import type { RestRoute } from '../../../src/api/definition.ts';
import { createRouteTable } from '../../../src/gateway/rest/route-table.ts';

function table(...keys: string[]) {
  const routes = keys.map((key): RestRoute => {
    const [method = '', path = ''] = key.split(' ');
    return {
      method,
      path,
      authorization: { type: 'NONE' },
      apiKeyRequired: false,
      requestParameters: {},
      requestModels: {},
      integration: { type: 'MOCK' },
      methodResponses: [],
    };
  });
  const find = createRouteTable(routes);
  return (key: string) => {
    const [method = '', path = ''] = key.split(' ');
    const match = find(method, path);
    return match === undefined ? undefined : [`${match.route.method} ${match.route.path}`, match.pathParameters];
  };
}

describe('REST routing', () => {
  it('prefers static segments to parameters and parameters to greedy ones, whatever their order', () => {
    const find = table('GET /{all+}', 'GET /a/{id}', 'GET /a/b');
    expect(find('GET /a/b')).toEqual(['GET /a/b', {}]);
    expect(find('GET /a/c')).toEqual(['GET /a/{id}', { id: 'c' }]);
    expect(find('GET /a/c/d')).toEqual(['GET /{all+}', { all: 'a/c/d' }]);
  });

  it('lets a resource without the method give way to a greedy one that has it', () => {
    const find = table('POST /test', 'ANY /test/any', 'OPTIONS /{proxy+}');
    expect(find('OPTIONS /test')).toEqual(['OPTIONS /{proxy+}', { proxy: 'test' }]);
    expect(find('GET /test')).toBeUndefined();
  });

  it('prefers ANY of the exact path to the method of a greedy one', () => {
    const find = table('ANY /test/any', 'OPTIONS /{proxy+}');
    expect(find('OPTIONS /test/any')).toEqual(['ANY /test/any', {}]);
  });

  it('prefers the method to ANY on one resource', () => {
    const find = table('ANY /x', 'GET /x');
    expect(find('GET /x')?.[0]).toBe('GET /x');
    expect(find('PUT /x')?.[0]).toBe('ANY /x');
  });

  it('comes back from a branch that leads nowhere', () => {
    const find = table('GET /a/b/c', 'GET /a/{id}/d', 'GET /{all+}');
    expect(find('GET /a/b/d')).toEqual(['GET /a/{id}/d', { id: 'b' }]);
    expect(find('GET /a/b')).toEqual(['GET /{all+}', { all: 'a/b' }]);
  });

  it('ignores slashes at the ends and keeps percent-encoding in parameters', () => {
    const find = table('GET /a/{id}', 'GET /files/{path+}');
    expect(find('GET /a/x%2Fy%20z/')).toEqual(['GET /a/{id}', { id: 'x%2Fy%20z' }]);
    expect(find('GET /files//p//')).toEqual(['GET /files/{path+}', { path: '/p' }]);
  });

  it('compares static segments decoded, and case matters', () => {
    const find = table('GET /pets');
    expect(find('GET /%70ets')?.[0]).toBe('GET /pets');
    expect(find('GET /Pets')).toBeUndefined();
  });

  it('needs a segment for a greedy parameter', () => {
    const find = table('GET /files/{path+}');
    expect(find('GET /files')).toBeUndefined();
    expect(find('GET /')).toBeUndefined();
  });
});
