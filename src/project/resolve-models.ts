// Models with their defaults filled in. What their files say is read by src/models.

import { formatPath, type ProblemList } from './problem-list.ts';
import type { ModelDeclaration } from './project.ts';
import type { ModelEntry } from './schema/model.ts';
import { normalisePath } from './schema/path-in-project.ts';
import type { ProjectFile } from './schema/project-file.ts';

/** Models by name, in file order. */
export function resolveModels(
  file: ProjectFile,
  protect: boolean,
  problems: ProblemList,
): Readonly<Record<string, ModelDeclaration>> {
  const models: Record<string, ModelDeclaration> = {};
  const lowerCase = new Map<string, string>();
  for (const [name, written] of Object.entries(file.models ?? {})) {
    const entry: ModelEntry = typeof written === 'string' ? { file: written } : written;
    const path = ['models', name];
    const other = lowerCase.get(name.toLowerCase());
    if (other !== undefined) {
      problems.add(path, {
        code: 'SAME_MODEL_NAME',
        message: `${formatPath(path)} differs from ${other} in case only`,
        hint: 'Rename one of the two.',
        atKey: true,
      });
    }
    lowerCase.set(name.toLowerCase(), name);
    models[name] = {
      name,
      file: normalisePath(entry.file),
      capacity: entry.capacity ?? 'on-demand',
      continuousBackups: entry.backups === 'continuous',
      deletionProtection: entry.protect ?? protect,
      path,
    };
  }
  return models;
}
