// A small project under dev: called, edited, broken, healed, and given other routes and tables while it runs.

import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type DevHarness, underDev } from './dev-harness.ts';

const handler = (text: string): string =>
  `import { words } from './words.ts';\nexport const handler = async () => ({ statusCode: 200, body: JSON.stringify({ say: \`\${words} ${text}\` }) });\n`;

const yml = (routes: string, models = ''): string =>
  `name: shop\nregion: eu-west-1\n${models}apis:\n  public:\n    type: http\n    auth: none\n    cors: { origins: ['*'] }\n    routes:\n${routes}`;

const routes = [
  '      GET /hello: src/hello.handler\n',
  '      GET /other: src/other.handler\n',
  '      GET /fails: src/fails.handler\n',
  '      GET /slow: src/slow.handler\n',
].join('');

const model = `import dynamoose from 'dynamoose';
export const Note = dynamoose.model('Note', new dynamoose.Schema({ id: { type: String, hashKey: true }, text: String }));
`;

const notes = `import { Note } from './models/note.ts';
export const handler = async (event) => {
  if (event.body) await Note.create(JSON.parse(event.body));
  const note = await Note.get(event.pathParameters.id);
  return { statusCode: note ? 200 : 404, body: JSON.stringify({ note: note ?? null, table: process.env.NOTE_TABLE }) };
};
`;

let dev: DevHarness;

beforeAll(async () => {
  dev = await underDev({
    'apigen.yml': yml(routes),
    'src/words.ts': "export const words = 'hello';\n",
    'src/hello.ts': handler('one'),
    'src/other.ts':
      'export const handler = async () => ({ statusCode: 200, body: JSON.stringify({ region: process.env.AWS_REGION, name: process.env.AWS_LAMBDA_FUNCTION_NAME, secret: process.env.SHELL_SECRET ?? null }) });\n',
    'src/fails.ts':
      '// A first line.\ntype Answer = { a: string };\nexport const handler = async (): Promise<Answer> => {\n  throw new Error("it failed");\n};\n',
    'src/slow.ts':
      'export const handler = async () => { await new Promise((r) => setTimeout(r, 700)); return { statusCode: 200, body: \'"old"\' }; };\n',
  });
});
afterAll(() => dev.close());

