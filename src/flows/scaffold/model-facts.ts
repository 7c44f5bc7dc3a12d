// What a handler's template needs to know of a model: its key, and where its code stands.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError } from '../../errors.ts';
import { readModels } from '../../models/read-models.ts';
import { invalidProject } from '../../project/load-project.ts';
import { nearestName } from '../../project/nearest-name.ts';
import type { Project } from '../../project/project.ts';

export interface KeyAttribute {
  readonly name: string;
  readonly isNumber: boolean;
}

export interface ModelFacts {
  /** As in apigen.yml and as the file exports it. */
  readonly name: string;
  /** Relative to the root, with extension. */
  readonly file: string;
  readonly hashKey: KeyAttribute;
  readonly sortKey: KeyAttribute | undefined;
  /** The name of the exported type of its items, when there is one. */
  readonly itemType: string | undefined;
}

/**
 * Reads one model of the project.
 *
 * @throws UsageError `UNKNOWN_MODEL`; InvalidProjectError when its file is wrong
 */
export async function modelFacts(project: Project, name: string): Promise<ModelFacts> {
  const declaration = Object.hasOwn(project.models, name) ? project.models[name] : undefined;
  if (declaration === undefined) throw unknownModel(project, name);
  const reading = await readModels({ ...project, models: { [name]: declaration } });
  const table = reading.models[name]?.table;
  if (reading.problems.length > 0 || table === undefined) throw invalidProject(reading.problems);
  const keys = table.keySchema.map(({ AttributeName }) => ({
    name: AttributeName,
    isNumber: table.attributeDefinitions.some(
      (one) => one.AttributeName === AttributeName && one.AttributeType === 'N',
    ),
  }));
  const [hashKey, sortKey] = keys;
  if (hashKey === undefined) throw invalidProject(reading.problems);
  const text = readFileSync(join(project.root, declaration.file), 'utf8');
  const type = `${name}Item`;
  const hasType = new RegExp(`export (?:interface|class|type) ${type}\\b`).test(text);
  return { name, file: declaration.file, hashKey, sortKey, itemType: hasType ? type : undefined };
}

function unknownModel(project: Project, name: string): UsageError {
  const near = nearestName(name, Object.keys(project.models));
  const hint = near === undefined ? `apigen add-model ${name}` : `--model ${near}`;
  return new UsageError({ code: 'UNKNOWN_MODEL', summary: `apigen.yml has no model ${name}`, hint });
}
