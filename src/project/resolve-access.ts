// `access:` of one function, against the models that the project has.

import { nearestName } from './nearest-name.ts';
import { formatPath, type ProblemList } from './problem-list.ts';
import type { Access, ProjectPath } from './project.ts';
import { accessList } from './schema/access.ts';

/** Access by model name; models the project does not have are problems. */
export function resolveAccess(
  written: Readonly<Record<string, Access | readonly Access[]>>,
  path: ProjectPath,
  models: readonly string[],
  problems: ProblemList,
): Readonly<Record<string, readonly Access[]>> {
  const resolved: Record<string, readonly Access[]> = {};
  for (const [model, words] of Object.entries(written)) {
    if (models.includes(model)) {
      resolved[model] = accessList(words);
      continue;
    }
    const near = nearestName(model, models);
    problems.addUnlessKnown([...path, model], {
      code: 'UNKNOWN_MODEL',
      message: `${formatPath(path)}: there is no model ${model}`,
      hint: near === undefined ? `Add it: apigen add-model ${model}` : `Did you mean ${near}?`,
      atKey: true,
    });
  }
  return resolved;
}
