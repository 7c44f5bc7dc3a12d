// Generated types under dev: they follow apigen.yml and the models, where a project has them.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { refreshTypes } from '../../harness/typed-project.ts';
import { type DevHarness, underDev } from './dev-harness.ts';

const yml = (path: string): string => `name: shop
region: eu-west-1
models: { Note: src/models/note.js }
apis:
  public:
    type: http
    auth: none
    routes:
      GET ${path}: src/note.handler
      POST /notes: { handler: src/note.handler, body: Note }
`;
const model = (attribute: string): string => `import dynamoose from 'dynamoose';
export const Note = dynamoose.model('Note', new dynamoose.Schema({ id: { type: String, hashKey: true }, ${attribute}: String }));
`;
const handler = `import { readBody } from './generated/apigen.js';
export const handler = async (event) => ({ statusCode: 200, body: JSON.stringify(event.body ? readBody('POST /notes', event) : {}) });
`;

let dev: DevHarness;
beforeAll(async () => {
  dev = await underDev({ 'apigen.yml': yml('/notes'), 'src/models/note.js': model('text'), 'src/note.js': handler });
});
afterAll(() => dev.close());

const types = (): string => join(dev.project.root, 'src/generated/apigen.d.ts');
const post = (body: object) => dev.get('/notes', { method: 'POST', body: JSON.stringify(body) });

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  for (const deadline = Date.now() + 15_000; !(await holds()); await new Promise((wake) => setTimeout(wake, 50))) {
    if (Date.now() > deadline) throw new Error(`not in time; last events: ${JSON.stringify(dev.events.slice(-5))}`);
  }
}

it('are not made where there are none', async () => {
  await dev.project.write({ 'apigen.yml': yml('/first') });
  await dev.until('/first', ({ status }) => status !== 404);
  expect(existsSync(types())).toBe(false);
});

it('follow apigen.yml and the models, and handlers decode by them at once', async () => {
  await refreshTypes(dev.project.root);
  await dev.project.write({ 'apigen.yml': yml('/second') });
  await until(() => readFileSync(types(), 'utf8').includes("'GET /second'"));
  expect(await post({ id: 'a', text: 'x' })).toMatchObject({ status: 200, body: { id: 'a', text: 'x' } });
  await dev.project.write({ 'src/models/note.js': model('words') });
  await until(() => readFileSync(types(), 'utf8').includes('words?: string'));
  await until(async () => (await post({ id: 'a', words: 'x' })).status === 200);
  expect(dev.events).toContainEqual({
    type: 'note',
    text: 'Types: src/generated/apigen.d.ts, src/generated/apigen.js',
  });
});

it('stay as they were while the project is broken', async () => {
  const before = readFileSync(types(), 'utf8');
  await dev.project.write({ 'src/models/note.js': 'throw new Error("half written");\n' });
  await until(() => dev.events.some((event) => event.type === 'broken' && event.what === 'models'));
  expect(readFileSync(types(), 'utf8')).toBe(before);
  await dev.project.write({ 'src/models/note.js': model('healed') });
  await until(() => readFileSync(types(), 'utf8').includes('healed?: string'));
});
