// The code of a model's repository, made from the sample's: the same functions with other names and keys.

import type { Language } from './language.ts';
import type { KeyPart, RepositoryModel } from './repository-model.ts';
import { importPath, repositoryFile } from './repository-paths.ts';
import { propertyName } from './sample-value.ts';
import { readTemplate, replaceMarked } from './template.ts';
import { isReserved, kebabCase, plural } from './words.ts';

/** A function of the repository that lists by a key. */
export interface ListFunction {
  /** `listOrdersByStatus` */
  readonly name: string;
  readonly hash: KeyPart;
  /** The index it reads; undefined for the table itself. */
  readonly index: string | undefined;
  readonly range: KeyPart | undefined;
}

/** @param shared what repositories share, relative to the root */
export async function renderRepository(model: RepositoryModel, language: Language, shared: string): Promise<string> {
  const template = rename(await readTemplate(language, 'src/models/order-repository'), model);
  const path = repositoryFile(model.file);
  const { key } = model;
  const parts = [key.hash, ...(key.range === undefined ? [] : [key.range])];
  const written = ['version', ...model.timestamps].map((name) => `'${name}'`).join(' | ');
  const text = replaceMarked(template, {
    all: (block) => (key.range === undefined ? block : ''),
    index: (block) =>
      listFunctions(model)
        .map((list) => renderList(block, list, model))
        .join(''),
    key: (_block, indent) => `${indent}return { ${parts.map((part) => keyCode(part, language)).join(', ')} };\n`,
  })
    .replace("'customerId' | 'placedAt'>", () => `${parts.map(({ name }) => `'${name}'`).join(' | ')}>`)
    .replace("'version' | 'createdAt' | 'updatedAt'", () => written)
    .replace(/'\.\.\/repository\.\w+'/, () => `'${importPath(path, shared)}'`)
    .replace(/'\.\/order\.\w+'/, () => `'${importPath(path, model.file)}'`);
  return onlyUsedImports(text);
}

/** What lists by a key: the table's own where it has a sort key, and each index. */
export function listFunctions({ name, key, indexes }: RepositoryModel): readonly ListFunction[] {
  const base = `list${plural(name)}`;
  const own = key.range === undefined ? [] : [{ name: base, ...key, index: undefined }];
  const taken = new Set([base]);
  const byIndex = indexes.map(({ name: index, hash, range }) => {
    const words = pascal(index);
    const wished = `${base}${/^By[A-Z]/.test(words) ? words : `By${words}`}`;
    let free = wished;
    for (let count = 2; taken.has(free); count += 1) free = `${wished}${count}`;
    taken.add(free);
    return { name: free, hash, range, index };
  });
  return [...own, ...byIndex];
}

/**
 * Gives the sample's code a model's names, in identifiers and in sentences. Paths stay: `'./order.ts'`. Before anything of
 * the model is put in, whose attributes may be called `order` too.
 */
export function rename(text: string, { name, itemType }: Pick<RepositoryModel, 'name' | 'itemType'>): string {
  const words = kebabCase(name).replaceAll('-', ' ');
  const article = /^[aeiou]/.test(words) ? 'an' : 'a';
  return text
    .replace(/'\.[^']*'|\b(an )?order(s?)\b/g, (whole, an: string | undefined, s: string) => {
      if (whole.startsWith("'")) return whole;
      return `${an === undefined ? '' : `${article} `}${s === '' ? words : plural(words)}`;
    })
    .replace(
      /\bOrderItem\b|\b(list|listAll)Orders|\b(create|get|update|remove|New|)Order(?=\b|Key|Changes)/g,
      (whole, list, verb) => {
        if (whole === 'OrderItem') return itemType;
        return list === undefined ? `${verb}${name}` : `${list}${plural(name)}`;
      },
    );
}

function renderList(block: string, list: ListFunction, model: RepositoryModel): string {
  const { hash, range, index, name } = list;
  const parameter = isVariable(hash.name) ? hash.name : 'value';
  const type = `${model.itemType}['${hash.name}']`;
  return block
    .replace('one status, by total.', () => `one ${hash.name}${range === undefined ? '' : `, by ${range.name}`}.`)
    .replace(`list${plural(model.name)}ByStatus`, () => name)
    .replace(`NonNullable<${model.itemType}['status']>`, () => (hash.required ? type : `NonNullable<${type}>`))
    .replace(/^( +)status(?=[:,])/m, (_all, indent: string) => `${indent}${parameter}`)
    .replace('(status,', () => `(${parameter},`)
    .replace("query('status')", () => `query('${hash.name}')`)
    .replace('.eq(status)', () => `.eq(${stored(parameter, hash)})`)
    .replace(".using('byStatus')", () => (index === undefined ? '' : `.using('${index}')`));
}

/** `placedAt: key.placedAt.getTime()` */
function keyCode(part: KeyPart, language: Language): string {
  const access = /^[A-Za-z_$][\w$]*$/.test(part.name) ? `key.${part.name}` : `key['${part.name}']`;
  // Dynamoose takes bytes as a key, though its types do not know.
  const cast = language === 'typescript' && part.value.type.kind === 'binary' ? ' as unknown as string' : '';
  return `${propertyName(part.name)}: ${stored(access, part)}${cast}`;
}

/** A key's value as Dynamoose takes it: it converts dates in items, not in keys. */
function stored(code: string, { value: { type } }: KeyPart): string {
  if (type.kind !== 'date') return code;
  if (type.storage === 'iso') return `${code}.toISOString()`;
  return type.storage === 'seconds' ? `Math.floor(${code}.getTime() / 1000)` : `${code}.getTime()`;
}

function isVariable(name: string): boolean {
  return /^[A-Za-z_$][\w$]*$/.test(name) && !isReserved(name) && !['sort', 'page', 'readPage'].includes(name);
}

function pascal(name: string): string {
  return name
    .split(/[^A-Za-z\d]+/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
}

/** The import of the shared code, without the names that this repository does not use. */
export function onlyUsedImports(text: string): string {
  return text.replace(/^import \{([^}]*)\} from ('.*');\n/gm, (line, list: string, from: string) => {
    const names = list
      .split(',')
      .map((one) => one.trim())
      .filter((one) => one !== '');
    const rest = text.replace(line, '');
    const used = names.filter((name) => new RegExp(`\\b${name.replace('type ', '')}\\b`).test(rest));
    if (used.length === 0) return '';
    const short = `import { ${used.join(', ')} } from ${from};\n`;
    return short.length <= 121 ? short : `import {\n${used.map((name) => `  ${name},\n`).join('')}} from ${from};\n`;
  });
}
