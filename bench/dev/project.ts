// One folder that both apigen and serverless-offline serve: 20 routes to 20 functions of the same plain JavaScript, so
// that neither compiles what the other does not. Beside them routes through a Dynamoose model, for apigen alone: the peer
// knows no models.

import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface BenchProject {
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

const apigenYml = [
  'name: bench',
  'region: eu-west-1',
  'models: { Note: src/models/note.js }',
  'apis:',
  '  public:',
  '    type: http',
  '    auth: none',
  '    routes:',
  ...FUNCTIONS.map((name) => `      GET /${name}: src/${name}.handler`),
  ...NOTES.map((name) => `      GET /${name}: src/${name}.handler`),
  '',
].join('\n');

const serverlessYml = [
  'service: bench',
  'provider: { name: aws, runtime: nodejs22.x, region: eu-west-1 }',
  'plugins: [serverless-offline]',
  'functions:',
  ...FUNCTIONS.map((name) => `  ${name}: { handler: src/${name}.handler, events: [{ httpApi: 'GET /${name}' }] }`),
  '',
].join('\n');

/** @param root of apigen's own sources, whose dependencies hold Dynamoose */
export async function benchProject(root: string): Promise<BenchProject> {
  const folder = await mkdtemp(join(tmpdir(), 'apigen-bench-'));
  const save = (path: string, version: number): Promise<void> =>
    writeFile(join(folder, path), path.includes('note') ? withModel(version) : plain(version));
  await mkdir(join(folder, 'src', 'models'), { recursive: true });
  await mkdir(join(folder, 'node_modules'));
  await Promise.all([
    writeFile(join(folder, 'package.json'), '{ "name": "bench", "private": true, "type": "module" }\n'),
    writeFile(join(folder, 'apigen.yml'), apigenYml),
    writeFile(join(folder, 'serverless.yml'), serverlessYml),
    writeFile(join(folder, 'src', 'models', 'note.js'), NOTE),
    ...FUNCTIONS.map((name) => save(`src/${name}.js`, 0)),
    ...NOTES.map((name) => save(`src/${name}.js`, 0)),
    symlink(join(root, 'node_modules', 'dynamoose'), join(folder, 'node_modules', 'dynamoose')),
  ]);
  return { folder, save, remove: () => rm(folder, { recursive: true, force: true }) };
}
