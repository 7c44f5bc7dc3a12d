// Random small projects: functions with versions, memory and access, models, one API of a given type and maybe a
// second one of any, routes with and without an authorizer. Written as a person would write them.

import fc from 'fast-check';
import { versionHandler } from '../../e2e/sample-projects.ts';
import type { ApiType } from '../crash-sweep/operations.ts';

export const modelNames = ['Alpha', 'Beta'] as const;
type ModelName = (typeof modelNames)[number];

const accesses = ['none', 'read', 'write'] as const;
const verbs = ['GET', 'POST'] as const;
const paths = ['/a', '/b', '/c/{id}'] as const;
const auths = ['none', 'gate', 'tokens'] as const;

interface RouteSource {
  readonly verb: (typeof verbs)[number];
  readonly path: (typeof paths)[number];
  readonly handler: number;
  readonly auth: (typeof auths)[number];
}

interface SecondApi {
  readonly type: ApiType | 'websocket';
  readonly cors: boolean;
  readonly routes: readonly RouteSource[];
}

export interface Source {
  /** Of the handler behind `GET /version`, which is always there. */
  readonly version: number;
  readonly models: readonly ModelName[];
  readonly functions: readonly {
    readonly version: number;
    readonly memory: number;
    readonly model: number;
    readonly access: (typeof accesses)[number];
  }[];
  readonly routes: readonly RouteSource[];
  readonly second: SecondApi | null;
}

const routes: fc.Arbitrary<readonly RouteSource[]> = fc.uniqueArray(
  fc.record({
    verb: fc.constantFrom(...verbs),
    path: fc.constantFrom(...paths),
    handler: fc.nat(2),
    auth: fc.constantFrom(...auths),
  }),
  { maxLength: 4, selector: ({ verb, path }) => `${verb} ${path}` },
);

export const source: fc.Arbitrary<Source> = fc.record({
  version: fc.nat(4),
  models: fc.subarray([...modelNames]),
  functions: fc.array(
    fc.record({
      version: fc.nat(2),
      memory: fc.constantFrom(128, 256),
      model: fc.nat(1),
      access: fc.constantFrom(...accesses),
    }),
    { minLength: 3, maxLength: 3 },
  ),
  routes,
  second: fc.option(
    fc.record({
      type: fc.constantFrom('http' as const, 'rest' as const, 'websocket' as const),
      cors: fc.boolean(),
      routes,
    }),
    { freq: 2 },
  ),
});

/** What `GET /version` answers. */
export const answerOf = (version: number): string => `200 v${version}`;

export function filesOf(name: string, type: ApiType, drawn: Source): Record<string, string> {
  const { second } = drawn;
  const anchor = ['      GET /version: src/version.handler', ...drawn.routes.map((route) => routeLine(type, route))];
  const apis = [apiLines('main', type, '', anchor), ...(second ? [secondLines(second)] : [])].join('');
  const used = [0, 1, 2].filter((index) => apis.includes(`src/f${index}.handler`));
  return {
    'apigen.yml': `name: ${name}
region: eu-west-1
releases: { keep: 3 }
${section(
  'models',
  drawn.models.map((model) => `  ${model}: src/models/${model.toLowerCase()}.ts`),
)}${section('auth', authLines(apis))}${section(
  'functions',
  used.map((index) => functionLine(drawn, index)),
)}apis:
${apis}`,
    'src/version.ts': versionHandler(`v${drawn.version}`),
    'src/gate.ts': `export const handler = async () => ({ isAuthorized: true });\n`,
    ...Object.fromEntries(
      drawn.functions.map(({ version }, index) => [`src/f${index}.ts`, versionHandler(`f${index} v${version}`)]),
    ),
    ...Object.fromEntries(modelNames.map((model) => [`src/models/${model.toLowerCase()}.ts`, modelFile(model)])),
  };
}

const section = (key: string, lines: readonly string[]): string =>
  lines.length === 0 ? '' : `${key}:\n${lines.join('\n')}\n`;

const apiLines = (name: string, type: string, more: string, routeLines: readonly string[]): string =>
  `  ${name}:\n    type: ${type}\n    auth: none\n${more}    routes:\n${routeLines.map((line) => `${line}\n`).join('')}`;

function secondLines({ type, cors, routes: drawn }: SecondApi): string {
  if (type === 'websocket') {
    const gate = drawn.some(({ auth }) => auth === 'gate') ? 'gate' : 'none';
    return apiLines('second', type, '    select: $request.body.action\n', [
      `      $connect: { handler: src/f0.handler, auth: ${gate} }`,
      '      $default: src/f1.handler',
    ]);
  }
  const more = cors ? '    cors: { origins: ["https://shop.example.com"] }\n' : '';
  const lines = drawn.map((route) => routeLine(type, route));
  return apiLines('second', type, more, ['      GET /health: src/f2.handler', ...lines]);
}

function routeLine(type: ApiType, { verb, path, handler, auth }: RouteSource): string {
  const tokens = type === 'http' ? 'clients' : 'customers';
  return `      ${verb} ${path}: { handler: src/f${handler}.handler, auth: ${auth === 'tokens' ? tokens : auth} }`;
}

function functionLine({ functions, models }: Source, index: number): string {
  const drawn = functions[index];
  const model = modelNames[drawn?.model ?? 0];
  const grants = drawn && model && drawn.access !== 'none' && models.includes(model);
  const access = grants ? `, access: { ${model}: ${drawn.access} }` : '';
  return `  f${index}: { handler: src/f${index}.handler, memory: ${drawn?.memory ?? 128}${access} }`;
}

/** Of those that a route names. */
function authLines(apis: string): readonly string[] {
  const all = {
    gate: '{ lambda: src/gate.handler, identity: [header.Authorization], ttl: 0 }',
    clients: '{ jwt: { issuer: "https://idp.example.com/", audience: [shop] } }',
    customers: '{ cognito: { userPool: eu-west-1_AbCdEfGhI } }',
  };
  return Object.entries(all).flatMap(([name, value]) =>
    new RegExp(`auth: ${name} `).test(apis) ? [`  ${name}: ${value}`] : [],
  );
}

const modelFile = (model: string): string => `import dynamoose from 'dynamoose';
export const ${model} = dynamoose.model('${model}', new dynamoose.Schema({
  id: { type: String, hashKey: true },
  text: String,
}));
`;
