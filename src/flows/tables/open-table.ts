// The table of one model of the project, with a connection to where it is.

import type { Aws } from '../../aws/aws.ts';
import { UsageError } from '../../errors.ts';
import type { AttributeSpec } from '../../models/attribute-spec.ts';
import type { ModelSpec } from '../../models/model-spec.ts';
import { readModels } from '../../models/read-models.ts';
import type { DatePaths } from '../../operate/tables/item-json.ts';
import { invalidProject, loadProject } from '../../project/load-project.ts';
import { nearestName } from '../../project/nearest-name.ts';
import type { ModelDeclaration, Project } from '../../project/project.ts';
import { connectFor, type SessionOptions } from '../converge/session.ts';

export interface OpenTable {
  readonly project: Project;
  readonly declaration: ModelDeclaration;
  readonly spec: ModelSpec;
  readonly aws: Aws;
}

/**
 * @param model as typed
 * @throws UsageError `NO_SUCH_MODEL`; InvalidProjectError for models that cannot be read
 */
export async function openTable(options: SessionOptions, model: string): Promise<OpenTable> {
  const project = await loadProject(options);
  const declaration = declarationOf(project, model);
  const [{ models, problems }, { aws }] = await Promise.all([readModels(project), connectFor(project, options)]);
  const spec = models[declaration.name];
  if (spec === undefined) throw invalidProject(problems);
  return { project, declaration, spec, aws };
}

function declarationOf(project: Project, model: string): ModelDeclaration {
  const declaration = Object.hasOwn(project.models, model) ? project.models[model] : undefined;
  if (declaration !== undefined) return declaration;
  const names = Object.keys(project.models);
  const nearest = nearestName(model, names);
  throw new UsageError({
    code: 'NO_SUCH_MODEL',
    summary: `${project.name} has no model ${model}`,
    detail: names.length === 0 ? 'It has no models at all.' : `Its models are ${names.join(', ')}.`,
    hint: nearest === undefined ? 'apigen tables list' : `Did you mean ${nearest}?`,
  });
}

/** Where a model's dates are. An attribute that may be something else as well is shown as it is stored. */
export function datePaths({ schemas }: ModelSpec): DatePaths {
  const paths = new Map<string, 'milliseconds' | 'seconds' | 'iso'>();
  const visit = (attributes: readonly AttributeSpec[], prefix: string): void => {
    for (const { name, values, role } of attributes) {
      const [only, ...others] = values;
      if (only === undefined || others.length > 0) continue;
      const path = `${prefix}${name}`;
      if (only.type.kind === 'date') paths.set(path, only.type.storage);
      else if (role === 'expiresAt') paths.set(path, 'seconds');
      else if (only.type.kind === 'object') visit(only.type.attributes, `${path}.`);
      else if (only.type.kind === 'array' && only.type.items?.length === 1) {
        const [item] = only.type.items;
        if (item?.type.kind === 'date') paths.set(`${path}.0`, item.type.storage);
        if (item?.type.kind === 'object') visit(item.type.attributes, `${path}.0.`);
      }
    }
  };
  for (const { attributes } of schemas) visit(attributes, '');
  return paths;
}
