// The project of the differential test, as HTTP and as REST API, and the requests that both sides get.

/** One request; `target` is behind the stage. */
export interface DifferentialRequest {
  readonly name: string;
  readonly method: string;
  readonly target: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: string | Uint8Array;
}

const RETURNS: Readonly<Record<string, string>> = {
  created: `return { statusCode: 201, headers: { 'x-own': 'v', 'content-type': 'text/plain' }, body: 'made' };`,
  empty: 'return { statusCode: 204 };',
  throws: `throw new Error('it failed');`,
  malformed: `return { statusCode: 'many' };`,
  moved: `return { statusCode: 302, headers: { location: 'https://example.com/' } };`,
  bytes: `return { statusCode: 200, headers: { 'content-type': 'image/png' }, body: 'AAECA/8=', isBase64Encoded: true };`,
  plain: `return { hello: 'world' };`,
  text: `return 'just text';`,
};

/** Files of the project. */
export function differentialProject(type: 'http' | 'rest'): Record<string, string> {
  const rest = type === 'rest';
  const lines = [
    ...['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].map((method) => `${method} /echo: src/echo.handler`),
    'ANY /items/{id}: src/echo.handler',
    'GET /items/special: src/echo.handler',
    'ANY /deep/{proxy+}: src/echo.handler',
    ...Object.keys(RETURNS).map((name) => `GET /${name}: src/${name}.handler`),
    'GET /slow: { handler: src/slow.handler, timeout: 1 }',
    ...(rest
      ? [
          'POST /checked: { handler: src/echo.handler, body: schemas/thing.json }',
          'GET /mock: { mock: { status: 200, body: { ok: true } } }',
        ]
      : []),
  ];
  return {
    'apigen.yml': `name: diff-${type}\nregion: eu-west-1\napis:\n  public:\n    type: ${type}\n    auth: none\n    routes:\n${lines
      .map((line) => `      ${line}\n`)
      .join('')}`,
    'src/echo.ts':
      "export const handler = async (event: object) => ({ statusCode: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify(event) });\n",
    'src/slow.ts':
      'export const handler = async () => { await new Promise((resolve) => setTimeout(resolve, 20_000)); return { statusCode: 200 }; };\n',
    ...Object.fromEntries(
      Object.entries(RETURNS).map(([name, code]) => [
        `src/${name}.ts`,
        `export const handler = async () => { ${code} };\n`,
      ]),
    ),
    ...(rest && {
      'schemas/thing.json':
        '{ "type": "object", "required": ["size"], "properties": { "size": { "type": "integer" } } }',
    }),
  };
}

function request(name: string, method: string, target: string, extra: Partial<DifferentialRequest> = {}) {
  return { name, method, target, headers: [], body: '', ...extra };
}

const JSON_TYPE: [string, string] = ['Content-Type', 'application/json'];

const SHARED: readonly DifferentialRequest[] = [
  request('bare', 'GET', '/echo'),
  request('query', 'GET', '/echo?a=1&b=x%20y&c=%C3%A4&d='),
  request('repeated query', 'GET', '/echo?a=1&a=2'),
  request('plus and equals', 'GET', '/echo?a=x+y&b=1=2'),
  request('headers', 'GET', '/echo', {
    headers: [
      ['X-Mixed-Case', 'Value'],
      ['Accept', 'text/html'],
      ['User-Agent', 'ua/1'],
    ],
  }),
  request('cookies', 'GET', '/echo', { headers: [['Cookie', 'a=1; b=2']] }),
  request('json body', 'POST', '/echo', { headers: [JSON_TYPE], body: '{"a":"ä"}' }),
  request('text body', 'PUT', '/echo', { headers: [['Content-Type', 'text/plain']], body: 'plain' }),
  request('empty json body', 'PATCH', '/echo', { headers: [JSON_TYPE] }),
  request('delete', 'DELETE', '/echo'),
  request('parameter', 'GET', '/items/7'),
  request('parameter encoded', 'GET', '/items/a%20b'),
  request('static first', 'GET', '/items/special'),
  request('any method', 'POST', '/items/7', { body: 'x', headers: [['Content-Type', 'text/plain']] }),
  request('greedy', 'GET', '/deep/a/b/c?q=1'),
  request('not found', 'GET', '/nowhere'),
  request('wrong method', 'POST', '/created'),
  request('fails in time', 'GET', '/slow'),
  ...Object.keys(RETURNS).map((name) => request(`returns ${name}`, 'GET', `/${name}`)),
];

export const REQUESTS: Readonly<Record<'http' | 'rest', readonly DifferentialRequest[]>> = {
  http: [
    ...SHARED,
    request('binary body', 'POST', '/echo', {
      headers: [['Content-Type', 'application/octet-stream']],
      body: Uint8Array.of(0, 65, 255, 254),
    }),
    request('accepts an image', 'GET', '/bytes', { headers: [['Accept', 'image/png']] }),
  ],
  rest: [
    ...SHARED,
    request('body that fits', 'POST', '/checked', { headers: [JSON_TYPE], body: '{"size":1}' }),
    request('body that does not fit', 'POST', '/checked', { headers: [JSON_TYPE], body: '{"size":"large"}' }),
    request('mock', 'GET', '/mock'),
  ],
};
