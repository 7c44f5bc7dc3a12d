import { createHash } from 'node:crypto';
import { renameSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { strFromU8, unzipSync } from 'fflate';
import { type BuiltFunction, buildFunctions } from '../../src/build/build-functions.ts';
import { InvalidProjectError, type Problem } from '../../src/errors.ts';
import type { Project } from '../../src/project/project.ts';
import { projectOnDisk, removeProjects, writeSource } from './projects.ts';
import { runFunction } from './run-function.ts';

afterAll(removeProjects);

async function buildOne(project: Project): Promise<BuiltFunction> {
  const [built] = await buildFunctions(project);
  if (built === undefined) throw new Error('nothing was built');
  return built;
}

async function problemsOf(project: Project, options = {}): Promise<readonly Problem[]> {
  const error = await buildFunctions(project, options).catch((reason: unknown) => reason);
  if (!(error instanceof InvalidProjectError)) throw new Error(`no problems were reported: ${String(error)}`);
  return error.problems;
}

describe('a built function', () => {
  it('runs from its zip alone, with the handler that apigen.yml names', async () => {
    const project = projectOnDisk({
      files: {
        'src/greet.ts': `import { upper } from './text';
          export const other = () => 'never';
          export async function hello(event: { name: string }): Promise<string> { return upper('hello ' + event.name); }`,
        'src/text.ts': 'export const upper = (text: string) => text.toUpperCase();',
      },
      functions: { greet: 'src/greet.hello' },
    });
    const built = await buildOne(project);
    expect(built).toMatchObject({ name: 'greet', handler: 'index.handler', models: [] });
    expect(await runFunction(built, { name: 'ada' })).toMatchObject({ result: 'HELLO ADA' });
  });

  it('is described as Lambda describes it', async () => {
    const built = await buildOne(
      projectOnDisk({ files: { 'a.js': 'exports.handler = () => 1' }, functions: { a: 'a.handler' } }),
    );
    const files = unzipSync(built.zip);
    expect(Object.keys(files)).toEqual(['index.js']);
    expect(built.codeSha256).toBe(createHash('sha256').update(built.zip).digest('base64'));
    expect(built.sizeBytes).toBe(built.zip.byteLength);
    expect(built.unzippedBytes).toBe(files['index.js']?.byteLength);
  });

  it('leaves out what other exports of its file import', async () => {
    const project = projectOnDisk({
      files: {
        'src/many.ts': `import { heavy } from './heavy';
          export const light = () => 'light';
          export const weighty = () => heavy;`,
        'src/heavy.ts': `export const heavy = 'a heavy thing';`,
      },
      functions: { light: 'src/many.light', weighty: 'src/many.weighty' },
    });
    const texts = (await buildFunctions(project)).map((built) =>
      strFromU8(unzipSync(built.zip)['index.js'] ?? new Uint8Array()),
    );
    expect(texts[0]).not.toContain('a heavy thing');
    expect(texts[1]).toContain('a heavy thing');
  });

  it('may await at the top level, which makes it alone an ES module', async () => {
    const project = projectOnDisk({
      files: {
        'src/waits.ts': `import { ready } from './ready'; export const handler = () => ready + require('node:path').sep + __dirname.length;`,
        'src/ready.ts': `export const ready: string = await Promise.resolve('ready');`,
        'src/plain.ts': `export const handler = () => 'plain';`,
      },
      functions: { plain: 'src/plain.handler', waits: 'src/waits.handler' },
    });
    const [plain, waits] = await buildFunctions(project);
    expect(Object.keys(unzipSync(plain?.zip ?? new Uint8Array()))).toEqual(['index.js']);
    expect(Object.keys(unzipSync(waits?.zip ?? new Uint8Array()))).toEqual(['index.mjs']);
    const answer = waits === undefined ? undefined : await runFunction(waits, {});
    expect(answer?.result).toMatch(/^ready\/\d+$/);
  });

  it('knows where it is, though it is bundled as CommonJS', async () => {
    const project = projectOnDisk({
      files: {
        'a.ts': `export const handler = () => [import.meta.url.startsWith('file:///'), import.meta.dirname === __dirname];`,
      },
      functions: { a: 'a.handler' },
    });
    expect(await runFunction(await buildOne(project), {})).toMatchObject({ result: [true, true] });
  });

  it('keeps the names of classes and functions, which code may ask for', async () => {
    const project = projectOnDisk({
      files: {
        'a.ts': `class OutOfStock extends Error {}
          function order() { throw new OutOfStock('none left'); }
          export const handler = () => { try { order(); } catch (e) { return [(e as Error).constructor.name, order.name]; } };`,
      },
      functions: { a: 'a.handler' },
    });
    expect(await runFunction(await buildOne(project), {})).toMatchObject({ result: ['OutOfStock', 'order'] });
  });

  it('carries a source map under its own name only when asked', async () => {
    const project = projectOnDisk({
      files: { 'a.ts': 'export const handler = () => 1' },
      functions: { a: 'a.handler' },
    });
    const [built] = await buildFunctions(project, { sourceMaps: true });
    const files = unzipSync(built?.zip ?? new Uint8Array());
    expect(Object.keys(files)).toEqual(['index.js', 'index.js.map']);
    expect(strFromU8(files['index.js'] ?? new Uint8Array())).toMatch(/\n\/\/# sourceMappingURL=index\.js\.map\n$/);
  });
});

describe('the bytes of a zip', () => {
  const files = {
    'src/one.ts': `import { tag } from './shared'; export const handler = () => tag + 1;`,
    'src/two.ts': `const { tag } = require('./shared'); export const handler = () => tag + 2;`,
    'src/shared.ts': `export const tag = 'tag'; export class Thing extends Error {}`,
  };

  it('do not depend on the folder, the time or the time zone', async () => {
    const first = projectOnDisk({ files, functions: { one: 'src/one.handler' } });
    const second = projectOnDisk({ files, functions: { one: 'src/one.handler' } });
    const zone = process.env.TZ;
    process.env.TZ = 'Asia/Tokyo';
    const inTokyo = await buildOne(first);
    process.env.TZ = 'America/Los_Angeles';
    const inLosAngeles = await buildOne(second);
    if (zone === undefined) delete process.env.TZ;
    else process.env.TZ = zone;
    expect(inTokyo.codeSha256).toBe(inLosAngeles.codeSha256);
  });

  it('do not depend on the order, modes and times of the sources, source maps included', async () => {
    const turned = Object.fromEntries(Object.entries(files).reverse());
    const functions = { one: 'src/one.handler', two: 'src/two.handler' };
    const first = projectOnDisk({ files, functions });
    const umask = process.umask(0o077);
    const second = projectOnDisk({ files: turned, functions });
    process.umask(umask);
    for (const path of Object.keys(files)) utimesSync(join(second.root, path), 1_000_000, 1_000_000);
    const hashes = async (project: Project) =>
      (await buildFunctions(project, { sourceMaps: true })).map((built) => [built.name, built.codeSha256]);
    expect(await hashes(second)).toEqual(await hashes(first));
  });

  it('do not depend on the other functions of the project', async () => {
    const both = projectOnDisk({ files, functions: { two: 'src/two.handler', one: 'src/one.handler' } });
    const alone = projectOnDisk({ files, functions: { one: 'src/one.handler' } });
    const [, one] = await buildFunctions(both);
    expect(one?.name).toBe('one');
    expect(one?.codeSha256).toBe((await buildOne(alone)).codeSha256);
  });

  it('change with the code of that function alone', async () => {
    const project = projectOnDisk({ files, functions: { one: 'src/one.handler', two: 'src/two.handler' } });
    const before = await buildFunctions(project);
    writeSource(project.root, 'src/one.ts', `export const handler = () => 'changed';`);
    const after = await buildFunctions(project);
    expect(after.map((built, i) => built.codeSha256 === before[i]?.codeSha256)).toEqual([false, true]);
  });

  it('hold no path of this machine', async () => {
    const project = projectOnDisk({ files, functions: { one: 'src/one.handler', two: 'src/two.handler' } });
    for (const built of await buildFunctions(project, { sourceMaps: true })) {
      for (const contents of Object.values(unzipSync(built.zip)))
        expect(strFromU8(contents)).not.toContain(project.root);
    }
  });

  it('give every file the permissions rw-r--r--', async () => {
    const built = await buildOne(projectOnDisk({ files, functions: { one: 'src/one.handler' } }));
    const zip = Buffer.from(built.zip);
    const directory = zip.indexOf(Buffer.from('PK\x01\x02', 'latin1'));
    expect((zip.readUInt32LE(directory + 38) >>> 16).toString(8)).toBe('100644');
  });
});

describe('a function that cannot be built', () => {
  it('is named with the line of apigen.yml when its file is missing, with the files that are there', async () => {
    const project = projectOnDisk({ files: { 'src/list.ts': '' }, functions: { a: 'src/lst.handler' } });
    expect(await problemsOf(project)).toEqual([
      {
        code: 'HANDLER_NOT_FOUND',
        message: 'The handler src/lst.handler has no file: src/lst.ts (or .js) does not exist',
        hint: 'Create it, or correct the name; src holds list.',
        position: { file: join(project.root, 'apigen.yml'), line: 7, column: 3 },
      },
    ]);
  });

  it.each([
    ['TypeScript', 'src/a.ts', 'export const other = 1;'],
    ['an ES module', 'src/a.mjs', 'export const other = 1;'],
    ['CommonJS', 'src/a.js', 'exports.other = 1;'],
    ['a file without exports', 'src/a.js', 'console.log(1);'],
  ])('is named when %s does not export the handler', async (_, file, contents) => {
    const project = projectOnDisk({ files: { [file]: contents }, functions: { a: 'src/a.handler' } });
    expect(await problemsOf(project)).toMatchObject([
      { code: 'HANDLER_EXPORT_NOT_FOUND', message: `${file} exports nothing named handler`, position: { line: 7 } },
    ]);
  });

  it('points at the character of a syntax error, counted as people count', async () => {
    const project = projectOnDisk({
      files: { 'src/a.ts': "export const handler = () => 1;\nconst é = 'é' +* 2;\n" },
      functions: { a: 'src/a.handler' },
    });
    expect(await problemsOf(project)).toMatchObject([
      {
        code: 'BUILD_FAILED',
        message: 'Unexpected "*"',
        position: { file: join(project.root, 'src/a.ts'), line: 2, column: 16 },
      },
    ]);
  });

  it('names the package that is not installed and how to install it', async () => {
    const project = projectOnDisk({
      files: {
        'src/a.ts':
          "import { x } from '@acme/left-pad/deep';\nimport y from './nowhere';\nexport const handler = () => [x, y];",
      },
      functions: { a: 'src/a.handler' },
    });
    expect(await problemsOf(project)).toMatchObject([
      {
        code: 'UNRESOLVED_IMPORT',
        message: 'The package @acme/left-pad is not installed',
        hint: 'npm install @acme/left-pad',
        position: { line: 1 },
      },
      { code: 'UNRESOLVED_IMPORT', message: 'There is no file "./nowhere" beside this one', position: { line: 2 } },
    ]);
  });

  it('does not hide the problems of others, and a shared mistake is told once', async () => {
    const project = projectOnDisk({
      files: {
        'src/a.ts': `import './shared'; export const handler = 1;`,
        'src/b.ts': `import './shared'; export const handler = 1;`,
        'src/shared.ts': 'const = 1;',
      },
      functions: { a: 'src/a.handler', b: 'src/b.handler', c: 'src/c.handler' },
    });
    expect((await problemsOf(project)).map(({ code }) => code)).toEqual(['HANDLER_NOT_FOUND', 'BUILD_FAILED']);
  });

  it.each([
    ['its zip has', { zipBytes: 100, unzippedBytes: 1_000_000 }],
    ['unzipped', { zipBytes: 100, unzippedBytes: 200_000 }],
  ])('is refused over the limits of Lambda, with its biggest parts: %s', async (said, limits) => {
    const project = projectOnDisk({
      files: {
        'src/a.ts': `import big from './big.json'; export const handler = () => big;`,
        'src/big.json': JSON.stringify('x'.repeat(300_000)),
      },
      functions: { a: 'src/a.handler' },
    });
    const [problem, ...others] = await problemsOf(project, { limits });
    expect(others).toEqual([]);
    expect(problem?.code).toBe('FUNCTION_TOO_LARGE');
    expect(problem?.message).toContain('The function a is too large');
    expect(problem?.message).toContain(said);
    expect(problem?.message).toContain('src/big.json (293 KB)');
  });
});

it('builds the functions that are asked for, in the order of the project', async () => {
  const project = projectOnDisk({
    files: { 'a.ts': 'export const one = 1, two = 2, three = 3;' },
    functions: { three: 'a.three', one: 'a.one', two: 'a.two' },
  });
  expect((await buildFunctions(project)).map(({ name }) => name)).toEqual(['three', 'one', 'two']);
  expect((await buildFunctions(project, { only: ['two'] })).map(({ name }) => name)).toEqual(['two']);
  renameSync(join(project.root, 'a.ts'), join(project.root, 'b.ts'));
  await expect(buildFunctions(project)).rejects.toThrow(InvalidProjectError);
});
