// What of a model matters to items that are stored already, as plain values that a release keeps; and what the
// difference between two of them means for those items.

import type { AttributeSpec, AttributeType } from './attribute-spec.ts';
import type { ModelSpec } from './model-spec.ts';
import type { IndexSpec, KeySchemaElement } from './table-spec.ts';

export interface ModelShape {
  /** By path: `price`, `maker.country`, `days.0`. */
  readonly attributes: Readonly<Record<string, AttributeShape>>;
  /** `customerId, placedAt`. */
  readonly keys: string;
  /** Key attributes by index name. */
  readonly indexes: Readonly<Record<string, string>>;
}

export interface AttributeShape {
  /** `string`, `date`, `set of number`, or several joined by ` or `. */
  readonly type: string;
  readonly required: boolean;
  /** The model fills it in when an item is saved without it. */
  readonly filled: boolean;
}

export type ModelShapes = Readonly<Record<string, ModelShape>>;

export interface ModelChange {
  readonly model: string;
  readonly kind: 'new-optional' | 'new-required' | 'retyped' | 'removed' | 'new-index' | 'removed-index' | 'rekeyed';
  /** The attribute's path or the index's name; empty for the key. */
  readonly subject: string;
  /** For `retyped` and `rekeyed`: before and after. */
  readonly from?: string;
  readonly to?: string;
}

export function shapesOf(models: Readonly<Record<string, ModelSpec>>): ModelShapes {
  return Object.fromEntries(Object.entries(models).map(([name, spec]) => [name, shapeOf(spec)]));
}

function shapeOf({ schemas, table }: ModelSpec): ModelShape {
  const attributes: Record<string, AttributeShape> = {};
  for (const { attributes: all } of schemas) collect(all, '', attributes);
  const indexes = [...table.globalSecondaryIndexes, ...table.localSecondaryIndexes];
  return {
    attributes,
    keys: keysOf(table.keySchema),
    indexes: Object.fromEntries(indexes.map((index: IndexSpec) => [index.IndexName, keysOf(index.KeySchema)])),
  };
}

const keysOf = (schema: readonly KeySchemaElement[]): string =>
  schema.map(({ AttributeName }) => AttributeName).join(', ');

function collect(all: readonly AttributeSpec[], prefix: string, into: Record<string, AttributeShape>): void {
  for (const { name, values, required, default: given, role } of all) {
    const path = `${prefix}${name}`;
    into[path] = {
      type: values.map(({ type }) => typeText(type)).join(' or '),
      required,
      filled: given !== undefined || role !== undefined,
    };
    for (const { type } of values) {
      if (type.kind === 'object') collect(type.attributes, `${path}.`, into);
      if (type.kind === 'array') {
        for (const item of type.items ?? [])
          if (item.type.kind === 'object') collect(item.type.attributes, `${path}.0.`, into);
      }
    }
  }
}

function typeText(type: AttributeType): string {
  if (type.kind === 'set') return `set of ${typeText(type.of)}`;
  if (type.kind === 'date') return `date in ${type.storage}`;
  return type.kind === 'combine' ? 'string' : type.kind;
}

/** In the order of the models, keys first, then attributes and indexes by name. New and dropped models are no changes. */
export function compareShapes(before: ModelShapes, after: ModelShapes): readonly ModelChange[] {
  return Object.entries(after).flatMap(([model, now]) => {
    const was = before[model];
    return was === undefined ? [] : changesOf(model, was, now);
  });
}

function changesOf(model: string, was: ModelShape, now: ModelShape): readonly ModelChange[] {
  const changes: ModelChange[] = [];
  if (was.keys !== now.keys) changes.push({ model, kind: 'rekeyed', subject: '', from: was.keys, to: now.keys });
  for (const path of namesOf(was.attributes, now.attributes)) {
    const change = attributeChange(was.attributes[path], now.attributes[path]);
    if (change !== undefined && !isWithinNew(path, was, now)) changes.push({ model, subject: path, ...change });
  }
  for (const name of namesOf(was.indexes, now.indexes)) {
    if (was.indexes[name] === now.indexes[name]) continue;
    if (name in was.indexes) changes.push({ model, kind: 'removed-index', subject: name });
    if (name in now.indexes) changes.push({ model, kind: 'new-index', subject: name });
  }
  return changes;
}

const namesOf = (a: object, b: object): readonly string[] =>
  [...new Set([...Object.keys(a), ...Object.keys(b)])].sort();

/** What lives in an object that itself came or went is told with that. */
function isWithinNew(path: string, was: ModelShape, now: ModelShape): boolean {
  const parts = path.split('.');
  return parts.slice(0, -1).some((_, index) => {
    const parent = parts.slice(0, index + 1).join('.');
    return parent in was.attributes !== parent in now.attributes;
  });
}

function attributeChange(
  was: AttributeShape | undefined,
  now: AttributeShape | undefined,
): Omit<ModelChange, 'model' | 'subject'> | undefined {
  if (now === undefined) return { kind: 'removed' };
  if (was !== undefined && was.type !== now.type) return { kind: 'retyped', from: was.type, to: now.type };
  const needed = now.required && !now.filled;
  if (was === undefined) return { kind: needed ? 'new-required' : 'new-optional' };
  return needed && !(was.required && !was.filled) ? { kind: 'new-required' } : undefined;
}
