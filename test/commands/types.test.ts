import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { runCli, spawnCli } from '../harness/cli.ts';

let cwd: string;
beforeEach(async () => {
  const parent = realpathSync(mkdtempSync(join(tmpdir(), 'apigen-types-')));
  await runCli(['init', 'shop', '--yes', '--region', 'eu-west-1'], { cwd: parent });
  cwd = join(parent, 'shop');
  symlinkSync(resolve('node_modules'), join(cwd, 'node_modules'));
});
afterEach(() => rmSync(join(cwd, '..'), { recursive: true }));

const apigen = (...args: string[]) => runCli(args, { cwd });
const read = (path: string) => readFileSync(join(cwd, path), 'utf8');
const write = (path: string, text: string) => writeFileSync(join(cwd, path), text);
const addBody = () =>
  write('apigen.yml', read('apigen.yml').replace('create.handler,', 'create.handler, body: Product,'));

describe('apigen types', () => {
  it('writes the files, and nothing when they are right', async () => {
    const first = await apigen('types');
    expect(first).toMatchObject({ code: 0 });
    expect(first.stdout).toBe(`✓ Wrote types of 1 model, 4 routes
  + src/generated/apigen.ts
  + src/generated/decode.ts
  + src/generated/events.ts
`);
    expect((await apigen('types')).stdout).toBe('✓ The types are up to date: 1 model, 4 routes\n');
  });

  it('rewrites only what changed', async () => {
    await apigen('types');
    addBody();
    const { stdout } = await apigen('types');
    expect(stdout).toBe('✓ Wrote types of 1 model, 4 routes\n  ~ src/generated/apigen.ts\n');
    expect(read('src/generated/apigen.ts')).toContain("'POST /products': {\n    public: {");
  });

  it('are compared by apigen check, which warns where a project has them and they are out of date', async () => {
    const warned = async (): Promise<string> => {
      const { code, stderr } = await apigen('check');
      expect(code).toBe(0);
      return stderr;
    };
    expect(await warned()).not.toContain('types');
    await apigen('types');
    expect(await warned()).not.toContain('types');
    addBody();
    expect(await warned()).toContain(
      'The generated types are out of date: src/generated/apigen.ts\n  Try: apigen types',
    );
  });

  it('checks without writing, and exits 3 when a file is out of date', async () => {
    const missing = await apigen('types', '--check');
    expect(missing.code).toBe(3);
    expect(missing.stdout).toContain('✗ The types are out of date\n  + src/generated/apigen.ts');
    expect(missing.stdout).toContain('Try: apigen types');
    expect(existsSync(join(cwd, 'src/generated'))).toBe(false);
    await apigen('types');
    expect((await apigen('types', '--check')).code).toBe(0);
    addBody();
    const { code, stdout } = await apigen('types', '--check', '--json');
    expect(code).toBe(3);
    expect(JSON.parse(stdout)).toMatchObject({
      ok: false,
      files: [
        { path: 'src/generated/apigen.ts', state: 'changed' },
        { path: 'src/generated/decode.ts', state: 'current' },
        { path: 'src/generated/events.ts', state: 'current' },
      ],
    });
  });

  it('takes line ends of Windows for what they are', async () => {
    await apigen('types');
    write('src/generated/events.ts', read('src/generated/events.ts').replaceAll('\n', '\r\n'));
    expect((await apigen('types', '--check')).code).toBe(0);
  });

  it('writes declarations beside JavaScript, and takes away what the other language left', async () => {
    await apigen('types');
    rmSync(join(cwd, 'tsconfig.json'));
    const list = 'export const handler = async () => ({ statusCode: 200 });\n';
    write('src/list.js', list);
    write(
      'apigen.yml',
      `name: shop\nregion: eu-west-1\napis:\n  p: { type: http, auth: none, routes: { GET /: src/list.handler } }\n`,
    );
    const { stdout } = await apigen('types');
    expect(stdout.split('\n').slice(1)).toEqual([
      '  + src/generated/apigen.d.ts',
      '  + src/generated/apigen.js',
      '  + src/generated/decode.js',
      '  + src/generated/events.d.ts',
      '  - src/generated/apigen.ts',
      '  - src/generated/decode.ts',
      '  - src/generated/events.ts',
      '',
    ]);
    expect((await apigen('types', '--check')).code).toBe(0);
  });

  it('leaves a file of yours alone, whatever stands in its way', async () => {
    await apigen('types');
    write('src/generated/events.ts', 'export const mine = 1;\n');
    addBody();
    const before = read('src/generated/apigen.ts');
    const { code, stderr } = await apigen('types');
    expect(code).toBe(1);
    expect(stderr).toContain('src/generated/events.ts is yours');
    expect(read('src/generated/apigen.ts')).toBe(before);
    expect(read('src/generated/events.ts')).toBe('export const mine = 1;\n');
  });

  it('says what stands in the way of the folder or of a file', async () => {
    write('src/generated', '');
    expect((await apigen('types')).stderr).toContain('A file stands where the folder src/generated should be');
    rmSync(join(cwd, 'src/generated'));
    mkdirSync(join(cwd, 'src/generated/decode.ts'), { recursive: true });
    expect((await apigen('types')).stderr).toContain('src/generated/decode.ts is yours');
    rmSync(join(cwd, 'src/generated'), { recursive: true });
    symlinkSync(join(cwd, '..'), join(cwd, 'src/generated'));
    expect((await apigen('types')).stderr).toContain('leads out of the project');
    expect(existsSync(join(cwd, '../apigen.ts'))).toBe(false);
  });

  it('writes nothing for a project that is broken, and names the lines', async () => {
    write('apigen.yml', read('apigen.yml').replace('type: http', 'type: htttp'));
    const broken = await apigen('types');
    expect(broken.code).toBe(1);
    expect(broken.stderr).toMatch(/apigen\.yml:\d+:\d+/);
    expect(existsSync(join(cwd, 'src/generated'))).toBe(false);
  });

  it('writes nothing when a model does not load, and keeps the types that are there', async () => {
    await apigen('types');
    const before = read('src/generated/apigen.ts');
    write('src/models/product.ts', "throw new Error('no model today');\n");
    for (const args of [['types'], ['types', '--check']]) {
      const { code, stderr } = await apigen(...args);
      expect(code).toBe(1);
      expect(stderr).toContain('no model today');
    }
    expect(read('src/generated/apigen.ts')).toBe(before);
  });

  it('says that there is no project', async () => {
    const { code, stderr } = await runCli(['types'], { cwd: join(cwd, '..') });
    expect(code).toBe(1);
    expect(stderr).toContain('apigen init');
  });

  it('writes the same from the built program, from any folder of the project', async () => {
    await apigen('types');
    const { code, stdout } = await spawnCli(['types', '--check'], { cwd: join(cwd, 'src') });
    expect([code, stdout]).toEqual([0, '✓ The types are up to date: 1 model, 4 routes\n']);
  });
});

