// Handlers with a Dynamoose model under dev: saved again and again, they keep what deploy's bundles give them.

import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type DevHarness, underDev } from './dev-harness.ts';

const yml = `name: shop
region: eu-west-1
models: { Note: src/models/note.ts }
functions:
  other: { handler: src/other.handler, environment: { GREETING: servus } }
  outside: { handler: src/outside.handler, build: { external: ['@aws-sdk/client-dynamodb', yaml] } }
  absent: { handler: src/absent.handler, build: { external: [not-there] } }
apis:
  public:
    type: http
    auth: none
    routes:
      GET /note: src/note.handler
      GET /other: src/other.handler
      GET /bare: src/bare.handler
      GET /outside: src/outside.handler
      GET /absent: src/absent.handler
`;

const model = `import dynamoose from 'dynamoose';
export const Note = dynamoose.model('Note', new dynamoose.Schema({ id: { type: String, hashKey: true }, text: String }));
`;

const handler = (version: number): string => `import * as dynamoose from 'dynamoose';
import { DynamoDB } from '@aws-sdk/client-dynamodb';
import { Note } from './models/note.ts';
let calls = 0;
export const handler = async () => {
  calls += 1;
  await Note.create({ id: 'one', text: 'version ${version}' }, { overwrite: true });
  const note = await Note.get('one');
  const stack = await dynamoose.transaction().then(() => 'none', (error) => error.stack);
  return { statusCode: 200, body: JSON.stringify({
    version: ${version}, calls, stack, text: note.text,
    model: note instanceof Note, client: dynamoose.aws.ddb() instanceof DynamoDB,
    name: process.env.AWS_LAMBDA_FUNCTION_NAME, greeting: process.env.GREETING ?? null, root: process.env.LAMBDA_TASK_ROOT,
    place: new Error().stack.split('\\n')[1],
  }) };
};
`;

const bare = (version: number): string =>
  `export const handler = async () => ({ statusCode: 200, body: JSON.stringify({ version: ${version}, name: process.env.AWS_LAMBDA_FUNCTION_NAME }) });\n`;

/** Takes one package by its bundle's own `require`, and looks for one that its zip would not carry. */
const outside = `import { DynamoDB } from '@aws-sdk/client-dynamodb';
import * as dynamoose from 'dynamoose';
import { parse } from 'yaml';
import { Note } from './models/note.ts';
const find = (name) => { try { return require(name) && 'found'; } catch (error) { return error.code; } };
export const handler = async () => ({ statusCode: 200, body: JSON.stringify({
  model: typeof Note.get, client: dynamoose.aws.ddb() instanceof DynamoDB, parsed: parse('a: 1'), other: find(['pico', 'match'].join('')),
}) });
`;

let dev: DevHarness;

beforeAll(async () => {
  dev = await underDev({
    'apigen.yml': yml,
    'src/models/note.ts': model,
    'src/note.ts': handler(0),
    'src/other.ts': handler(0),
    'src/bare.ts': bare(0),
    'src/outside.ts': outside,
    'src/absent.ts': outside,
  });
});
afterAll(() => dev.close());

const shows = (version: number) => (answer: { status: number; body: unknown }) =>
  answer.status === 200 && (answer.body as { version: number }).version === version;

describe('a saved handler with a model', () => {
  it('meets one instance of Dynamoose and of the SDK, its own environment, and fresh state with every save', async () => {
    for (let version = 0; version < 4; version += 1) {
      for (const [name, greeting] of [
        ['note', null],
        ['other', 'servus'],
      ] as const) {
        await dev.project.write({ [`src/${name}.ts`]: handler(version) });
        const { body } = await dev.until(`/${name}`, shows(version));
        expect(body).toMatchObject({
          calls: 1,
          text: `version ${version}`,
          model: true,
          client: true,
          name: `shop-dev-${name}`,
          greeting,
          root: expect.stringMatching(`/${name}/\\d+$`),
        });
      }
      await dev.project.write({ 'src/bare.ts': bare(version) });
      expect((await dev.until('/bare', shows(version))).body).toMatchObject({ name: 'shop-dev-bare' });
    }
  });

  it('has stacks that name the lines of its own source and of the packages', async () => {
    const { body } = await dev.get('/note');
    const { place, stack } = body as { place: string; stack: string };
    expect(place).toContain(`${dev.project.root}/src/note.ts:14:12`);
    expect(stack).toMatch(/node_modules\/dynamoose\/dist\/Transaction\.js:\d+:\d+/);
    expect(stack).not.toContain('.apigen');
  });

  it('meets the packages that its bundle leaves out, one instance with Dynamoose, and no others', async () => {
    const { status, body } = await dev.get('/outside');
    expect([status, body]).toEqual([
      200,
      { model: 'function', client: true, parsed: { a: 1 }, other: 'MODULE_NOT_FOUND' },
    ]);
    expect(await dev.get('/absent')).toMatchObject({
      status: 500,
      body: { problems: [{ code: 'PACKAGE_NOT_INSTALLED', hint: 'npm install not-there' }] },
    });
  });

  it('shares a chunk of the packages with every other that leaves out the same', async () => {
    const files = await readdir(join(dev.project.root, '.apigen', 'dev', 'vendor'));
    expect(files.filter((name) => name.endsWith('.cjs'))).toHaveLength(2);
  });
});
