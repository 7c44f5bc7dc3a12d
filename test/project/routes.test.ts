import { describe, expect, it } from '@jest/globals';
import { problemsOf, projectOf } from './project-fixture.ts';

const api = (type: string, ...routes: string[]) =>
  `apis:\n  p:\n    type: ${type}\n    auth: none\n    routes:\n${routes.map((route) => `      ${route}\n`).join('')}`;

const problemsOfRoute = (type: string, ...keys: string[]) =>
  problemsOf(api(type, ...keys.map((key, index) => `${key}: src/h${index}.handler`))).join('\n');

describe('a route key', () => {
  it.each(['GET /', 'ANY /{proxy+}', 'DELETE /a/{id}/b/{other}', 'OPTIONS /a.b/c_d/e-f/g:h', 'HEAD /x', 'PATCH /x'])(
    'may be %s on both types',
    (key) => {
      expect(problemsOfRoute('http', key)).toBe('');
      expect(problemsOfRoute('rest', key)).toBe('');
    },
  );

  it.each([
    ['GET products', 'the path must begin with a slash → Write /products'],
    ['/products', 'must be METHOD /path → Write GET /products'],
    ['products', 'must be METHOD /path'],
    ['get /products', '"get" is no method that API Gateway knows → Write GET /products'],
    ['FETCH /x', '"FETCH" is no method'],
    ['GET /a/', 'the path ends in a slash, which API Gateway refuses → Write /a'],
    ['GET //a', 'the path holds an empty segment → Write /a'],
    ['GET /a?b=c', 'the path holds a query'],
    ['GET /a/:id', ":id is Express's way to write a parameter → Write {id}"],
    ['GET /a/{id}.json', 'mixes text and a parameter'],
    ['GET /a/{}', 'mixes text and a parameter'],
    ['GET /a/{i d}', 'holds a character that API Gateway refuses'],
    ['GET /a b', 'holds a character that API Gateway refuses'],
    ['GET /{p+}/a', '{p+} takes the whole rest of the path and must be last'],
    ['GET /{id}/a/{id}', 'the parameter {id} stands twice'],
    ['$connect', 'belongs to WebSocket APIs'],
  ])('cannot be %s', (key, expected) => {
    expect(problemsOfRoute('http', `"${key}"`)).toContain(expected);
    expect(problemsOfRoute('rest', `"${key}"`)).toContain(expected);
  });

  it('may be $default on an HTTP API only', () => {
    expect(problemsOfRoute('http', '$default')).toBe('');
    expect(problemsOfRoute('rest', '$default')).toContain('Use "ANY /{proxy+}" and "ANY /"');
  });

  it('stands at its own line and column', () => {
    expect(problemsOfRoute('http', 'GET /ok', 'GET /a/')).toMatch(/^9:7 INVALID_ROUTE/);
  });
});

describe('two routes of an API', () => {
  it.each(['http', 'rest'])('cannot match the same requests on %s', (type) => {
    expect(problemsOfRoute(type, 'GET /a', 'GET  /a')).toContain(
      'DUPLICATE_ROUTE apis.p.routes["GET  /a"]: GET /a is there already',
    );
  });

  it('cannot differ in the names of parameters alone', () => {
    expect(problemsOfRoute('http', 'GET /a/{x}', 'GET /a/{y}')).toContain('matches the same requests as GET /a/{x}');
  });

  it('may name a parameter differently for another method on HTTP, not on REST', () => {
    const keys = ['GET /a/{x}', 'POST /a/{y}', 'PUT /a/{y}/b'];
    expect(problemsOfRoute('http', ...keys)).toBe('');
    const problems = problemsOfRoute('rest', ...keys);
    expect(problems).toContain(
      '9:7 PARAMETER_CONFLICT apis.p.routes["POST /a/{y}"]: {y} stands where GET /a/{x} has {x}',
    );
    expect(problems).toContain('10:7 PARAMETER_CONFLICT');
    expect(problems).toContain('Write {x} here too.');
  });

  it('may not put a greedy parameter beside another one on REST', () => {
    expect(problemsOfRoute('rest', 'GET /a/{x}', 'GET /a/{rest+}')).toContain('Use type: http, which takes both.');
    expect(problemsOfRoute('http', 'GET /a/{x}', 'GET /a/{rest+}')).toBe('');
  });

  it('may share a place when one is fixed, and a method when one is ANY', () => {
    expect(problemsOfRoute('rest', 'GET /a/{x}', 'GET /a/b', 'ANY /a/{x}', 'GET /c/{y}')).toBe('');
  });
});