describe('commands that change the project', () => {
  it('make no types where there are none', async () => {
    await apigen('add-route', 'GET /x');
    expect(existsSync(join(cwd, 'src/generated'))).toBe(false);
  });

  it('bring types up to date and say so', async () => {
    await apigen('types');
    const route = await apigen('add-route', 'PUT /products/{id}', '--model', 'Product', '--body', 'Product');
    expect(route.stdout).toContain('  ~ apigen.yml\n  ~ src/generated/apigen.ts\n');
    const model = await apigen('add-model', 'Order', '--json');
    expect(JSON.parse(model.stdout)).toMatchObject({ model: 'Order', types: { files: ['src/generated/apigen.ts'] } });
    const auth = await runCli(['add-auth', 'legacy', '--lambda', 'src/legacy.handler'], { cwd: join(cwd, 'src') });
    expect(auth.stdout).toContain('  ~ generated/apigen.ts\n');
    expect((await apigen('types', '--check')).code).toBe(0);
  });

  it('do what they can with a broken model, and name the next command', async () => {
    await apigen('types');
    write('src/models/product.ts', "throw new Error('no model today');\n");
    const { code, stdout } = await apigen('add-route', 'GET /x');
    expect(code).toBe(0);
    expect(stdout).toContain(
      'the types in src/generated stayed as they were: The project has a problem. Then: apigen types',
    );
  });
});
