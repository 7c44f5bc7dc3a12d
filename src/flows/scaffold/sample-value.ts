// Sample items for tests, as code: the n-th of some that have the same type, and differ where they must.

import type { AttributeSpec, Literal, ValueSpec } from '../../models/attribute-spec.ts';
import { property } from './key-code.ts';
import { isVariable, partsOf, quoted } from './repository-key.ts';
import type { RepositoryModel } from './repository-model.ts';

/** How many samples a test needs where nothing limits them. */
const MOST = 5;

/**
 * `placedAt: new Date(Date.UTC(2026, 0, 1 + n)),`: a line for each attribute that an item is given. The key's last part
 * and the sort keys of indexes differ from one to the next, hash keys of indexes do not.
 *
 * @param sameKey all have one key, and differ in everything else
 */
export function sampleLines(model: RepositoryModel, { sameKey = false } = {}): readonly string[] {
  const keys = partsOf(model.key).map(({ name }) => name);
  const differ = differing(model);
  const hashes = [model.key, ...model.indexes].map(({ hash }) => hash.name);
  return model.attributes.flatMap(({ name, values: [value] }) => {
    if (value === undefined) return [];
    const same = sameKey ? keys.includes(name) : hashes.includes(name) && !differ.has(name);
    return [`${property(name)}: ${sampleOf(value, name, same ? undefined : 'n')},`];
  });
}

/** How many different samples there are: an enum in a key may have fewer values than a test would like. */
export function sampleCount({ key }: RepositoryModel): number {
  const { value } = key.range ?? key.hash;
  const choices = choicesOf(value);
  return choices === undefined ? MOST : Math.min(MOST, choices.length);
}

/** How many of the samples a query by an index finds: all, or the one whose hash key is its own. */
export function sampleCountOf(model: RepositoryModel, hash: string): number {
  return differing(model).has(hash) ? 1 : sampleCount(model);
}

/** An attribute that an update may change, whose samples differ; with `variable` one whose name can be a variable's. */
export function changeable(model: RepositoryModel, { variable }: { readonly variable: boolean }): string | undefined {
  const keys = partsOf(model.key).map(({ name }) => name);
  const hashes = model.indexes.map(({ hash }) => hash.name);
  const possible = model.attributes.filter(({ name }) => {
    const isNamable = !variable || isVariable(name, ['sample', 'updated', 'version', 'created']);
    return isNamable && !keys.includes(name) && !(variable && hashes.includes(name));
  });
  const varies = ({ values: [value] }: AttributeSpec) =>
    value?.enum === undefined && (value?.type.kind === 'string' || value?.type.kind === 'number');
  return (possible.find(varies) ?? possible.find(({ values: [value] }) => value?.enum === undefined))?.name;
}

function differing({ key, indexes }: RepositoryModel): ReadonlySet<string> {
  const ranges = indexes.flatMap(({ range }) => range ?? []);
  return new Set([key.range ?? key.hash, ...ranges].map(({ name }) => name));
}

function choicesOf({ enum: choices, type }: ValueSpec): readonly Literal[] | undefined {
  return choices ?? (type.kind === 'constant' ? [type.value] : undefined);
}

/** @param n the variable that makes samples differ; undefined for one that is always the same */
function sampleOf(value: ValueSpec, name: string, n: string | undefined): string {
  const choices = choicesOf(value);
  if (choices !== undefined) return choiceCode(choices, n);
  const { type } = value;
  if (type.kind === 'number') return n ?? '0';
  if (type.kind === 'date') return `new Date(Date.UTC(2026, 0, ${n === undefined ? '1' : `1 + ${n}`}))`;
  if (type.kind === 'binary') return `Buffer.from([${n ?? '0'}])`;
  if (type.kind === 'boolean') return n === undefined ? 'true' : `${n} % 2 === 0`;
  if (type.kind === 'null') return 'null';
  if (type.kind === 'set') return `new Set([${sampleOf({ type: type.of }, name, n)}])`;
  if (type.kind === 'array') {
    return `[${(type.items ?? []).slice(0, 1).map((item) => sampleOf(item, name, n))}]`;
  }
  if (type.kind === 'object') {
    const inner = type.attributes.flatMap((attribute) => {
      const [first] = attribute.values;
      return first === undefined ? [] : [`${property(attribute.name)}: ${sampleOf(first, attribute.name, n)}`];
    });
    return inner.length === 0 ? '{}' : `{ ${inner.join(', ')} }`;
  }
  if (type.kind === 'any') return '{}';
  if (type.kind === 'reference') {
    const [part] = type.key;
    return part?.values[0] === undefined ? '{}' : sampleOf(part.values[0], part.name, n);
  }
  return n === undefined ? quoted(name) : `\`${name} \${${n}}\``;
}

/** `n === 0 ? 'new' : 'sold'` */
function choiceCode(choices: readonly Literal[], n: string | undefined): string {
  const code = choices.slice(0, n === undefined ? 1 : MOST).map(literalCode);
  const last = code.pop() ?? 'undefined';
  return [...code.map((choice, at) => `${n} === ${at} ? ${choice} : `), last].join('');
}

function literalCode(value: Literal): string {
  return typeof value === 'string' ? quoted(value) : String(value);
}
