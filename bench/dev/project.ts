// Folders that both apigen and serverless-offline serve: 20 routes to 20 functions of the same plain JavaScript, so that
// neither compiles what the other does not, as an HTTP, a REST or a WebSocket API. Beside the HTTP routes some through a
// Dynamoose model, for apigen alone: the peer knows no models.

import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface BenchProject {
  readonly type: ApiType;
  readonly folder: string;
  /** Saves a handler that answers `{ "version": version }`. */
  save(path: string, version: number): Promise<void>;
  remove(): Promise<void>;
}

const twenty = (letter: string): readonly string[] => Array.from({ length: 20 }, (_, index) => `${letter}${index + 1}`);

export const FUNCTIONS = twenty('f');
/** Each imports the model. */
export const NOTES = twenty('note');

const plain = (version: number): string => `export const handler = async () => ({
  statusCode: 200,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ version: ${version} }),
});
`;

const withModel = (version: number): string => `import { Note } from './models/note.js';
export const handler = async () => ({
  statusCode: 200,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ version: ${version}, model: typeof Note.get }),
});
`;

const NOTE = `import dynamoose from 'dynamoose';
export const Note = dynamoose.model('Note', new dynamoose.Schema({ id: { type: String, hashKey: true }, text: String }));
`;

/** How one API type is written down for both. */
interface Written {
  readonly routes: readonly string[];
  readonly settings: readonly string[];
  /** The events of a function in serverless.yml. */
  events(name: string): readonly string[];
}

export type ApiType = 'http' | 'rest' | 'websocket';

const routesOf = (names: readonly string[], key: (name: string) => string): readonly string[] =>
  names.map((name) => `      ${key(name)}: src/${name}.handler`);

const WRITTEN: Readonly<Record<ApiType, Written>> = {
  http: {
    settings: [],
    routes: routesOf([...FUNCTIONS, ...NOTES], (name) => `GET /${name}`),
    events: (name) => [`{ httpApi: 'GET /${name}' }`],
  },
  rest: {
    settings: [],
    routes: routesOf(FUNCTIONS, (name) => `GET /${name}`),
    events: (name) => [`{ http: 'GET /${name}' }`],
  },
  websocket: {
    settings: ['    select: $request.body.action'],
    // serverless-offline lets nobody in without $connect.
    routes: [
      '      $connect: src/f1.handler',
      ...FUNCTIONS.map((name) => `      ${name}: { handler: src/${name}.handler, respond: true }`),
    ],
    events: (name) => [
      ...(name === 'f1' ? ['{ websocket: $connect }'] : []),
      `{ websocket: { route: ${name}, routeResponseSelectionExpression: $default } }`,
    ],
  },
};

const apigenYml = (type: ApiType): string =>
  [
    'name: bench',
    'region: eu-west-1',
    ...(type === 'http' ? ['models: { Note: src/models/note.js }'] : []),
    'apis:',
    '  public:',
    `    type: ${type}`,
    '    auth: none',
    ...WRITTEN[type].settings,
    '    routes:',
    ...WRITTEN[type].routes,
    '',
  ].join('\n');

const serverlessYml = (type: ApiType): string =>
  [
    'service: bench',
    'provider: { name: aws, runtime: nodejs22.x, region: eu-west-1 }',
    'plugins: [serverless-offline]',
    'functions:',
    ...FUNCTIONS.map(
      (name) => `  ${name}: { handler: src/${name}.handler, events: [${WRITTEN[type].events(name).join(', ')}] }`,
    ),
    '',
  ].join('\n');

/** @param root of apigen's own sources, whose dependencies hold Dynamoose */
export async function benchProject(root: string, type: ApiType): Promise<BenchProject> {
  const folder = await mkdtemp(join(tmpdir(), 'apigen-bench-'));
  const save = (path: string, version: number): Promise<void> =>
    writeFile(join(folder, path), path.includes('note') ? withModel(version) : plain(version));
  await mkdir(join(folder, 'src', 'models'), { recursive: true });
  await mkdir(join(folder, 'node_modules'));
  await Promise.all([
    writeFile(join(folder, 'package.json'), '{ "name": "bench", "private": true, "type": "module" }\n'),
    writeFile(join(folder, 'apigen.yml'), apigenYml(type)),
    writeFile(join(folder, 'serverless.yml'), serverlessYml(type)),
    writeFile(join(folder, 'src', 'models', 'note.js'), NOTE),
    ...FUNCTIONS.map((name) => save(`src/${name}.js`, 0)),
    ...NOTES.map((name) => save(`src/${name}.js`, 0)),
    symlink(join(root, 'node_modules', 'dynamoose'), join(folder, 'node_modules', 'dynamoose')),
  ]);
  return { type, folder, save, remove: () => rm(folder, { recursive: true, force: true }) };
}
