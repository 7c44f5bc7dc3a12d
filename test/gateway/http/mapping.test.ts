import { describe, expect, it } from '@jest/globals';
import type { StringMap } from '../../../src/api/definition.ts';
import { compileExpression } from '../../../src/gateway/http/expression.ts';
import { createBodyReader } from '../../../src/gateway/http/read-body-path.ts';
import { headerOf, route, type TestApi, testApi } from './http-harness.ts';

const VALUES: StringMap = {
  'request.path.a': 'A',
  'context.requestId': 'R',
  'context.authorizer.claims.custom:tenant': 'T',
};

describe('a selection expression', () => {
  const scope = { read: (variable: string) => VALUES[variable] };

  it.each([
    ['$request.path.a', 'A'],
    ['${request.path.a}', 'A'],
    ['${request.path.a}-${context.requestId}', 'A-R'],
    ['x ${request.path.none} y', 'x  y'],
    ['$request.path.none', undefined],
    ['plain', 'plain'],
    ['', ''],
    ['$5', '$5'],
    ['$requested', '$requested'],
    ['/v1/$request.path.a', '/v1/A'],
    ['$request.path.a/$request.path.a', 'A/A'],
    ['$request.path.a $context.requestId.', 'A R.'],
    ['/v1/$request.path.none', '/v1/'],
    ['/v1/$request', '/v1/$request'],
    ['/v1/$requested.path.a', '/v1/$requested.path.a'],
    ['$context.authorizer.claims.custom:tenant', 'T'],
    ['${context.authorizer.claims.custom:tenant}!', 'T!'],
  ])('%s is %s', (text, expected) => {
    expect(compileExpression(text)(scope)).toBe(expected);
  });
});

describe('a path into a body', () => {
  const body = { a: { b: [{ id: 1 }, { id: 2 }] }, 'odd name': 'x', zero: 0, no: false, nothing: null };
  const read = createBodyReader(Buffer.from(JSON.stringify(body)));

  it.each([
    ['.a.b[1].id', '2'],
    ["['odd name']", 'x'],
    ['.a.b[*].id', '[1,2]'],
    ['.a.b[0]', '{"id":1}'],
    ['.zero', '0'],
    ['.no', 'false'],
    ['.nothing', undefined],
    ['.none.deeper', undefined],
    ['.a.b.length', undefined],
    ['.constructor', undefined],
    ['..id', undefined],
    ['.a.b[?(@.id==1)]', undefined],
    ['[', undefined],
  ])('%s', (path, expected) => {
    expect(read(path)).toBe(expected);
  });

  it('finds nothing in a body that is empty or no JSON', () => {
    expect(createBodyReader(Buffer.alloc(0))('')).toBeUndefined();
    expect(createBodyReader(Buffer.from('{"a":'))('.a')).toBeUndefined();
  });
});

