// The test of a model's repository, made from the sample's, with items of the model's own types.

import { extensionOf, type Language } from './language.ts';
import { listFunctions, onlyUsedImports, rename } from './render-repository.ts';
import type { RepositoryModel } from './repository-model.ts';
import { importPath, repositoryFile, repositoryTestFile } from './repository-paths.ts';
import { changeable, sampleCount, sampleCountOf, sampleLines } from './sample-value.ts';
import { readTemplate, replaceMarked } from './template.ts';
import { plural } from './words.ts';

export interface SharedFiles {
  /** What repositories share, relative to the root. */
  readonly repository: string;
  /** What tests of repositories share. */
  readonly tables: string;
}

export async function renderRepositoryTest(
  model: RepositoryModel,
  language: Language,
  shared: SharedFiles,
): Promise<string> {
  const sample = await readTemplate(language, `test/order-repository.test.${extensionOf(language)}`);
  const template = rename(sample, model);
  const path = repositoryTestFile(model.file);
  const count = sampleCount(model);
  const lists = listsOf(model);
  const many = plural(model.name);
  const text = replaceMarked(template, {
    sample: (_block, indent) =>
      sampleLines(model)
        .map((line) => `${indent}${line}\n`)
        .join(''),
    samples: () => `const SAMPLES = [${[...Array(count).keys()].join(', ')}];\n`,
    change: (block) => changeCode(block, changeable(model), model),
    lists: (_block, indent) =>
      lists
        .map(({ name, value, found }) => {
          const call = `${name}(${value === undefined ? '' : `${value}, `}page)`;
          return `${indent}assert.equal(await count((page) => ${call}), ${found});\n`;
        })
        .join(''),
    cursor: (_block, indent) =>
      lists
        .slice(0, 1)
        .map(({ name, value }) => {
          const call = `${name}(${value === undefined ? '' : `${value}, `}{ cursor: 'none' })`;
          return `${indent}await assert.rejects(${call}, CursorError);\n`;
        })
        .join(''),
  })
    .replace(new RegExp(`^ {2}listAll${many},\\n {2}list${many}ByStatus,\\n`, 'm'), () =>
      lists.map(({ name }) => `  ${name},\n`).join(''),
    )
    .replace(/'\.\.\/src\/models\/order-repository\.\w+'/, () => `'${importPath(path, repositoryFile(model.file))}'`)
    .replace(/'\.\.\/src\/repository\.\w+'/, () => `'${importPath(path, shared.repository)}'`)
    .replace(/'\.\/tables\.\w+'/, () => `'${importPath(path, shared.tables)}'`);
  const needed = count > 1 ? text : text.replace(/^.*\(sample\(1\).*\n/gm, '');
  return onlyUsedImports(needed);
}

interface ListCall {
  readonly name: string;
  /** What it is asked for, as code. */
  readonly value: string | undefined;
  readonly found: number;
}

function listsOf(model: RepositoryModel): readonly ListCall[] {
  const whole = model.key.range === undefined ? [`listAll${plural(model.name)}`] : [];
  return [
    ...whole.map((name) => ({ name, value: undefined, found: sampleCount(model) })),
    ...listFunctions(model).map(({ name, hash }) => {
      const item = `sample(0)${/^\w+$/.test(hash.name) ? `.${hash.name}` : `['${hash.name}']`}`;
      return { name, value: hash.required ? item : `${item} ?? assert.fail()`, found: sampleCountOf(model, hash.name) };
    }),
  ];
}

/** Without an attribute to change, an update still raises the version. */
function changeCode(block: string, name: string | undefined, { name: model }: RepositoryModel): string {
  if (name !== undefined) return block.replaceAll('total', () => name);
  return `    const updated = await update${model}(sample(0), {}, version);\n`;
}
