import { describe, expect, it } from '@jest/globals';
import { functionName } from '../../src/project/function-name.ts';
import { parseHandler } from '../../src/project/schema/handler.ts';
import { problemsOf, projectOf } from './project-fixture.ts';

const routes = (body: string, type = 'http') => `apis:\n  p:\n    type: ${type}\n    auth: none\n    routes:\n${body}`;

describe('the name of a function', () => {
  it.each([
    ['src/products/create.handler', 'products-create'],
    ['src/health.handler', 'health'],
    ['src/health/index.handler', 'health'],
    ['src/orders.place', 'orders-place'],
    ['src/index.handler', 'index'],
    ['src.handler', 'src'],
    ['lib/a.handler', 'lib-a'],
    ['src/api/v1.2/list.handler', 'api-v1-2-list'],
    ['src/[id]/get item.handler', 'id-get-item'],
    ['src/404.handler', 'f-404'],
  ])('of %s is %s', (handler, name) => {
    expect(functionName(parseHandler(handler))).toBe(name);
  });
});

describe('a handler', () => {
  it('that two routes name is one function', () => {
    const project = projectOf(routes('      GET /a: src/a.handler\n      GET /b: ./src//a.handler\n'));
    expect(Object.keys(project.functions)).toEqual(['a']);
    expect(project.apis['p']?.routes.map((route) => route.target)).toEqual([
      { type: 'function', function: 'a' },
      { type: 'function', function: 'a' },
    ]);
  });

  it('takes the name and settings that functions: gives it, besides those of its route', () => {
    const project = projectOf(
      `functions: { worker: { handler: src/a.handler, memory: 512 } }\n${routes('      GET /a: { handler: src/a.handler, timeout: 5 }\n')}`,
    );
    expect(project.functions).toMatchObject({ worker: { memory: 512, timeout: 5, path: ['functions', 'worker'] } });
    expect(Object.keys(project.functions)).toEqual(['worker']);
  });

  it('may be set alike by two routes', () => {
    const project = projectOf(
      routes(
        '      GET /a: { handler: src/a.handler, memory: 512 }\n      GET /b: { handler: src/a.handler, memory: 512 }\n',
      ),
    );
    expect(project.functions['a']?.memory).toBe(512);
  });

  it('may not be set differently by two routes: the message says where to decide', () => {
    const problems = problemsOf(
      routes(
        '      GET /a: { handler: src/a.handler, memory: 512 }\n      GET /b: { handler: src/a.handler, memory: 256 }\n',
      ),
    );
    expect(problems).toEqual([
      '9:49 SETTING_CONFLICT apis.p.routes["GET /a"] and apis.p.routes["GET /b"] share the function a but set its memory differently → Set it once, under functions: a: { handler: src/a.handler, memory: … }',
    ]);
  });

  it('may not yield the name of another: the message says how to name it', () => {
    const problems = problemsOf(routes('      GET /a: src/a/b.handler\n      GET /b: src/a-b.handler\n'));
    expect(problems).toEqual([
      '9:7 SAME_FUNCTION_NAME apis.p.routes["GET /b"]: src/a-b.handler and src/a/b.handler would both be the function a-b → Name one of them under functions: my-a-b: { handler: src/a-b.handler }',
    ]);
  });

  it('may be two functions, but then no route can name it', () => {
    const functions = 'functions: { one: { handler: src/a.handler, environment: { MODE: x } }, two: src/a.handler }\n';
    expect(Object.keys(projectOf(functions).functions)).toEqual(['one', 'two']);
    expect(problemsOf(functions + routes('      GET /a: src/a.handler\n')).join()).toContain('AMBIGUOUS_HANDLER');
  });

  it.each([
    ['src/a', 'INVALID_HANDLER functions.f.handler: "src/a" must be file.export → Write src/a.handler'],
    ['src/a.ts', 'must name an export, not a file → Write src/a.handler'],
    ['src/a.ts.handler', 'must leave out the extension .ts → Write src/a.handler'],
    ['src/a.my-fn', 'names the export "my-fn", which is no JavaScript name'],
    ['/src/a.handler', 'must be relative to the folder of apigen.yml'],
    ['../a.handler', 'leaves the project with ..'],
    ['src/../../a.handler', 'leaves the project with ..'],
    ['"src\\\\a.handler"', 'holds a backslash → Write src/a.handler'],
    ['C:/a.handler', 'must be relative'],
    ['"src/a\\0.handler"', 'holds a control character'],
    ['node_modules/x/a.handler', 'points into node_modules'],
    ['""', 'is empty'],
    ['42', 'must be text or a map'],
  ])('cannot be written %s', (handler, expected) => {
    expect(problemsOf(`functions: { f: ${handler} }\n`).join('\n')).toContain(expected);
  });
});