describe('request parameter mappings', () => {
  const mapped = (requestParameters: StringMap): TestApi =>
    testApi({
      stage: { name: '$default', variables: { env: 'blue' } },
      routes: [
        route('ANY /p/{id}', 'fn', {
          integration: { type: 'AWS_PROXY', function: 'fn', payloadFormatVersion: '2.0', requestParameters },
        }),
      ],
    });
  const seen = async (requestParameters: StringMap, line: string, body = ''): Promise<Record<string, unknown>> => {
    const api = mapped(requestParameters);
    await api.ask(
      line,
      [
        ['Content-Type', 'application/json'],
        ['X-In', '1'],
        ['X-In', '2'],
      ],
      body,
    );
    return api.events['fn']?.[0] ?? {};
  };

  it('append, overwrite and remove headers, reading each from the request as it came', async () => {
    const event = await seen(
      {
        'remove:header.x-in': '',
        'append:header.x-out': '$request.header.X-In',
        'overwrite:header.content-type': 'text/plain',
        'append:header.x-nothing': '$request.header.none',
      },
      'GET /p/1',
    );
    expect(event['headers']).toMatchObject({ 'x-out': '1,2', 'content-type': 'text/plain' });
    expect(event['headers']).not.toHaveProperty('x-in');
    expect(event['headers']).not.toHaveProperty('x-nothing');
  });

  it('change the query and the path', async () => {
    const event = await seen(
      {
        'append:querystring.a': 'new value',
        'overwrite:querystring.b': '$request.path.id',
        'remove:querystring.c': '',
        'overwrite:path': '/v2/${request.path.id}',
      },
      'GET /p/7?a=1&b=2&b=3&c=4',
    );
    expect(event).toMatchObject({
      rawPath: '/v2/7',
      rawQueryString: 'a=1&a=new%20value&b=7',
      queryStringParameters: { a: '1,new value', b: '7' },
    });
  });

  it('read body, path, context and stage variables', async () => {
    const event = await seen(
      {
        'append:header.name': '$request.body.user.name',
        'append:header.list': '${request.body.list}',
        'append:header.whole': '$request.body',
        'append:header.path': '$request.path',
        'append:header.rk': '$context.routeKey',
        'append:header.ip': '$context.identity.sourceIp',
        'append:header.sv': '$stageVariables.env',
      },
      'POST /p/1',
      '{"user":{"name":"ann"},"list":[1,2]}',
    );
    expect(event['headers']).toMatchObject({
      name: 'ann',
      list: '[1,2]',
      whole: '{"user":{"name":"ann"},"list":[1,2]}',
      path: '/p/1',
      rk: 'ANY /p/{id}',
      ip: '203.0.113.7',
      sv: 'blue',
    });
  });

  it('never touch reserved headers, and cannot smuggle a line into one', async () => {
    const event = await seen(
      {
        'overwrite:header.Authorization': 'mine',
        'append:header.x-a': '$request.body.a',
        'append:header.X-Amz-A': 'b',
      },
      'POST /p/1',
      '{"a":"b\\r\\nX-Evil: 1"}',
    );
    expect(event['headers']).toMatchObject({ 'x-a': 'b  X-Evil: 1' });
    expect(event['headers']).not.toHaveProperty('authorization');
    expect(event['headers']).not.toHaveProperty('x-amz-a');
  });

  it('find nothing behind the first 100 KB of a body', async () => {
    const body = JSON.stringify({ fill: 'x'.repeat(110_000), a: 'b' });
    const event = await seen({ 'append:header.x-a': '$request.body.a' }, 'POST /p/1', body);
    expect(event['headers']).not.toHaveProperty('x-a');
  });
});

describe('response parameter mappings', () => {
  const answered = (statusCode: number): ReturnType<TestApi['ask']> =>
    testApi({
      stage: { name: '$default', variables: { env: 'e1' } },
      functions: { fn: () => ({ statusCode, headers: { 'X-Up': 'u' }, body: '{"code":"E7"}' }) },
      routes: [
        route('GET /r', 'fn', {
          integration: {
            type: 'AWS_PROXY',
            function: 'fn',
            payloadFormatVersion: '2.0',
            responseParameters: {
              '500': {
                'append:header.header1': '$context.requestId',
                'append:header.code': '$response.body.code',
                'append:header.up2': '${response.header.x-up}!',
                'remove:header.x-up': '',
                'overwrite:statuscode': '403',
              },
              '404': { 'append:header.error': '$stageVariables.env', 'overwrite:statuscode': 'not a status' },
            },
          },
        }),
      ],
    }).ask('GET /r');

  it('belong to the status the integration answered', async () => {
    const failed = await answered(500);
    expect(failed.status).toBe(403);
    expect(headerOf(failed, 'header1')).toMatch(/=$/);
    expect([headerOf(failed, 'code'), headerOf(failed, 'up2'), headerOf(failed, 'x-up')]).toEqual([
      'E7',
      'u!',
      undefined,
    ]);
    const missing = await answered(404);
    expect([missing.status, headerOf(missing, 'error')]).toEqual([404, 'e1']);
    const fine = await answered(200);
    expect([fine.status, headerOf(fine, 'error'), headerOf(fine, 'x-up')]).toEqual([200, undefined, 'u']);
  });
});
