// Whether the `usage:` block of apigen.yml can be read and fits the project, for `apigen check`.

import { InvalidProjectError, type Problem } from '../../errors.ts';
import type { Project } from '../../project/project.ts';
import { estimateChange } from './estimate-desired.ts';

/** Everything wrong with a project's `usage:`, with line and column; nothing where it has none. */
export function checkUsage(project: Project): readonly Problem[] {
  if (project.usage === undefined || project.usage === null) return [];
  try {
    estimateChange(project, undefined);
    return [];
  } catch (error) {
    if (error instanceof InvalidProjectError) return error.problems;
    throw error;
  }
}
