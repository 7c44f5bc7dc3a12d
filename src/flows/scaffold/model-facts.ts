// What a handler's template needs to know of a model: its key and attributes, and where its code stands.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError } from '../../errors.ts';
import type { AttributeSpec, AttributeType } from '../../models/attribute-spec.ts';
import type { ModelSpec } from '../../models/model-spec.ts';
import { readModels } from '../../models/read-models.ts';
import { invalidProject } from '../../project/load-project.ts';
import { nearestName } from '../../project/nearest-name.ts';
import type { Project } from '../../project/project.ts';

export interface KeyAttribute {
  readonly name: string;
  readonly type: 'string' | 'number' | TimeType;
  /** The model fills it in. */
  readonly hasDefault: boolean;
}

/** A Date, and how DynamoDB holds it. */
export type TimeType = Extract<AttributeType, { readonly kind: 'date' }>;

export interface ModelFacts {
  /** As in apigen.yml and as the file exports it. */
  readonly name: string;
  /** Relative to the root, with extension. */
  readonly file: string;
  readonly hashKey: KeyAttribute;
  readonly sortKey: KeyAttribute | undefined;
  /** Of all its schemas, each name once. */
  readonly attributes: readonly AttributeSpec[];
  readonly spec: ModelSpec;
  /** The name of the exported type of its items, when there is one. */
  readonly itemType: string | undefined;
}

/**
 * Reads one model of the project.
 *
 * @param flag that named it, for the hint
 * @throws UsageError `UNKNOWN_MODEL`, `BINARY_KEY`; InvalidProjectError when its file is wrong
 */
export async function modelFacts(project: Project, name: string, flag = '--model'): Promise<ModelFacts> {
  const declaration = Object.hasOwn(project.models, name) ? project.models[name] : undefined;
  if (declaration === undefined) throw unknownModel(project, name, flag);
  const reading = await readModels({ ...project, models: { [name]: declaration } });
  const spec = reading.models[name];
  if (reading.problems.length > 0 || spec === undefined) throw invalidProject(reading.problems);
  const all = spec.schemas.flatMap(({ attributes }) => attributes);
  const attributes = all.filter((one, index) => all.findIndex(({ name }) => name === one.name) === index);
  const isNumber = (key: string) =>
    spec.table.attributeDefinitions.some((one) => one.AttributeName === key && one.AttributeType === 'N');
  const keys = spec.table.keySchema.map(({ AttributeName }): KeyAttribute => {
    const attribute = attributes.find((one) => one.name === AttributeName);
    const type = attribute?.values[0]?.type;
    if (type?.kind === 'binary') throw binaryKey(name, AttributeName);
    const plain = isNumber(AttributeName) ? 'number' : 'string';
    return {
      name: AttributeName,
      type: type?.kind === 'date' ? type : plain,
      hasDefault: attribute?.default !== undefined || attribute?.role !== undefined,
    };
  });
  const [hashKey, sortKey] = keys;
  if (hashKey === undefined) throw invalidProject(reading.problems);
  return {
    name,
    file: declaration.file,
    hashKey,
    sortKey,
    attributes,
    spec,
    itemType: exportedItemType(project, spec),
  };
}

/** `ProductItem`, where the model's file exports it: the type of the items, as apigen writes it. */
export function exportedItemType({ root }: Project, { name, file }: ModelSpec): string | undefined {
  const type = `${name}Item`;
  const text = readFileSync(join(root, file), 'utf8');
  return new RegExp(`export (?:interface|class|type) ${type}\\b`).test(text) ? type : undefined;
}

/** The attributes of the key, the hash key first. */
export function keyOf({ hashKey, sortKey }: ModelFacts): readonly KeyAttribute[] {
  return sortKey === undefined ? [hashKey] : [hashKey, sortKey];
}

/**
 * The key attribute that a new item gets an id for: the last one, where it is called `id`, `uuid` or, of a Product,
 * `productId`. Any other key (an e-mail address, a time) only the caller can know.
 */
export function mintedKey(model: ModelFacts): KeyAttribute | undefined {
  const last = model.sortKey ?? model.hashKey;
  const names = ['id', 'uuid', `${model.name}id`].map((name) => name.toLowerCase());
  const isId = names.includes(last.name.replaceAll(/[_-]/g, '').toLowerCase());
  return isId && last.type === 'string' && !last.hasDefault ? last : undefined;
}

/** The refusal of a name that apigen.yml does not have, with the nearest that it has. */
/** Its repository counts the changes of an item in `version`, which any other change must do too. */
export function isVersioned({ attributes }: ModelFacts): boolean {
  const version = attributes.find(({ name }) => name === 'version');
  return version?.default?.value === 1 && version.values[0]?.type.kind === 'number';
}

export function unknownModel(project: Project, name: string, flag: string): UsageError {
  const near = nearestName(name, Object.keys(project.models));
  const hint = near === undefined ? `apigen add-model ${name}` : `${flag} ${near}`;
  return new UsageError({ code: 'UNKNOWN_MODEL', summary: `apigen.yml has no model ${name}`, hint });
}

function binaryKey(model: string, attribute: string): UsageError {
  return new UsageError({
    code: 'BINARY_KEY',
    summary: `The key ${attribute} of ${model} is binary`,
    detail: 'Neither a path nor the place where a list goes on can hold it.',
    hint: 'Give the model a key of text, or write the handler yourself and give --handler.',
  });
}
