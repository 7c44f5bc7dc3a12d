import { describe, expect, it } from '@jest/globals';
import type { RestRoute } from '../../../src/api/definition.ts';
import { createRouteTable } from '../../../src/gateway/rest/route-table.ts';

function routeOf(key: string): RestRoute {
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
}

function table(...keys: string[]) {
  const find = createRouteTable(keys.map(routeOf));
  return (key: string) => {
    const [method = '', path = ''] = key.split(' ');
    const match = find(method, path);
    const { route } = match;
    return route === undefined ? undefined : [`${route.method} ${route.path}`, match.pathParameters];
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

  it('tells the resource that came nearest where no method takes the request', () => {
    const find = createRouteTable(['GET /pets/{id}', 'GET /files/{all+}', 'GET /'].map(routeOf));
    const nearest = (key: string) => {
      const [method = '', path = ''] = key.split(' ');
      const { route, resourcePath, pathParameters } = find(method, path);
      return [route?.path, resourcePath, pathParameters];
    };
    expect(nearest('GET /pets/5/type')).toEqual([undefined, '/pets/{id}', { id: '5' }]);
    expect(nearest('PUT /files/a/b')).toEqual([undefined, '/files/{all+}', { all: 'a/b' }]);
    expect(nearest('GET /nope')).toEqual([undefined, undefined, {}]);
    expect(nearest('GET /')).toEqual(['/', '/', {}]);
  });
});
