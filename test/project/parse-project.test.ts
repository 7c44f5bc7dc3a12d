import { describe, expect, it } from '@jest/globals';
import { parse, projectOf } from './project-fixture.ts';

describe('a project', () => {
  it('fills in what the file does not say', () => {
    const project = projectOf('apis: { p: { type: http, auth: none, routes: { GET /x: src/x.handler } } }\n');
    expect(project).toMatchObject({
      name: 'shop',
      region: 'eu-west-1',
      stage: { name: 'dev', protect: false },
      tags: {},
      models: {},
    });
    expect(project.functions['x']).toEqual({
      name: 'x',
      module: 'src/x',
      exportName: 'handler',
      runtime: 'nodejs22.x',
      architecture: 'arm64',
      memory: 256,
      timeout: 10,
      environment: {},
      logRetention: 30,
      access: {},
      path: ['apis', 'p', 'routes', 'GET /x'],
    });
  });

  it('lets the project’s defaults stand above the built-in ones, and a function above both', () => {
    const { functions } = projectOf(`defaults:
  function: { memory: 512, environment: { LEVEL: info, MODE: a } }
functions:
  plain: src/plain.handler
  own: { handler: src/own.handler, memory: 1024, environment: { LEVEL: debug } }
`);
    expect(functions['plain']).toMatchObject({ memory: 512, timeout: 10, environment: { LEVEL: 'info', MODE: 'a' } });
    expect(functions['own']).toMatchObject({ memory: 1024, environment: { LEVEL: 'debug', MODE: 'a' } });
  });

  it('reads models in both forms', () => {
    const { models } = projectOf(`models:
  Product: ./src/models/product.ts
  Order: { file: src/models/order.ts, capacity: { read: 5, write: 2 }, backups: continuous, protect: true }
`);
    expect(models['Product']).toEqual({
      name: 'Product',
      file: 'src/models/product.ts',
      capacity: 'on-demand',
      continuousBackups: false,
      deletionProtection: false,
      path: ['models', 'Product'],
    });
    expect(models['Order']).toMatchObject({
      capacity: { read: 5, write: 2 },
      continuousBackups: true,
      deletionProtection: true,
    });
  });

  it('reads an API with every key that this version knows', () => {
    const { apis } = projectOf(`apis:
  public:
    type: http
    description: The shop
    auth: iam
    cors: { origins: [https://shop.example.com], maxAge: 600, credentials: true }
    throttle: { rate: 0.5, burst: 10 }
    variables: { colour: blue }
    routes:
      POST /products: src/create.handler
      GET   /products/{id}: { handler: src/get.handler, auth: none }
      $default: src/rest.handler
`);
    expect(apis['public']).toMatchObject({
      type: 'http',
      description: 'The shop',
      throttle: { rate: 0.5, burst: 10 },
      stageVariables: { colour: 'blue' },
      cors: { origins: ['https://shop.example.com'], maxAge: 600, credentials: true, exposeHeaders: [] },
    });
    expect(apis['public']?.routes).toMatchObject([
      { key: 'POST /products', method: 'POST', path: '/products', auth: { type: 'iam' } },
      { key: 'GET /products/{id}', method: 'GET', path: '/products/{id}', auth: { type: 'none' } },
      { key: '$default', method: 'ANY', path: '$default', target: { type: 'function', function: 'rest' } },
    ]);
  });

  it('allows by CORS the methods of the routes, and all of them where a route takes any', () => {
    const methods = (route: string) =>
      projectOf(
        `apis: { p: { type: http, auth: none, cors: { origins: ["*"] }, routes: { POST /a: src/a.handler, ${route}: src/b.handler } } }\n`,
      ).apis['p']?.cors?.methods;
    expect(methods('GET /a')).toEqual(['GET', 'POST']);
    expect(methods('ANY /b')).toEqual(['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT']);
  });

  it('answers a mock route of a REST API with status 200 unless told otherwise', () => {
    const { apis } = projectOf(`apis:
  partner:
    type: rest
    auth: none
    routes:
      GET /health: { mock: { body: { ok: true } } }
      GET /gone: { mock: { status: 410 } }
`);
    expect(apis['partner']?.routes.map((route) => route.target)).toEqual([
      { type: 'mock', status: 200, body: { ok: true } },
      { type: 'mock', status: 410, body: undefined },
    ]);
  });

  it('accepts sections that stand empty', () => {
    expect(projectOf('models:\nfunctions:\napis:\nstages:\n').apis).toEqual({});
  });

  it('keeps usage as it is written, for the estimator', () => {
    expect(projectOf('usage: { requests: 10M, anything: [1] }\n').usage).toEqual({ requests: '10M', anything: [1] });
  });

  it('names the line of a value, and of the nearest parent where there is none', () => {
    const project = projectOf('functions:\n  a:\n    handler: src/a.handler\n    memory: 512\n');
    expect(project.position(['functions', 'a', 'memory'])).toEqual({ file: '/shop/apigen.yml', line: 6, column: 13 });
    expect(project.position(['functions', 'a'])).toMatchObject({ line: 4, column: 3 });
    expect(project.position(['functions', 'a', 'timeout'])).toMatchObject({ line: 4, column: 3 });
    expect(project.position(['nowhere'])).toMatchObject({ line: 1, column: 1 });
  });
});

describe('the region', () => {
  const text = 'name: shop\nregion: eu-west-1\n';

  it('comes from the caller before the file before the environment', () => {
    expect(parse(text, { region: 'us-east-1', fallbackRegion: 'us-west-2' }).project?.region).toBe('us-east-1');
    expect(parse(text, { fallbackRegion: 'us-west-2' }).project?.region).toBe('eu-west-1');
    expect(parse('name: shop\n', { fallbackRegion: 'us-west-2' }).project?.region).toBe('us-west-2');
  });

  it('must come from somewhere', () => {
    expect(parse('name: shop\n').problems).toMatchObject([{ code: 'MISSING_REGION' }]);
  });
});
