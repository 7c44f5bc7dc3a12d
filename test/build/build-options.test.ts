// `build:` of apigen.yml: what a function carries beside its bundle, and how the bundle is written.

import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { strFromU8, unzipSync } from 'fflate';
import { type BuiltFunction, buildFunctions } from '../../src/build/build-functions.ts';
import { InvalidProjectError } from '../../src/errors.ts';
import { functionEnvironment } from '../../src/flows/converge/graph/function-environment.ts';
import type { BuildSettings, Project } from '../../src/project/project.ts';
import { projectOnDisk, removeProjects, writeSource } from './projects.ts';

afterAll(removeProjects);

const HANDLER = `import { size } from 'thing'; export const handler = () => size;`;
const PACKAGES = {
  'node_modules/thing/package.json': '{"name":"thing","version":"1.0.0","dependencies":{"part":"*","other":"*"}}',
  'node_modules/thing/index.js': "exports.size = require('part').version + require('other').version;",
  'node_modules/thing/index.d.ts': 'export declare const size: number;',
  'node_modules/thing/node_modules/part/package.json': '{"name":"part","version":"2.0.0"}',
  'node_modules/thing/node_modules/part/index.js': 'exports.version = 2;',
  'node_modules/other/package.json': '{"name":"other","version":"1.0.0","dependencies":{"part":"*"}}',
  'node_modules/other/index.js': "exports.version = require('part').version;",
  'node_modules/part/package.json': '{"name":"part","version":"10.0.0"}',
  'node_modules/part/index.js': 'exports.version = 10;',
};

function projectWith(build: BuildSettings, files: Readonly<Record<string, string>> = {}): Project {
  const project = projectOnDisk({
    files: { 'src/a.ts': HANDLER, ...PACKAGES, ...files },
    functions: { a: 'src/a.handler' },
    packages: false,
  });
  const functions = Object.entries(project.functions).map(([name, one]) => [name, { ...one, build }]);
  return { ...project, functions: Object.fromEntries(functions) as Project['functions'] };
}

async function buildOne(project: Project): Promise<BuiltFunction> {
  const [built] = await buildFunctions(project);
  if (built === undefined) throw new Error('nothing was built');
  return built;
}

const filesOf = (built: BuiltFunction): readonly string[] => Object.keys(unzipSync(built.zip)).sort();

async function problemsOf(project: Project): Promise<readonly { code: string; message: string; hint?: string }[]> {
  const error = await buildFunctions(project).catch((reason: unknown) => reason);
  if (!(error instanceof InvalidProjectError)) throw new Error('it was built');
  return error.problems as never;
}

/** The head of a shared library for a processor. */
const binary = (machine: number): string => `\x7fELF${'\0'.repeat(14)}${String.fromCharCode(machine)}\0`;

describe('packages that stay whole', () => {
  it('meet the versions of their dependencies that they meet in the project, and carry no types', async () => {
    const files = filesOf(await buildOne(projectWith({ external: ['thing'] })));
    expect(files).not.toContain('node_modules/thing/index.d.ts');
    const at = files.filter((path) => path.endsWith('part/index.js'));
    expect(at).toHaveLength(2);
    expect(files).toContain('node_modules/thing/index.js');
    expect(files).toContain('node_modules/other/index.js');
  });

  it('are hashed: another version is another function', async () => {
    const project = projectWith({ external: ['thing'] });
    const before = await buildOne(project);
    expect((await buildOne(project)).codeSha256).toBe(before.codeSha256);
    writeSource(project.root, 'node_modules/thing/index.js', 'exports.size = 3;');
    expect((await buildOne(project)).codeSha256).not.toBe(before.codeSha256);
  });

  it('must be installed', async () => {
    const problems = await problemsOf(projectWith({ external: ['thing', 'absent'] }));
    expect(problems).toMatchObject([{ code: 'PACKAGE_NOT_INSTALLED', hint: 'npm install absent' }]);
  });

  it('with native code must have it for the processor of the function', async () => {
    const problems = await problemsOf(
      projectWith({ native: ['thing'] }, { 'node_modules/thing/thing.node': binary(0x3e) }),
    );
    expect(problems).toMatchObject([{ code: 'NATIVE_PLATFORM' }]);
    expect(problems[0]?.hint).toContain('npm install --os=linux --cpu=arm64');
  });
});

describe('assets', () => {
  it('keep their paths, and are hashed', async () => {
    const project = projectWith({ assets: ['src/mail/**/*.txt'] }, { 'src/mail/de/hello.txt': 'Hallo' });
    const before = await buildOne(project);
    expect(strFromU8(unzipSync(before.zip)['src/mail/de/hello.txt'] ?? new Uint8Array())).toBe('Hallo');
    writeSource(project.root, 'src/mail/de/hello.txt', 'Servus');
    expect((await buildOne(project)).codeSha256).not.toBe(before.codeSha256);
  });

  it('may not leave the project by a link, nor match nothing', async () => {
    const project = projectWith({ assets: ['src/mail/*', 'gone/*'] }, { 'src/mail/one.txt': '1' });
    symlinkSync('/etc/hostname', join(project.root, 'src/mail/host.txt'));
    const messages = (await problemsOf(project)).map(({ message }) => message);
    expect(messages).toEqual([
      'The asset src/mail/host.txt leads out of the project',
      'The assets gone/* of the function a match no file',
    ]);
  });
});

describe('minify and source maps', () => {
  it('are as apigen.yml says, with the option that Node needs for maps', async () => {
    const project = projectWith({ minify: false, sourceMaps: true });
    const built = await buildOne(project);
    expect(filesOf(built)).toEqual(['index.js', 'index.js.map']);
    const plain = await buildOne(projectWith({}));
    expect(filesOf(plain)).toEqual(['index.js']);
    const a = project.functions.a;
    if (a === undefined) throw new Error('no function');
    const place = { account: '000000000000', partition: 'aws', project, tables: [] };
    const own = { ...a, environment: { NODE_OPTIONS: '--no-warnings' } };
    expect(functionEnvironment(place, own, [])).toEqual({ NODE_OPTIONS: '--no-warnings --enable-source-maps' });
    expect(unzipSync(built.zip)['index.js']?.length).toBeGreaterThan(unzipSync(plain.zip)['index.js']?.length ?? 0);
  });
});