describe('a project under dev', () => {
  it('answers through its functions, which get the environment that deploy gives them', async () => {
    expect(await dev.get('/hello')).toMatchObject({ status: 200, body: { say: 'hello one' } });
    expect((await dev.get('/other')).body).toEqual({ region: 'eu-west-1', name: 'shop-dev-other', secret: null });
    expect((await dev.get('/nowhere')).status).toBe(404);
  });

  it('says of each request which function answered, how fast, and whether it was warm', async () => {
    await dev.get('/hello?x=1');
    expect(dev.events.findLast(({ type }) => type === 'request')).toEqual({
      type: 'request',
      api: 'public',
      method: 'GET',
      path: '/hello?x=1',
      status: 200,
      ms: expect.any(Number),
      function: 'hello',
      start: 'warm',
    });
  });

  it('names the line of TypeScript where a handler threw', async () => {
    expect((await dev.get('/fails')).status).toBe(500);
    const printed = dev.events.flatMap((event) => (event.type === 'output' ? [event.text] : [])).join('');
    expect(printed).toContain('Error: it failed');
    expect(printed).toContain(`${dev.project.root}/src/fails.ts:4:9`);
  });

  it('takes up a saved handler, and a saved file that a handler imports', async () => {
    await dev.project.write({ 'src/hello.ts': handler('two') });
    await dev.until('/hello', ({ body }) => JSON.stringify(body).includes('hello two'));
    await dev.project.write({ 'src/words.ts': "export const words = 'good day';\n" });
    await dev.until('/hello', ({ body }) => JSON.stringify(body).includes('good day two'));
    const reloaded = dev.events.flatMap((event) => (event.type === 'reloaded' ? [event.what] : []));
    expect(new Set(reloaded)).toEqual(new Set(['hello']));
  });

  it('finishes a request in flight on the code it started with', async () => {
    await dev.get('/slow');
    const inFlight = dev.get('/slow');
    await new Promise((resolve) => setTimeout(resolve, 100));
    await dev.project.write({
      'src/slow.ts': 'export const handler = async () => ({ statusCode: 200, body: \'"new"\' });\n',
    });
    await dev.until('/slow', ({ body }) => body === 'new');
    expect((await inFlight).body).toBe('old');
  });

  it('answers a broken file with its problem, across origins too, and heals on the next save', async () => {
    await dev.project.write({ 'src/hello.ts': 'export const handler = async () => {\n  return {{;\n' });
    const broken = await dev.until('/hello', ({ status }) => status === 500);
    expect(broken.body).toMatchObject({
      message: 'hello cannot run as its files stand',
      problems: [{ code: 'BUILD_FAILED', file: `${dev.project.root}/src/hello.ts`, line: 2 }],
    });
    const shared = await dev.get('/hello', { headers: { origin: 'https://shop.example.com' } });
    expect(shared.headers.get('access-control-allow-origin')).toBe('*');
    expect((await dev.get('/other')).status).toBe(200);
    await dev.project.write({ 'src/hello.ts': handler('three') });
    await dev.until('/hello', ({ body }) => JSON.stringify(body).includes('good day three'));
    expect(dev.events).toContainEqual({ type: 'healed', what: 'hello' });
  });

  it('heals when a missing import appears where nobody looked', async () => {
    await dev.project.write({ 'src/hello.ts': "export { handler } from './far/away/hello.ts';\n" });
    await dev.until('/hello', ({ status }) => status === 500);
    await dev.project.write({
      'src/far/away/hello.ts': 'export const handler = async () => ({ statusCode: 200, body: \'"found"\' });\n',
    });
    await dev.until('/hello', ({ body }) => body === 'found');
  });

  it('takes up other paths of a tsconfig, and a folder that went', async () => {
    const word = (text: string): string => `export const word = '${text}';\n`;
    const paths = (folder: string): string =>
      JSON.stringify({ compilerOptions: { paths: { '@word': [`./src/${folder}/word.ts`] } } });
    await dev.project.write({
      'src/one/word.ts': word('one'),
      'src/two/word.ts': word('two'),
      'tsconfig.json': paths('one'),
      'src/hello.ts':
        "import { word } from '@word';\nexport const handler = async () => ({ statusCode: 200, body: JSON.stringify(word) });\n",
    });
    await dev.until('/hello', ({ body }) => body === 'one');
    await dev.project.write({ 'tsconfig.json': paths('two') });
    await dev.until('/hello', ({ body }) => body === 'two');
    await rename(join(dev.project.root, 'src/two'), join(dev.project.root, 'src/three'));
    const broken = await dev.until('/hello', ({ status }) => status === 500);
    expect(JSON.stringify(broken.body)).toContain('@word');
    await dev.project.write({ 'tsconfig.json': paths('three') });
    await dev.until('/hello', ({ body }) => body === 'two');
  });

  it('takes up routes of a saved apigen.yml, and says what is wrong with a broken one until it is mended', async () => {
    const more = `${routes}      GET /again: src/other.handler\n`;
    await dev.project.write({ 'apigen.yml': yml(more) });
    await dev.until('/again', ({ status }) => status === 200);
    await dev.project.write({ 'apigen.yml': yml(`${more}      GET /bad: { handlr: src/other.handler }\n`) });
    const broken = await dev.until('/again', ({ status }) => status === 500);
    expect(broken.body).toMatchObject({ message: 'apigen.yml cannot run as its files stand' });
    expect(JSON.stringify(broken.body)).toContain('handlr');
    await dev.project.write({ 'apigen.yml': yml(routes) });
    await dev.until('/again', ({ status }) => status === 404);
    expect((await dev.get('/other')).status).toBe(200);
  });

  it('makes the table of a model that is added while it runs', async () => {
    await dev.project.write({ 'src/models/note.ts': model, 'src/notes.ts': notes });
    const access = '{ handler: src/notes.handler, access: { Note: write } }';
    const added = `${routes}      GET /notes/{id}: ${access}\n      PUT /notes/{id}: ${access}\n`;
    await dev.project.write({ 'apigen.yml': yml(added, 'models:\n  Note: src/models/note.ts\n') });
    await dev.until('/notes/a', ({ status, body }) => status === 404 && JSON.stringify(body).includes('table'));
    const stored = await dev.get('/notes/a', { method: 'PUT', body: '{"id":"a","text":"kept"}' });
    expect(stored.body).toEqual({ note: { id: 'a', text: 'kept' }, table: 'shop-dev-Note' });
  });

  it('says what is wrong with a model, and heals with it, keeping the items', async () => {
    await dev.project.write({ 'src/models/note.ts': model.replace('new dynamoose.Schema', 'new dynamoose.Scheme') });
    const broken = await dev.until('/notes/a', ({ status }) => status === 500);
    expect(broken.body).toMatchObject({ problems: [{ file: `${dev.project.root}/src/models/note.ts` }] });
    await dev.project.write({ 'src/models/note.ts': model });
    const healed = await dev.until('/notes/a', ({ status }) => status === 200);
    expect(healed.body).toMatchObject({ note: { id: 'a', text: 'kept' } });
  });

  it('starts its functions anew when it is told to', async () => {
    await dev.get('/other');
    const before = dev.events.length;
    await dev.session.restart();
    expect((await dev.get('/other')).status).toBe(200);
    const request = dev.events.slice(before).find((event) => event.type === 'request');
    expect(request).toMatchObject({ function: 'other', start: 'cold' });
  });
});

it('a session that ends while it reloads leaves nothing that listens', async () => {
  const ending = await underDev({
    'apigen.yml': yml('      GET /hello: src/hello.handler\n'),
    'src/hello.ts': 'export const handler = async () => ({ statusCode: 200 });\n',
  });
  const restarting = ending.session.restart();
  await ending.close();
  await restarting;
  await expect(fetch(ending.url)).rejects.toThrow('fetch failed');
});