describe('settings of a function', () => {
  it.each([
    ['memory: 64', 'OUT_OF_RANGE functions.f.memory: must be a whole number of MB from 128 to 10,240, not 64'],
    ['memory: 300.5', 'must be a whole number of MB'],
    ['memory: "512"', 'must be a whole number of MB from 128 to 10,240, not "512"'],
    ['timeout: 901', 'must be a whole number of seconds from 1 to 900, not 901'],
    ['timeout: 0', 'must be a whole number of seconds from 1 to 900, not 0'],
    [
      'runtime: nodejs20.x',
      'DEPRECATED_RUNTIME functions.f.runtime: "nodejs20.x" is a runtime that AWS deprecated in April 2026 → Use nodejs22.x.',
    ],
    [
      'runtime: nodejs22',
      'UNKNOWN_RUNTIME functions.f.runtime: "nodejs22" is no runtime that Lambda offers → Did you mean nodejs22.x?',
    ],
    ['runtime: python3.12', 'is no Node runtime'],
    ['architecture: arm', 'must be arm64 or x86_64'],
    ['logRetention: 31', 'must be a number of days that CloudWatch Logs knows'],
    [
      'environment: { AWS_REGION: x }',
      'INVALID_ENVIRONMENT_NAME functions.f.environment.AWS_REGION: the name is set by Lambda itself',
    ],
    ['environment: { _X: x }', 'must begin with a letter'],
    ['environment: { APIGEN_X: x }', 'which apigen keeps for itself'],
    ['environment: { PRODUCT_TABLE: x }', 'PRODUCT_TABLE is set by apigen to the name of the table of Product'],
    ['environment: { PORT: 8080 }', 'must be text, not 8080 → Put it in quotes: PORT: "8080"'],
    ['environment: { VERSION: 1.10 }', 'Put it in quotes: VERSION: "1.10"'],
    ['acces: {}', 'UNKNOWN_KEY functions.f has no key "acces" → Did you mean access?'],
    ['access: { Prodct: read }', 'UNKNOWN_MODEL functions.f.access: there is no model Prodct → Did you mean Product?'],
    ['access: { constructor: read }', 'there is no model constructor'],
    ['access: { Product: delete }', 'must be read, write, scan, manage, publish, send or receive or a list'],
    ['access: { Product: [] }', 'is empty'],
  ])('refuse %s', (setting, expected) => {
    const body = `models: { Product: src/product.ts }\nfunctions: { f: { handler: src/f.handler, ${setting} } }\n`;
    expect(problemsOf(body).join('\n')).toContain(expected);
  });

  it('count the environment with that of the defaults against 4 KB', () => {
    const body = (size: number) =>
      `defaults: { function: { environment: { LEVEL: "${'x'.repeat(2000)}" } } }\nfunctions: { f: { handler: src/f.handler, environment: { TEXT: "${'y'.repeat(size)}" } } }\n`;
    expect(problemsOf(body(2087))).toEqual([]);
    expect(problemsOf(body(2088))).toEqual([
      expect.stringContaining('ENVIRONMENT_TOO_LARGE functions.f.environment: the environment has 4097 bytes'),
    ]);
  });

  it('keep access in one order, each word once', () => {
    const body =
      'models: { P: src/p.ts }\nfunctions: { f: { handler: src/f.handler, access: { P: [scan, read, scan] } } }\n';
    expect(projectOf(body).functions['f']?.access).toEqual({ P: ['read', 'scan'] });
  });

  it.each([
    ['http', 30, 31],
    ['rest', 29, 30],
  ])('give a function behind a route of a %s API at most %i s', (type, allowed, refused) => {
    const body = (timeout: number) => routes(`      GET /a: { handler: src/a.handler, timeout: ${timeout} }\n`, type);
    expect(problemsOf(body(allowed))).toEqual([]);
    expect(problemsOf(body(refused)).join()).toContain('8:50 TIMEOUT_BEHIND_ROUTE');
  });

  it('let a function that no route calls run for 15 minutes', () => {
    expect(projectOf('functions: { f: { handler: src/f.handler, timeout: 900 } }\n').functions['f']?.timeout).toBe(900);
  });

  it('name the defaults when they make a route’s function too slow', () => {
    const body = `defaults: { function: { timeout: 60 } }\n${routes('      GET /a: src/a.handler\n      GET /b: src/b.handler\n')}`;
    const problems = problemsOf(body);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain('3:34 TIMEOUT_BEHIND_ROUTE defaults.function.timeout');
  });
});