describe('the number of routes', () => {
  const many = (count: number, depth: string) => Array.from({ length: count }, (_, index) => `GET /r${index}${depth}`);

  it('is at most 300 on an HTTP API', () => {
    expect(problemsOfRoute('http', ...many(300, ''))).toBe('');
    expect(problemsOfRoute('http', ...many(301, ''))).toContain('4:3 TOO_MANY_ROUTES apis.p has 301 routes');
  });

  it('is at most 300 path segments on a REST API, the root included', () => {
    expect(problemsOfRoute('rest', ...many(299, ''))).toBe('');
    expect(problemsOfRoute('rest', ...many(150, '/x'))).toContain('apis.p has 301 resources');
  });

  it('is at least one on a REST API', () => {
    expect(problemsOf('apis: { p: { type: rest, routes: {} } }\n').join()).toContain('NO_ROUTES');
  });
});

describe('who may call a route', () => {
  it('must be said on the route or on its API', () => {
    const body =
      'apis:\n  p:\n    type: http\n    routes:\n      GET /a: { handler: src/a.handler, auth: none }\n      GET /b: src/b.handler\n';
    expect(problemsOf(body)).toEqual([
      '8:7 MISSING_AUTH apis.p.routes["GET /b"] does not say who may call it → Add auth: none (public), auth: iam or an authorizer, to the route or to apis.p for all its routes.',
    ]);
  });

  it('is one problem where no route of the API says it', () => {
    const body = 'apis:\n  p:\n    type: http\n    routes:\n      GET /a: src/a.handler\n      GET /b: src/b.handler\n';
    expect(problemsOf(body)).toEqual([
      '4:3 MISSING_AUTH apis.p does not say who may call its routes → Add auth: none (public), auth: iam or an authorizer to the API.',
    ]);
  });

  it('is not reported as missing when it is misspelt', () => {
    const body = 'apis: { p: { type: http, auth: nobody, routes: { GET /a: src/a.handler } } }\n';
    expect(problemsOf(body)).toEqual([
      expect.stringContaining('UNKNOWN_AUTHORIZER apis.p.auth: there is no authorizer nobody'),
    ]);
  });
});

describe('what answers a route', () => {
  it.each([
    ['rest', '{}', 'says nothing that answers it'],
    ['rest', '{ handler: src/a.handler, mock: {} }', 'TWO_TARGETS'],
    [
      'http',
      '{ mock: { status: 200 } }',
      'MOCK_ON_HTTP apis.p.routes["GET /a"]: API Gateway has no mock answers on HTTP APIs → Set type: rest on the API, or answer with a handler.',
    ],
    ['rest', '{ mock: { status: 99 } }', 'mock.status: must be an HTTP status from 200 to 599, not 99'],
    ['rest', '{ mock: {}, memory: 512 }', 'USELESS_KEY apis.p.routes["GET /a"]: memory is a setting of functions'],
    ['rest', '{ handlr: src/a.handler }', 'has no key "handlr" → Did you mean handler?'],
    ['rest', '[src/a.handler]', 'WRONG_TYPE apis.p.routes["GET /a"]: must be text or a map'],
  ])('on %s cannot be %s', (type, route, expected) => {
    expect(problemsOf(api(type, `GET /a: ${route}`)).join('\n')).toContain(expected);
  });
});

describe('an API', () => {
  it.each([
    ['type: websoket', 'must be rest, http or websocket → Did you mean websocket?'],
    ['throttle: { rate: 0, burst: 1 }', 'must be more than 0'],
    ['throttle: { rate: 1, burst: 0.5 }', 'must be a whole number of requests'],
    ['throttle: { rate: 1 }', 'apis.p.throttle has no burst'],
    ['variables: { "a-b": x }', 'the name must be letters, digits and _'],
    ['variables: { a: "b c" }', 'may hold letters, digits and'],
    ['cors: { origins: [] }', 'is empty: name an origin'],
    ['cors: { origins: ["*"], credentials: true }', 'CORS_CREDENTIALS'],
    [
      'cors: { origins: [https://a.example/] }',
      'must not end in a slash: browsers send none → Write https://a.example',
    ],
    ['cors: { origins: [a.example] }', 'must be a scheme and a host'],
    ['cors: { origins: [https://a.example], methods: [get] }', 'Did you mean GET?'],
    ['cors: { origins: [https://a.example], maxAge: 100000 }', 'from -1 to 86,400'],
    ['key: required', 'apis.p has no key "key"'],
  ])('refuses %s', (setting, expected) => {
    const type = setting.startsWith('type') ? '' : 'type: http, ';
    const body = `apis: { p: { ${type}auth: none, routes: { GET /a: src/a.handler }, ${setting} } }\n`;
    expect(problemsOf(body).join('\n')).toContain(expected);
  });

  it('takes 100 stage variables', () => {
    const body = (count: number) =>
      `apis: { p: { type: http, auth: none, routes: { GET /a: src/a.handler }, variables: { ${Array.from({ length: count }, (_, i) => `v${i}: x`).join(', ')} } } }\n`;
    expect(Object.keys(projectOf(body(100)).apis['p']?.stageVariables ?? {})).toHaveLength(100);
    expect(problemsOf(body(101)).join()).toContain('more than 100 variables');
  });
});
