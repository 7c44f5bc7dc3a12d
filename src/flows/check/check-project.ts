// What apigen.yml says against what is on disk: handlers and their exports, model files. It only looks: nothing is
// bundled and no code of the project runs.

import { realpathSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';
import { findHandlerSource, type HandlerSource } from '../../build/handler-source.ts';
import { listExports } from '../../build/list-exports.ts';
import { missingExport } from '../../build/missing-export.ts';
import type { Problem } from '../../errors.ts';
import { compareProblems } from '../../project/problem-list.ts';
import type { Project } from '../../project/project.ts';
import { readSchemas } from '../read-schemas.ts';

/** Every problem between the project file and the files it names, in the order of the file. Never throws for them. */
export async function checkProject(project: Project): Promise<readonly Problem[]> {
  const [handlers, schemas] = await Promise.all([checkHandlers(project), readSchemas(project)]);
  return [...checkModelFiles(project), ...handlers, ...schemas.problems].sort(compareProblems);
}

async function checkHandlers(project: Project): Promise<readonly Problem[]> {
  const problems: Problem[] = [];
  const byFile = new Map<string, HandlerSource[]>();
  for (const declaration of Object.values(project.functions)) {
    const found = findHandlerSource(project, declaration);
    if ('code' in found) problems.push(found);
    else byFile.set(found.file, [...(byFile.get(found.file) ?? []), found]);
  }
  const checked = await Promise.all([...byFile].map(([file, sources]) => checkExports(project, file, sources)));
  return [...problems, ...checked.flat()];
}

async function checkExports(project: Project, file: string, sources: readonly HandlerSource[]): Promise<Problem[]> {
  const path = join(project.root, file);
  const outside = outsideOf(project.root, path);
  const position = project.position(sources[0]?.function.path ?? []);
  if (outside !== undefined) return [{ ...outside, position }];
  const listed = await listExports(project.root, path);
  if (listed.problems !== undefined) return [...listed.problems];
  return sources
    .filter(({ function: { exportName } }) => !listed.names.includes(exportName) && !listed.mayHold(exportName))
    .map((source) => missingExport(project, source, listed.names));
}

function checkModelFiles(project: Project): Problem[] {
  return Object.values(project.models).flatMap((model): Problem[] => {
    const path = join(project.root, model.file);
    const position = project.position(model.path);
    if (statSync(path, { throwIfNoEntry: false })?.isFile() !== true) {
      const message = `The model file ${model.file} does not exist`;
      return [{ code: 'MODEL_FILE_NOT_FOUND', message, hint: `apigen add-model ${model.name}`, position }];
    }
    const outside = outsideOf(project.root, path);
    return outside === undefined ? [] : [{ ...outside, position }];
  });
}

/** A link may lead out of the project: what it names would be missing elsewhere. */
function outsideOf(root: string, path: string): Problem | undefined {
  const real = realpathSync(path);
  if (real.startsWith(realpathSync(root) + sep)) return undefined;
  const message = `${path} is a link that leaves the project`;
  return { code: 'LEAVES_PROJECT', message, hint: 'Move the file into the project' };
}
