import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { runCli } from '../harness/cli.ts';
import { terminalStream } from '../harness/terminal-stream.ts';

let cwd: string;
beforeEach(() => {
  cwd = realpathSync(mkdtempSync(join(tmpdir(), 'apigen-init-')));
});
afterEach(() => rmSync(cwd, { recursive: true }));

const init = (...args: string[]) => runCli(['init', ...args], { cwd });
const read = (path: string) => readFileSync(join(cwd, path), 'utf8');

describe('apigen init', () => {
  it('makes a project, and says what to do next and how to do the same again', async () => {
    const { code, stdout } = await init('shop', '--yes', '--region', 'eu-west-1');
    expect(code).toBe(0);
    expect(stdout).toContain('Made shop: HTTP API, TypeScript, eu-west-1');
    expect(stdout).toContain('cd shop\n  npm install\n  npm test');
    expect(stdout).toContain('apigen init shop --type http --region eu-west-1 --language typescript --yes');
    expect(read('shop/apigen.yml')).toContain('# yaml-language-server: $schema=./apigen.schema.json\n');
    expect(read('shop/apigen.yml')).toContain('\nname: shop\nregion: eu-west-1\n');
    expect(JSON.parse(read('shop/package.json'))).toMatchObject({ name: 'shop', private: true, type: 'module' });
    expect(JSON.parse(read('shop/apigen.schema.json'))).toMatchObject({ title: 'apigen.yml' });
    expect(read('shop/.gitignore')).toContain('.apigen/');
    expect(read('shop/src/models/product.ts')).not.toContain('<schema>');
  });

  it('gives the same project for the command that it prints', async () => {
    const { stdout } = await init('shop', '--yes', '--type', 'rest', '--language', 'javascript');
    const again = /apigen (init shop .*)$/m.exec(stdout)?.[1]?.split(' ') ?? [];
    mkdirSync(join(cwd, 'second'));
    await runCli(again, { cwd: join(cwd, 'second') });
    expect(readdirSync(join(cwd, 'second/shop'))).toEqual(readdirSync(join(cwd, 'shop')));
    expect(read('second/shop/apigen.yml')).toBe(read('shop/apigen.yml'));
    expect(read('shop/apigen.yml')).toContain('type: rest');
  });

  it('initialises the folder it stands in, named after it', async () => {
    mkdirSync(join(cwd, 'My Shop'));
    const { code } = await runCli(['init', '--yes'], { cwd: join(cwd, 'My Shop'), env: { AWS_REGION: 'eu-north-1' } });
    expect(code).toBe(0);
    expect(read('My Shop/apigen.yml')).toContain('\nname: my-shop\nregion: eu-north-1\n');
  });

  it('prints one JSON document with --json', async () => {
    const { stdout } = await init('shop', '--yes', '--json');
    expect(JSON.parse(stdout)).toMatchObject({
      isNew: true,
      folder: join(cwd, 'shop'),
      project: { name: 'shop', type: 'http', region: 'us-east-1', language: 'typescript' },
      created: expect.arrayContaining(['apigen.yml', 'package.json', 'src/products/create.ts']),
      kept: [],
      command: expect.stringContaining('--yes'),
    });
  });

  it('asks on a terminal, and takes Enter for the default', async () => {
    const keys = terminalStream(80);
    const running = runCli(['init', 'shop'], { cwd, columns: 80, keys });
    const typing = setInterval(() => keys.write('\r'), 150);
    const { code, stdout, stderr } = await running.finally(() => clearInterval(typing));
    expect(stderr).toContain('Type of API');
    expect(code).toBe(0);
    expect(stdout).toContain('The same without questions: apigen init shop');
    expect(read('shop/apigen.yml')).toContain('type: http');
  });

  it('says which flag to give where nobody is there to ask', async () => {
    const { code, stderr } = await init('shop');
    expect(code).toBe(2);
    expect(stderr).toContain('--yes');
    expect(readdirSync(cwd)).toEqual([]);
  });
});

