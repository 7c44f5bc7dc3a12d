// The test of a model's five handlers, made from the sample's own, with an item that the model could have.

import { posix } from 'node:path';
import type { Project } from '../../project/project.ts';
import { parameterOf } from '../../project/route-key.ts';
import type { NewFile } from './create-files.ts';
import type { CrudHandler } from './crud-routes.ts';
import { sampleEntries, sampleValue } from './crud-sample.ts';
import type { SharedPaths } from './handler-code.ts';
import { objectCode, property } from './key-code.ts';
import { extensionOf, type Language } from './language.ts';
import { keyOf, type ModelFacts } from './model-facts.ts';
import { sourceOf } from './new-handler.ts';
import { itemVariable, renameModel } from './rename-model.ts';
import { fillMarks, readTemplate } from './template.ts';

export interface CrudTest {
  readonly language: Language;
  /** Relative to the root, without extension: `test/products.test`. */
  readonly module: string;
  readonly shared: SharedPaths;
}

/** `test/customers-orders.test` for `src/customers/orders`, or a name beside it where there is such a test. */
export function crudTestModule(project: Project, folder: string): string {
  const name = folder.replace(/^src\//, '').replaceAll('/', '-');
  const module = `test/${name}.test`;
  return sourceOf(project, { module }) === undefined ? module : `test/${name}-crud.test`;
}

/** The file of the test. */
export async function renderCrudTest(
  { language, module, shared }: CrudTest,
  handlers: readonly CrudHandler[],
  model: ModelFacts,
): Promise<NewFile> {
  const extension = extensionOf(language);
  const path = `${module}.${extension}`;
  const of = (action: string) => handlers.find(({ handler }) => handler.module.endsWith(`/${action}`));
  const from = (file: string) => posix.relative(posix.dirname(path), file);
  const template = await readTemplate(language, `test/crud.test.${extension}`);
  // The project's own words go in last, so that none is taken for the sample's.
  const marked = template
    .replaceAll(/'\.\.\/src\/products\/(\w+)\.\w+'/g, (_all, action: string) => `'@${action}'`)
    .replace(/'\.\.\/src\/http\.\w+'/, () => `'${from(shared['src/http'])}'`)
    .replace(/'\.\.\/src\/models\/product\.\w+'/, () => `'@model'`)
    .replaceAll(/describe\('([A-Z]+) \/[^']*'/g, () => "describe('@route'");
  const order = ['list', 'create', 'get', 'update', 'remove'].flatMap((action) => of(action)?.text ?? []);
  const text = fillMarks(renameModel(marked, model), { sample: sampleLines(handlers, model) })
    .replaceAll('@route', () => order.shift() ?? '')
    .replaceAll(/'@(create|get|list|remove|update)'/g, (_all, action: string) => {
      return `'${from(`${of(action)?.handler.module}.${extension}`)}'`;
    })
    .replace("'@model'", () => `'${from(model.file)}'`);
  const isQuery = handlers.some(({ route }) => route.action === 'query');
  return { path, text: isQuery ? text.replace(", 'scan',", ", 'query',") : text };
}

function sampleLines(handlers: readonly CrudHandler[], model: ModelFacts): readonly string[] {
  const { key: collection } = handlers.find(({ route }) => route.action === 'create') ?? {};
  const last = collection?.segments.at(-1) ?? '';
  const keys = keyOf(model).map((one) => {
    const value = sampleValue(model.attributes.find(({ name }) => name === one.name)?.values ?? []);
    return { name: one.name, ...value, text: value.json.replaceAll("'", '') };
  });
  const bound = keys.filter(({ name }) => collection?.segments.includes(`{${name}}`));
  const here = bound.find(({ name }) => name === parameterOf(last))?.text ?? last;
  const address = ['.', here, ...keys.filter((one) => !bound.includes(one)).map(({ text }) => encodeURI(text))].join(
    '/',
  );
  const entries = sampleEntries(model.attributes);
  const different = entries.filter(({ value }) => value.json !== value.stored);
  const object = (name: string, parts: readonly (readonly [string, string])[], first: readonly string[] = []) =>
    objectCode([...first, ...parts.map(([one, code]) => `${property(one)}: ${code}`)], `const ${name} = `, ';').split(
      '\n',
    );
  const variable = itemVariable(model);
  return [
    `/** ${/^[aeiou]/i.test(variable) ? 'An' : 'A'} ${variable} as JSON has it and as it is stored; its key as it is stored and as a path has it; its address. */`,
    ...object(
      'sample',
      entries.map(({ name, value }) => [name, value.json]),
    ),
    ...object(
      'stored',
      different.map(({ name, value }) => [name, value.stored]),
      ['...sample'],
    ),
    ...object(
      'key',
      keys.map(({ name, stored }) => [name, stored]),
    ),
    ...object(
      'path',
      keys.map(({ name, text }) => [name, `'${text}'`]),
    ),
    `const address = '${address}';`,
  ];
}
