// A function's bundle refuses what its route of an HTTP API does, in REST's own words, before the handler runs.

import { afterAll, describe, expect, it } from '@jest/globals';
import { type BuiltFunction, buildFunctions } from '../../src/build/build-functions.ts';
import { projectOnDisk, removeProjects } from './projects.ts';
import { runFunction } from './run-function.ts';

afterAll(removeProjects);

const CHECKS = {
  'POST /products': {
    parameters: [
      { in: 'querystring', name: 'tenant' },
      { in: 'header', name: 'X-Trace' },
    ],
    body: {
      $schema: 'http://json-schema.org/draft-04/schema#',
      type: 'object',
      properties: {
        name: { type: 'string', minLength: 1 },
        tags: { type: 'array', uniqueItems: true, items: { type: 'string' } },
      },
      required: ['name'],
      additionalProperties: false,
    },
  },
} as const;

const build = async (checks: typeof CHECKS | undefined): Promise<BuiltFunction> => {
  const project = projectOnDisk({
    files: {
      'src/create.ts':
        'export const handler = async (event: unknown) => ({ statusCode: 201, body: JSON.stringify(event !== null) });',
    },
    functions: { create: 'src/create.handler' },
  });
  const [built] = await buildFunctions(project, checks && { checks: new Map([['create', checks]]) });
  if (built === undefined) throw new Error('nothing was built');
  return built;
};

const event = (body: string | undefined, more: Record<string, unknown> = {}) => ({
  routeKey: 'POST /products',
  headers: { 'x-trace': 't' },
  queryStringParameters: { tenant: 'a' },
  body,
  ...more,
});

const refusal = (message: string) => ({
  statusCode: 400,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ message }),
});

describe('a bundle with checks', () => {
  const INVALID = refusal('Invalid request body');
  it.each([
    ['a body without a required attribute', event('{}'), INVALID],
    ['no body, which counts as an empty one', event(undefined), INVALID],
    ['a body that is no JSON', event('{'), INVALID],
    ['an attribute that nobody knows', event('{"name":"a","id":1}'), INVALID],
    ['an empty text', event('{"name":""}'), INVALID],
    ['doubles in a set', event('{"name":"a","tags":["x","x"]}'), INVALID],
    ['a wrong type in base64', event(Buffer.from('{"name":1}').toString('base64'), { isBase64Encoded: true }), INVALID],
    [
      'missing parameters, headers first',
      event('{}', { headers: {}, queryStringParameters: undefined }),
      refusal('Missing required request parameters: [X-Trace, tenant]'),
    ],
    [
      'an empty parameter',
      event('{}', { headers: { 'X-TRACE': ' ' } }),
      refusal('Missing required request parameters: [X-Trace]'),
    ],
    [
      'the same by an event of payload 1.0',
      {
        ...event('{}'),
        routeKey: undefined,
        version: '1.0',
        requestContext: { httpMethod: 'POST', resourcePath: '/products' },
      },
      INVALID,
    ],
  ])('refuses %s', async (_what, sent, expected) => {
    expect((await runFunction(await build(CHECKS), sent)).result).toEqual(expected);
  });

  it('lets through what is right, and what other routes send', async () => {
    const built = await build(CHECKS);
    const right = await runFunction(built, event('{"name":"a","tags":["x","y"]}'));
    const other = await runFunction(built, { routeKey: 'GET /products' });
    const rest = await runFunction(built, {
      resource: '/products',
      body: '{}',
      requestContext: { httpMethod: 'POST', resourcePath: '/products' },
    });
    expect([right.result, other.result, rest.result]).toEqual([
      { statusCode: 201, body: 'true' },
      { statusCode: 201, body: 'true' },
      { statusCode: 201, body: 'true' },
    ]);
  });

  it('adds a few kilobytes, and nothing to other bundles', async () => {
    const [plain, checked] = [await build(undefined), await build(CHECKS)];
    expect(checked.unzippedBytes - plain.unzippedBytes).toBeLessThan(6_000);
    expect(plain.unzippedBytes).toBeLessThan(1_500);
  });
});
