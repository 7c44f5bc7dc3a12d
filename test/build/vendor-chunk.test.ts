import { readdirSync, rmSync, statSync, utimesSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { findHandlerSource } from '../../src/build/handler-source.ts';
import { type IncrementalBuild, incrementalBundler } from '../../src/build/incremental-bundler.ts';
import { VendorChunks } from '../../src/build/vendor-chunk.ts';
import type { BuildSettings, Project } from '../../src/project/project.ts';
import { projectOnDisk, removeProjects, writeSource } from './projects.ts';

afterAll(removeProjects);

const PACKAGES = {
  'node_modules/dynamoose/package.json': '{"name":"dynamoose","main":"dist/index.js"}',
  'node_modules/dynamoose/dist/index.js': `const { Client } = require('@aws-sdk/client-dynamodb');
    exports.client = new Client();
    exports.Table = { defaults: { set(values) { exports.Table.values = values; } } };`,
  'node_modules/@aws-sdk/client-dynamodb/package.json': '{"name":"@aws-sdk/client-dynamodb","main":"index.js"}',
  'node_modules/@aws-sdk/client-dynamodb/index.js': 'exports.Client = class Client {}; exports.version = 1;',
  'node_modules/@aws-sdk/client-s3/package.json': '{"name":"@aws-sdk/client-s3","main":"index.js"}',
  'node_modules/@aws-sdk/client-s3/index.js':
    'globalThis.s3Runs = (globalThis.s3Runs ?? 0) + 1; exports.S3 = class S3 {};',
  'node_modules/@smithy/core/package.json':
    '{"name":"@smithy/core","exports":{".":{"module":"./es.js","require":"./c.js"}}}',
  'node_modules/@smithy/core/es.js': 'export const kind = "es"; export function named() { return "named"; }',
  'node_modules/@smithy/core/c.js': 'exports.kind = "c";',
  // Another package that uses the SDK.
  'node_modules/thing/package.json': '{"name":"thing","main":"index.js"}',
  'node_modules/thing/index.js': `exports.Client = require('@aws-sdk/client-dynamodb').Client;`,
};
const HANDLER = `import dynamoose from 'dynamoose';
  import { Client } from '@aws-sdk/client-dynamodb';
  import { Client as Other } from 'thing';
  import * as core from '@smithy/core';
  export const handler = async () => {
    const before = (globalThis as any).s3Runs ?? 0;
    const { S3 } = await import('@aws-sdk/client-s3');
    return {
      one: dynamoose.client instanceof Client && Client === Other,
      prefix: dynamoose.Table.values.prefix,
      core: [core.kind, core.named(), core.named.name],
      s3: [before, S3.name, (globalThis as any).s3Runs],
    };
  };`;

interface Bench {
  readonly project: Project;
  readonly folder: string;
  build(chunks?: VendorChunks): Promise<IncrementalBuild>;
}

function bench(files: Readonly<Record<string, string>>, build?: BuildSettings): Bench {
  const made = projectOnDisk({ files: { ...PACKAGES, ...files }, functions: { a: 'src/a.handler' }, packages: false });
  const declaration = made.functions['a'];
  if (declaration === undefined) throw new Error('no function');
  const project = { ...made, functions: { a: build === undefined ? declaration : { ...declaration, build } } };
  const folder = join(project.root, '.apigen', 'dev', 'vendor');
  return {
    project,
    folder,
    async build(chunks = new VendorChunks(project.root, folder)) {
      const source = findHandlerSource(project, project.functions.a);
      if ('code' in source) throw new Error(source.message);
      const bundler = incrementalBundler(project, source, { target: 'node20', readable: false, chunks });
      try {
        return await bundler.build();
      } finally {
        await bundler.dispose();
      }
    },
  };
}

async function run({ project }: Bench, { bundle, problems }: IncrementalBuild): Promise<unknown> {
  expect(problems).toEqual([]);
  const folder = join(project.root, '.apigen', 'run');
  rmSync(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  for (const [name, contents] of Object.entries(bundle?.files ?? {})) await writeFile(join(folder, name), contents);
  process.env['APIGEN_TABLE_PREFIX'] = 'shop-dev-';
  const main = join(folder, 'index.mjs');
  const file = statSync(main, { throwIfNoEntry: false }) === undefined ? join(folder, 'index.js') : main;
  const module = file === main ? await import(file) : createRequire(file)(file);
  return module.handler({}, {});
}

const codeOf = ({ bundle }: IncrementalBuild): string =>
  Buffer.from(bundle?.files['index.js'] ?? bundle?.files['index.mjs'] ?? '').toString();

describe('the chunk of Dynamoose and the AWS SDK', () => {
  const EXPECTED = {
    one: true,
    prefix: 'shop-dev-',
    core: ['es', 'named', 'named'],
  };

  it('holds each module once, whoever imports it, and runs what is imported later not before', async () => {
    const one = bench({ 'src/a.ts': HANDLER });
    const built = await one.build();
    expect(codeOf(built)).not.toContain('Client=class');
    expect(await run(one, built)).toMatchObject({ ...EXPECTED, s3: [0, 'S3', 1] });
    const chunk = createRequire(import.meta.url)(built.vendor ?? '');
    expect(() => chunk.preload()).not.toThrow();
  });

  it('serves functions that await at the top level', async () => {
    const one = bench({ 'src/a.ts': `await Promise.resolve();\n${HANDLER}` });
    expect(await run(one, await one.build())).toMatchObject(EXPECTED);
  });

  it('is built once for all starts, and again after a change of a package', async () => {
    const one = bench({
      'src/a.ts': `import { version } from '@aws-sdk/client-dynamodb'; export const handler = () => version;`,
    });
    const chunks = new VendorChunks(one.project.root, one.folder);
    const path = 'node_modules/@aws-sdk/client-dynamodb/index.js';
    // As installed a while ago.
    utimesSync(join(one.project.root, path), 1, 1);
    const { vendor = '' } = await one.build(chunks);
    const made = statSync(vendor).mtimeMs;
    const again = await one.build();
    expect([again.vendor, statSync(vendor).mtimeMs]).toEqual([vendor, made]);

    writeSource(one.project.root, path, 'exports.version = 22;');
    expect((await one.build(chunks)).vendor).toBe(vendor);
    chunks.recheck();
    const changed = await one.build(chunks);
    expect(changed.vendor).not.toBe(vendor);
    expect(await run(one, changed)).toBe(22);
  });

  it('is another one where an install leads an import elsewhere', async () => {
    const one = bench({ 'src/a.ts': `import { Client } from 'dynamoose'; export const handler = () => Client;` });
    const { vendor } = await one.build();
    const nested = 'node_modules/dynamoose/node_modules/@aws-sdk/client-dynamodb';
    writeSource(one.project.root, `${nested}/package.json`, '{"name":"@aws-sdk/client-dynamodb","main":"i.js"}');
    writeSource(one.project.root, `${nested}/i.js`, 'exports.Client = class Newer {};');
    writeSource(one.project.root, 'node_modules/.package-lock.json', '{}');
    expect((await one.build()).vendor).not.toBe(vendor);
  });

  it('is not there for a function without them', async () => {
    const one = bench({ 'src/a.ts': 'export const handler = () => 1;' });
    const built = await one.build();
    expect(built.vendor).toBeUndefined();
    expect(await run(one, built)).toBe(1);
  });

  it('leaves alone what a function leaves out', async () => {
    const one = bench(
      { 'src/a.ts': `import { Client } from '@aws-sdk/client-dynamodb'; export const handler = () => Client.name;` },
      { external: ['@aws-sdk/client-dynamodb'] },
    );
    const built = await one.build();
    expect(built.vendor).toBeUndefined();
    expect(codeOf(built)).toContain('require("@aws-sdk/client-dynamodb")');
    expect(await run(one, built)).toBe('Client');
  });

  it('is done without where it cannot be kept', async () => {
    const one = bench({ 'src/a.ts': HANDLER });
    writeSource(one.project.root, '.apigen/dev', 'a file where the folder would be');
    const built = await one.build();
    expect(built.vendor).toBeUndefined();
    expect(codeOf(built)).toContain('Client=class');
    expect(await run(one, built)).toMatchObject(EXPECTED);
  });

  it('hides no missing package', async () => {
    const one = bench({
      'src/a.ts': `import { model } from 'dynamoose'; export const handler = () => model;`,
      'node_modules/dynamoose/dist/index.js': `exports.model = require('@aws-sdk/absent');`,
    });
    const { problems } = await one.build();
    expect(problems).toMatchObject([
      { code: 'UNRESOLVED_IMPORT', message: 'The package @aws-sdk/absent is not installed' },
    ]);
  });

  it('that nobody has needed for a week goes when another is built', async () => {
    const one = bench({ 'src/a.ts': HANDLER });
    const { vendor = '' } = await one.build();
    for (const name of readdirSync(one.folder)) utimesSync(join(one.folder, name), 1, 1);
    writeSource(
      one.project.root,
      'src/a.ts',
      `import { S3 } from '@aws-sdk/client-s3'; export const handler = () => S3;`,
    );
    const { vendor: next = '' } = await one.build();
    const left = readdirSync(one.folder).map((name) => join(one.folder, name));
    expect(left).not.toContain(vendor);
    expect(left).toEqual(expect.arrayContaining([next, `${next}.map`]));
    expect(left).toHaveLength(3);
  });
});