describe('apigen init where something is', () => {
  it('adds nothing to a project that has everything', async () => {
    await init('shop', '--yes');
    const before = read('shop/apigen.yml');
    const { code, stdout } = await init('shop', '--yes', '--type', 'rest');
    expect(code).toBe(0);
    expect(stdout).toContain('shop has all its files: nothing to add');
    expect(read('shop/apigen.yml')).toBe(before);
  });

  it('adds only what is missing, and touches nothing else', async () => {
    await init('shop', '--yes');
    rmSync(join(cwd, 'shop/.gitignore'));
    rmSync(join(cwd, 'shop/src/products/get.ts'));
    writeFileSync(join(cwd, 'shop/src/products/list.ts'), '// mine\n');
    const { stdout } = await init('shop', '--yes', '--json');
    expect(JSON.parse(stdout).created).toEqual(['.gitignore', 'src/products/get.ts']);
    expect(read('shop/src/products/list.ts')).toBe('// mine\n');
  });

  it('does not bring the sample into a project that has none of it', async () => {
    mkdirSync(join(cwd, 'own'));
    writeFileSync(join(cwd, 'own/apigen.yml'), 'name: own\nregion: eu-west-1\nfunctions: { work: src/work.handler }\n');
    const { stdout } = await runCli(['init', '--yes', '--json'], { cwd: join(cwd, 'own') });
    expect(JSON.parse(stdout).created).toEqual(['package.json', '.gitignore', 'apigen.schema.json']);
  });

  it('keeps files of a folder that is no project yet', async () => {
    mkdirSync(join(cwd, 'shop'));
    writeFileSync(join(cwd, 'shop/package.json'), '{"name":"theirs"}\n');
    const { code, stdout } = await init('shop', '--yes');
    expect(code).toBe(0);
    expect(read('shop/package.json')).toBe('{"name":"theirs"}\n');
    expect(stdout).toContain('npm install dynamoose@4');
  });

  it('brings the editor’s schema up to date when apigen wrote it, and leaves one that it did not write', async () => {
    await init('shop', '--yes');
    const schema = join(cwd, 'shop/apigen.schema.json');
    const current = read('shop/apigen.schema.json');
    writeFileSync(schema, current.replace('"title": "apigen.yml"', '"title": "older"'));
    expect((await init('shop', '--yes')).stdout).toContain('apigen.schema.json (brought up to date)');
    expect(read('shop/apigen.schema.json')).toBe(current);
    writeFileSync(schema, '{}\n');
    await init('shop', '--yes');
    expect(read('shop/apigen.schema.json')).toBe('{}\n');
  });

  it('says what is wrong with an apigen.yml that cannot be read', async () => {
    mkdirSync(join(cwd, 'shop'));
    writeFileSync(join(cwd, 'shop/apigen.yml'), 'nmae: shop\n');
    const { code, stderr } = await init('shop', '--yes');
    expect(code).toBe(1);
    expect(stderr).toContain('Did you mean name?');
    expect(readdirSync(join(cwd, 'shop'))).toEqual(['apigen.yml']);
  });
});

describe('apigen init refuses', () => {
  it.each([
    ['../evil', 'must be lower-case'],
    ['a/b', 'must be lower-case'],
    ['/tmp/evil', 'must be lower-case'],
    ['Shop', 'apigen init'],
    ['..', 'must be lower-case'],
    ['x'.repeat(33), 'longer than 32'],
    ['shop;rm -rf', 'must be lower-case'],
  ])('the name %s', async (name, reason) => {
    const { code, stderr } = await init(name, '--yes');
    expect(code).toBe(2);
    expect(stderr).toContain(reason);
    expect(readdirSync(cwd)).toEqual([]);
  });

  it('a region that does not exist', async () => {
    const { code, stderr } = await init('shop', '--yes', '--region', 'eu-wset-1');
    expect(code).toBe(2);
    expect(stderr).toContain('Did you mean eu-west-1?');
    expect(readdirSync(cwd)).toEqual([]);
  });

  it('a file, and a link that leads out of the folder', async () => {
    const elsewhere = realpathSync(mkdtempSync(join(tmpdir(), 'apigen-elsewhere-')));
    try {
      symlinkSync(elsewhere, join(cwd, 'linked'));
      writeFileSync(join(cwd, 'taken'), '');
      expect(await init('linked', '--yes')).toMatchObject({ code: 1, stderr: expect.stringContaining('leads out') });
      expect(await init('taken', '--yes')).toMatchObject({
        code: 1,
        stderr: expect.stringContaining('taken is a file'),
      });
      expect(readdirSync(elsewhere)).toEqual([]);
    } finally {
      rmSync(elsewhere, { recursive: true });
    }
  });
});
