// The same of a model that the project has: as its file says it.

import { ApigenError } from '../../errors.ts';
import type { AttributeSpec } from '../../models/attribute-spec.ts';
import type { ModelSpec } from '../../models/model-spec.ts';
import { readModels } from '../../models/read-models.ts';
import type { KeySchemaElement } from '../../models/table-spec.ts';
import { invalidProject } from '../../project/load-project.ts';
import type { Project } from '../../project/project.ts';
import type { Language } from './language.ts';
import { exportedItemType, unknownModel } from './model-facts.ts';
import type { Key, RepositoryModel } from './repository-model.ts';

/**
 * Reads one model of the project.
 *
 * @param flag what named it, for hints
 * @throws UsageError `UNKNOWN_MODEL`; ApigenError `NO_ITEM_TYPE`; InvalidProjectError when its file is wrong
 */
export async function readRepositoryModel(
  project: Project,
  name: string,
  { flag, language }: { readonly flag: string; readonly language: Language },
): Promise<RepositoryModel> {
  const declaration = Object.hasOwn(project.models, name) ? project.models[name] : undefined;
  if (declaration === undefined) throw unknownModel(project, name, flag);
  const { models, problems } = await readModels({ ...project, models: { [name]: declaration } });
  const spec = models[name];
  if (problems.length > 0 || spec === undefined) throw invalidProject(problems);
  const itemType = `${name}Item`;
  if (language === 'typescript' && exportedItemType(project, spec) === undefined) throw noItemType(spec, itemType);
  return repositoryModelOf(spec, itemType);
}

/** What repositories, and samples of items, want to know of a model. */
export function repositoryModelOf({ name, file, table, schemas }: ModelSpec, itemType: string): RepositoryModel {
  // Of a model with several schemas the first: keys are the same in all.
  const attributes = schemas[0]?.attributes ?? [];
  const version = attributes.find((attribute) => attribute.name === 'version');
  const isVersioned = version?.values[0]?.type.kind === 'number';
  const isWritten = ({ role, values }: AttributeSpec) =>
    role === 'createdAt' || role === 'updatedAt' || values[0]?.type.kind === 'combine';
  const own = attributes.filter((attribute) => !isWritten(attribute) && !(isVersioned && attribute === version));
  return {
    name,
    file,
    itemType,
    key: keyOf(table.keySchema, attributes),
    indexes: [...table.globalSecondaryIndexes, ...table.localSecondaryIndexes].map((index) => ({
      ...keyOf(index.KeySchema, attributes),
      name: index.IndexName,
      isWhole: index.Projection.ProjectionType === 'ALL',
    })),
    attributes: own.filter(({ role }) => role === undefined),
    written: attributes.filter(isWritten).map((attribute) => attribute.name),
    filled: own.filter((attribute) => attribute.default !== undefined).map((attribute) => attribute.name),
    isVersioned,
  };
}

function keyOf(elements: readonly KeySchemaElement[], attributes: readonly AttributeSpec[]): Key {
  const [hash, range] = elements.map(({ AttributeName }) => {
    const attribute = attributes.find(({ name }) => name === AttributeName);
    const required = attribute?.required === true || attribute?.key === 'hash' || attribute?.key === 'range';
    return { name: AttributeName, required, value: attribute?.values[0] ?? { type: { kind: 'string' } as const } };
  });
  if (hash === undefined) throw new TypeError('a table without a key');
  return { hash, range };
}

function noItemType({ name, file }: ModelSpec, itemType: string): ApigenError {
  return new ApigenError({
    code: 'NO_ITEM_TYPE',
    summary: `${file} exports no type ${itemType}, which a repository needs`,
    detail: 'It says what an item has, and stands with the model: dynamoose.model<…>.',
    hint: `export interface ${itemType} extends Item { … }, and dynamoose.model<${itemType}>('${name}', schema)`,
  });
}
