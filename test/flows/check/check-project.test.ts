import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { checkProject } from '../../../src/flows/check/check-project.ts';
import { loadProject } from '../../../src/project/load-project.ts';

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

function folderWith(files: Readonly<Record<string, string>>): string {
  const root = mkdtempSync(join(tmpdir(), 'apigen-check-'));
  folders.push(root);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

async function problemsOf(yaml: string, files: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const root = folderWith({ ...files, 'apigen.yml': `name: shop\nregion: eu-west-1\n${yaml}` });
  const problems = await checkProject(await loadProject({ cwd: root }));
  return problems.map(({ code, message, hint, position }) => {
    const file = position?.file.slice(root.length + 1);
    return `${file}:${position?.line}:${position?.column} ${code} ${message} → ${hint}`;
  });
}

const functions = (...handlers: string[]) =>
  `functions:\n${handlers.map((handler, index) => `  f${index}: ${handler}\n`).join('')}`;

describe('a handler on disk', () => {
  it.each([
    ['src/a.ts', 'export const handler = async () => {};'],
    ['src/a.mts', 'export async function handler() {}'],
    ['src/a.js', 'export { run as handler } from "./run.js";'],
    ['src/a.mjs', 'const handler = 1; export { handler };'],
    ['src/a.js', 'exports.handler = async () => {};'],
    ['src/a.js', 'module.exports = { handler: async () => {} };'],
    ['src/a.ts', 'export * from "./b.ts";'],
    ['src/a/index.ts', 'export class handler {}'],
  ])('may be %s with %j', async (file, text) => {
    expect(await problemsOf(functions('src/a.handler'), { [file]: text })).toEqual([]);
  });

  it('must exist: the line of apigen.yml and the files beside it are named', async () => {
    const [problem, ...others] = await problemsOf(functions('src/products/creat.handler'), {
      'src/products/create.ts': 'export const handler = 1;',
    });
    expect(others).toEqual([]);
    expect(problem).toContain('apigen.yml:4:3 HANDLER_NOT_FOUND');
    expect(problem).toContain('holds create');
  });

  it('must export the name: the nearest export is offered', async () => {
    const files = { 'src/a.ts': 'export const handle = 1;', 'src/b.js': 'exports.main = 1;' };
    expect(await problemsOf(functions('src/a.handler', 'src/b.handler'), files)).toEqual([
      'apigen.yml:4:3 HANDLER_EXPORT_NOT_FOUND src/a.ts exports nothing named handler → Write src/a.handle, or export handler',
      'apigen.yml:5:3 HANDLER_EXPORT_NOT_FOUND src/b.js exports nothing named handler → Export it there, or correct src/b.handler',
    ]);
  });

  it('must be an export of an ES module where the file is one', async () => {
    const files = { 'package.json': '{ "type": "module" }', 'src/a.js': 'exports.handler = async () => 1;' };
    expect(await problemsOf(functions('src/a.handler'), files)).toEqual([
      expect.stringContaining('→ Write "export const handler = …": exports.handler is CommonJS, for .cjs files'),
    ]);
  });

  it('does not count a type as an export', async () => {
    const files = { 'src/a.ts': 'export type handler = string; export interface Other {}' };
    expect(await problemsOf(functions('src/a.handler'), files)).toHaveLength(1);
  });

  it('that does not parse is named with its own line, and does not hide the others', async () => {
    const problems = await problemsOf(functions('src/a.handler', 'src/b.handler'), {
      'src/a.ts': '\n\nexport const = 3;',
    });
    expect(problems).toEqual([
      expect.stringContaining('apigen.yml:5:3 HANDLER_NOT_FOUND'),
      expect.stringContaining('src/a.ts:3:14 BUILD_FAILED'),
    ]);
  });
});

describe('a model on disk', () => {
  it('must be a file', async () => {
    const yaml = 'models:\n  Product: src/models/product.ts\n  Order: src/models\n  Cart: src/models.js\n';
    expect(await problemsOf('models:\n  Product: src/models/product.ts\n', { 'src/models/product.ts': '' })).toEqual(
      [],
    );
    expect(await problemsOf(yaml.replace('Order: src/models\n', 'Order: src/models/order.ts\n'), {})).toEqual([
      'apigen.yml:4:3 MODEL_FILE_NOT_FOUND The model file src/models/product.ts does not exist → apigen add-model Product',
      expect.stringContaining('apigen.yml:5:3 MODEL_FILE_NOT_FOUND'),
      expect.stringContaining('apigen.yml:6:3 MODEL_FILE_NOT_FOUND'),
    ]);
  });

  it('must not be a link that leaves the project', async () => {
    const elsewhere = folderWith({ 'model.ts': 'export const Model = 1;' });
    const root = folderWith({ 'apigen.yml': 'name: shop\nregion: eu-west-1\nmodels:\n  A: model.ts\n' });
    symlinkSync(join(elsewhere, 'model.ts'), join(root, 'model.ts'));
    expect(await checkProject(await loadProject({ cwd: root }))).toMatchObject([{ code: 'LEAVES_PROJECT' }]);
  });
});
