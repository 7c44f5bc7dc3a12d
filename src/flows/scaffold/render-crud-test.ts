// The test of a model's five routes, made from the sample's, with items of the model's own types.

import { posix } from 'node:path';
import type { Project } from '../../project/project.ts';
import type { NewFile } from './create-files.ts';
import type { CrudHandler } from './crud-routes.ts';
import { property } from './key-code.ts';
import { extensionOf, type Language } from './language.ts';
import { isVersioned, type KeyAttribute, keyOf, type ModelFacts } from './model-facts.ts';
import { sourceOf } from './new-handler.ts';
import { repositoryModelOf } from './read-repository-model.ts';
import { renameModel } from './rename-model.ts';
import type { RepositoryModel } from './repository-model.ts';
import { changeable, sampleCount, sampleLines } from './sample-value.ts';
import { readTemplate, replaceMarked } from './template.ts';

export interface CrudTest {
  readonly language: Language;
  /** Relative to the root, without extension: `test/products.test`. */
  readonly module: string;
  /** What it imports, relative to the root. */
  readonly http: string;
  readonly tables: string;
}

/** `test/customers-orders.test` for `src/customers/orders`, or a name beside it where there is such a test. */
export function crudTestModule(project: Project, folder: string): string {
  const name = folder.replace(/^src\//, '').replaceAll('/', '-');
  const module = `test/${name}.test`;
  return sourceOf(project, { module }) === undefined ? module : `test/${name}-crud.test`;
}

/** The file of the test. */
export async function renderCrudTest(
  { language, module, http, tables }: CrudTest,
  handlers: readonly CrudHandler[],
  model: ModelFacts,
): Promise<NewFile> {
  const extension = extensionOf(language);
  const path = `${module}.${extension}`;
  const template = await readTemplate(language, `test/crud.test.${extension}`);
  const sampled = sampledModel(model);
  const count = sampleCount(sampled);
  const change = changeable(sampled, { variable: true });
  const bound = handlers.find(({ route }) => route.action === 'create')?.route.bound ?? [];
  // DynamoDB takes no update of nothing.
  const updates = change !== undefined || sampled.written.length > 0 || isVersioned(model);
  const changing = {
    // A repository's model counts its changes.
    before: (block: string) => (isVersioned(model) ? block.replace('...change }', '...change, version: 2 }') : block),
    change: (block: string) =>
      change === undefined ? block.replace(/\{.*\}/, '{}') : block.replaceAll('price', () => change),
  };
  const text = replaceMarked(renameModel(template, model), {
    update: (block) => (updates ? replaceMarked(block, changing) : ''),
    sample: (_block, indent) =>
      sampleLines(sampled)
        .map((line) => `${indent}${line}\n`)
        .join(''),
    samples: () => `const SAMPLES = [${[...Array(count).keys()].join(', ')}];\n`,
    path: (_block, indent) => `${indent}const pathParameters = { ${keyOf(model).map(pathEntry).join(', ')} };\n`,
    sent: (block) =>
      bound.length === 0
        ? block
        : block.replace(
            'sample(n)',
            `{ ...sample(n), ${bound.map(({ name }) => `${property(name)}: undefined`).join(', ')} }`,
          ),
  });
  const from = (file: string) => {
    const relative = posix.relative(posix.dirname(path), file);
    return relative.startsWith('.') ? relative : `./${relative}`;
  };
  return {
    path,
    // An enum in a key may allow one item alone.
    text: (count > 1 ? text : text.replaceAll(/^.*\brequest\(1\b.*\n/gm, ''))
      .replace(updates ? '' : /^import \{ handler as update \}.*\n/m, '')
      .replaceAll(/\n{3,}/g, '\n\n')
      .replaceAll(/'\.\.\/src\/\w+\/(create|get|list|remove|update)\.\w+'/g, (whole, action: string) => {
        const made = handlers.find(({ handler }) => handler.module.endsWith(`/${action}`));
        return made === undefined ? whole : `'${from(`${made.handler.module}.${extension}`)}'`;
      })
      .replace(/'\.\.\/src\/http\.\w+'/, () => `'${from(http)}'`)
      .replace(/'\.\/tables\.\w+'/, () => `'${from(tables)}'`),
  };
}

/** `placedAt: sample(n).placedAt.toISOString()` */
function pathEntry({ name, type }: KeyAttribute): string {
  const value = `sample(n)${property(name) === name ? `.${name}` : `['${name}']`}`;
  if (typeof type !== 'string') return `${property(name)}: ${value}.toISOString()`;
  return `${property(name)}: ${type === 'number' ? `String(${value})` : value}`;
}

/** What a body may say: nothing that has a default. */
function sampledModel({ spec, itemType = '' }: ModelFacts): RepositoryModel {
  const model = repositoryModelOf(spec, itemType);
  return { ...model, attributes: model.attributes.filter(({ name }) => !model.filled.includes(name)) };
}
