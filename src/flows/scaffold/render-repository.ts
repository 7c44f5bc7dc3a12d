// The code of a model's repository, made from the sample's: the same functions with other names and keys.

import { importPath } from './import-path.ts';
import type { Language } from './language.ts';
import { onlyUsedImports, renameSamples } from './rename-sample.ts';
import { isVariable, keyCode, namesType, partsOf, quoted, storedCode } from './repository-key.ts';
import { isText, type KeyPart, type ListFunction, listFunctions, type RepositoryModel } from './repository-model.ts';
import { repositoryFile } from './repository-paths.ts';
import { readTemplate, replaceMarked } from './template.ts';
import { plural } from './words.ts';

export interface RepositoryParts {
  readonly model: RepositoryModel;
  /** `--with`: the model that a transaction changes along. */
  readonly other: RepositoryModel | undefined;
  readonly language: Language;
}

/** @param shared what repositories share, relative to the root */
export async function renderRepository(parts: RepositoryParts, shared: string): Promise<string> {
  const { model, other, language } = parts;
  const { key, written, filled } = model;
  const path = repositoryFile(model.file);
  const template = named(await readTemplate(language, 'src/models/order-repository'), parts);
  const optional = filled.length === 0 ? '' : ` &\n  Partial<Pick<${model.itemType}, ${namesType(filled)}>>`;
  const text = replaceMarked(template, {
    all: (block) => (key.range === undefined ? block : ''),
    index: (block) =>
      listFunctions(model)
        .map((list) => renderList(block, list, model))
        .join(''),
    with: (block) => (other === undefined ? '' : renderWith(block, other, language)),
    key: (_block, indent) => `${indent}return ${keyCode(key, 'key', language)};\n`,
  })
    .replace("'customerId' | 'placedAt'>", () => `${namesType(partsOf(key).map(({ name }) => name))}>`)
    .replace(/'version' \| 'createdAt' \| 'updatedAt'>;/, () => {
      return `${namesType(['version', ...written, ...filled])}>${optional};`;
    })
    .replace(/'\.\.\/repository\.\w+'/, () => `'${importPath(path, shared)}'`)
    .replace(/'\.\/(order|product)\.\w+'/g, (_all, sample: string) => {
      return `'${importPath(path, (sample === 'order' ? model : other)?.file ?? path)}'`;
    });
  return onlyUsedImports(text);
}

/** A template of a repository or its test with the names of its models. */
export function named(template: string, { model, other }: RepositoryParts): string {
  const second = other === undefined ? [] : [{ sample: 'Product', ...other }];
  return renameSamples(template, [{ sample: 'Order', ...model }, ...second]);
}

function renderList(block: string, list: ListFunction, model: RepositoryModel): string {
  const { hash, range, index, name, isWhole } = list;
  const taken = ['sort', 'page', 'readPage', 'startsWith', 'all', 'found', model.name];
  const parameter = isVariable(hash.name, taken) ? hash.name : 'value';
  const type = `${model.itemType}[${quoted(hash.name)}]`;
  const page = `ItemPage<${model.itemType}>`;
  const listed = block
    .replace('one status, by total.', () => `one ${hash.name}${range === undefined ? '' : `, by ${range.name}`}.`)
    .replace(`list${plural(model.name)}ByStatus`, () => name)
    .replace(`NonNullable<${model.itemType}['status']>`, () => (hash.required ? type : `NonNullable<${type}>`))
    .replace(page, () => (isWhole ? page : `ItemPage<Partial<${model.itemType}>>`))
    .replace(/^( +)status(?=[:,])/m, (_all, indent: string) => `${indent}${parameter}`)
    .replace('(status,', () => `(${parameter},`)
    .replace("query('status')", () => `query(${quoted(hash.name)})`)
    .replace('.eq(status)', () => `.eq(${storedCode(parameter, hash)})`)
    .replace(".using('byStatus')", () => (index === undefined ? '' : `.using(${quoted(index)})`));
  return range && isText(range) ? withPrefix(listed, range) : listed;
}

/** Of items that share a hash key those whose sort key begins alike: an order with its lines, in one query. */
function withPrefix(block: string, range: KeyPart): string {
  return block
    .replace(
      /(by [^.\n]+)\. \*\//,
      (_all, by: string) => `${by}; \`startsWith\`: of those alone whose ${range.name} begins so. */`,
    )
    .replace(/\{ sort = 'ascending', \.\.\.page \}(: QueryOptions)?/, (_all, type: string | undefined) => {
      const typed = type === undefined ? '' : `${type} & { readonly startsWith?: string | undefined }`;
      return `{ sort = 'ascending', startsWith, ...page }${typed}`;
    })
    .replace(/^( *)return readPage\((.*)\.sort\(sort\), page\);/m, (_all, indent: string, query: string) =>
      [
        `const all = ${query};`,
        `const found = startsWith === undefined ? all : all.where(${quoted(range.name)}).beginsWith(startsWith);`,
        'return readPage(found.sort(sort), page);',
      ]
        .map((line) => indent + line)
        .join('\n'),
    );
}

/** The transaction. A model that counts its changes is asked for its version, any other only has to be there. */
function renderWith(block: string, other: RepositoryModel, language: Language): string {
  const { name, key, isVersioned, written } = other;
  const keys = partsOf(key).map((part) => part.name);
  const given = [...keys, ...(isVersioned ? ['version'] : [])];
  const omitted = ['keyof Item', `keyof ${name}Key`, ...(written.length === 0 ? [] : [namesType(written)])].join(' | ');
  const change = isVersioned ? '{ $SET: changes, $ADD: { version: 1 } }' : '{ $SET: changes }';
  const condition = isVersioned
    ? 'unchanged(other.version)'
    : `new dynamoose.Condition().attribute(${quoted(key.hash.name)}).exists()`;
  return block
    .replace('{ id: other.id }', () => keyCode(key, 'other', language))
    .replace('{ $SET: changes }', () => change)
    .replace("new dynamoose.Condition().attribute('id').exists()", () => condition)
    .replace(/Pick<\w+, 'id'>/, (pick) => pick.replace("'id'", () => namesType(given)))
    .replace(/keyof Item \| .*(?=>>;)/, () => omitted);
}
