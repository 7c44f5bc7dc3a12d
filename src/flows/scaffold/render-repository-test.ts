// The test of a model's repository, made from the sample's, with items of the model's own types.

import { importPath } from './import-path.ts';
import { property } from './key-code.ts';
import { extensionOf } from './language.ts';
import { onlyUsedImports } from './rename-sample.ts';
import { named, type RepositoryParts } from './render-repository.ts';
import { keyCode, member } from './repository-key.ts';
import { isText, listFunctions, type RepositoryModel } from './repository-model.ts';
import { repositoryFile, repositoryTestFile } from './repository-paths.ts';
import { changeable, sampleCount, sampleCountOf, sampleLines } from './sample-value.ts';
import { readTemplate, replaceMarked } from './template.ts';
import { plural } from './words.ts';

export interface SharedFiles {
  /** What repositories share, relative to the root. */
  readonly repository: string;
  /** What tests of repositories share. */
  readonly tables: string;
}

export async function renderRepositoryTest(parts: RepositoryParts, shared: SharedFiles): Promise<string> {
  const { model, other, language } = parts;
  const template = named(await readTemplate(language, `test/order-repository.test.${extensionOf(language)}`), parts);
  const path = repositoryTestFile(model.file);
  const count = sampleCount(model);
  const lists = listsOf(model);
  const many = plural(model.name);
  const text = replaceMarked(template, {
    sample: (_block, indent) => indented(sampleLines(model), indent),
    with: (block) => (other === undefined ? '' : renderWith(block, other, parts)),
    samples: () => `const SAMPLES = [${[...Array(count).keys()].join(', ')}];\n`,
    change: (block) => changeCode(block, model),
    lists: (_block, indent) =>
      indented(
        lists.map(({ call, found }) => `assert.equal(await count((page) => ${call('page')}), ${found});`),
        indent,
      ),
    cursor: (_block, indent) =>
      indented(
        lists.slice(0, 1).map(({ call }) => `await assert.rejects(${call("{ cursor: 'none' }")}, CursorError);`),
        indent,
      ),
  })
    .replace(new RegExp(`^ {2}listAll${many},\\n {2}list${many}ByStatus,\\n`, 'm'), () =>
      [...new Set(lists.map(({ name }) => `  ${name},\n`))].join(''),
    )
    .replace(/'\.\.\/src\/models\/order-repository\.\w+'/, () => `'${importPath(path, repositoryFile(model.file))}'`)
    .replace(/'\.\.\/src\/models\/product\.\w+'/, () => `'${importPath(path, other?.file ?? '')}'`)
    .replace(/'\.\.\/src\/repository\.\w+'/, () => `'${importPath(path, shared.repository)}'`)
    .replace(/'\.\/tables\.\w+'/, () => `'${importPath(path, shared.tables)}'`);
  // A key of one value has no second sample.
  const possible = count > 1 ? text : text.replace(/^.*\(sample\(1\).*\n/gm, '');
  return onlyUsedImports(possible);
}

interface ListCall {
  readonly name: string;
  readonly found: number;
  /** Its call, as code. */
  call(page: string): string;
}

function listsOf(model: RepositoryModel): readonly ListCall[] {
  const all = `listAll${plural(model.name)}`;
  const whole = { name: all, found: sampleCount(model), call: (page: string) => `${all}(${page})` };
  return [
    ...(model.key.range === undefined ? [whole] : []),
    ...listFunctions(model).flatMap(({ name, hash, range, index }) => {
      const item = member('sample(0)', hash.name);
      const value = hash.required ? item : `${item} ?? assert.fail()`;
      const found = sampleCountOf(model, hash.name);
      const whole = { name, found, call: (page: string) => `${name}(${value}, ${page})` };
      // The samples of one key differ in their sort keys.
      if (!range || index !== undefined || !isText(range) || found < 2) return [whole];
      const startsWith = member('sample(0)', range.name);
      return [
        whole,
        { name, found: 1, call: (page: string) => `${name}(${value}, { ...${page}, startsWith: ${startsWith} })` },
      ];
    }),
  ];
}

/** Without an attribute to change, an update still raises the version. */
function changeCode(block: string, model: RepositoryModel): string {
  const name = changeable(model, { variable: true });
  if (name !== undefined) return block.replaceAll('total', () => name);
  return `    const updated = await update${model.name}(sample(0), {}, version);\n`;
}

function renderWith(block: string, other: RepositoryModel, { language }: RepositoryParts): string {
  const name = changeable(other, { variable: false });
  const versioned = (code: string) => (other.isVersioned ? `{ ...${code}, version: 1 }` : code);
  return replaceMarked(block, { other: (_block, indent) => indented(sampleLines(other, { sameKey: true }), indent) })
    .replaceAll('{ id: other(0).id }', () => keyCode(other.key, 'other(0)', language))
    .replace('.create(other(0))', () => `.create(${versioned('other(0)')})`)
    .replace('sample(0), other(0),', () => `sample(0), ${versioned('other(0)')},`)
    .replace(/^.*changed\.name.*\n/m, (line) =>
      name === undefined ? '' : line.replaceAll('.name', () => member('', name)),
    )
    .replaceAll(/\{ name: (other\(\d\))\.name \}/g, (_all, item: string) => {
      return name === undefined ? '{}' : `{ ${property(name)}: ${member(item, name)} }`;
    });
}

function indented(lines: readonly string[], indent: string): string {
  return lines.map((line) => `${indent}${line}\n`).join('');
}
