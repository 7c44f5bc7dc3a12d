// `apigen check`: everything that can be known without AWS, at every stage, and all of it at once.

import { buildFunctions } from '../../build/build-functions.ts';
import { InvalidProjectError, type Problem } from '../../errors.ts';
import { readModels } from '../../models/read-models.ts';
import { invalidProject, type LoadOptions, listStages, loadProject } from '../../project/load-project.ts';
import { compareProblems } from '../../project/problem-list.ts';
import type { Project } from '../../project/project.ts';
import { checkUsage } from '../estimate/check-usage.ts';
import { readSchemas } from '../read-schemas.ts';
import { staleTypes } from '../types/stale-types.ts';
import { checkProject } from './check-project.ts';
import { checkRoutes } from './check-routes.ts';
import { checkSelection } from './check-selection.ts';

export interface CheckResult {
  /** The project as each checked stage sees it. */
  readonly projects: readonly Project[];
  /** What works, but not as its file may mean it. */
  readonly warnings: readonly Problem[];
}

/**
 * Checks one stage, or all of them when none is given.
 *
 * @throws InvalidProjectError with every problem of every stage
 */
export async function checkStages(options: LoadOptions): Promise<CheckResult> {
  const stages = options.stage === undefined ? await listStages(options.cwd) : [options.stage];
  const problems: Problem[] = [];
  const warnings: Problem[] = [];
  const projects: Project[] = [];
  const seen = new Set<string>();
  for (const stage of stages) {
    const project = await collecting(problems, () => loadProject({ ...options, stage }));
    if (project === undefined) continue;
    projects.push(project);
    problems.push(...checkUsage(project));
    warnings.push(...unseen(project.warnings ?? [], warnings));
    // Stages mostly differ in settings: code that was checked for one is not built again for the next.
    const code = JSON.stringify([...[project.models, project.functions].map(sourcesOf), routesOf(project)]);
    if (seen.has(code)) continue;
    seen.add(code);
    const onDisk = await checkProject(project);
    const models = await readModels(project);
    problems.push(...onDisk, ...models.problems, ...checkRoutes(project, models.models));
    const { schemas } = await readSchemas(project);
    warnings.push(...models.warnings, ...checkSelection(project, { models: models.models, schemas }));
    if (onDisk.length === 0) await collecting(problems, () => buildFunctions(project));
  }
  if (problems.length > 0) throw invalidProject([...problems].sort(compareProblems));
  const [project] = projects;
  if (project !== undefined) warnings.push(...(await staleTypes(project.root)));
  return { projects, warnings };
}

async function collecting<T>(problems: Problem[], run: () => Promise<T>): Promise<T | undefined> {
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof InvalidProjectError)) throw error;
    problems.push(...error.problems);
    return undefined;
  }
}

/** Stages share most of their lines. */
function unseen(found: readonly Problem[], known: readonly Problem[]): readonly Problem[] {
  const text = ({ code, message, position }: Problem) => JSON.stringify([code, message, position]);
  return found.filter((one) => !known.some((other) => text(other) === text(one)));
}

/** What of routes is checked against files and models. */
function routesOf(project: Project): unknown {
  return Object.values(project.apis).map(({ routes, selectionExpression }) => [
    selectionExpression,
    routes.map(({ key, body, target }) => [key, body, target.type === 'dynamodb' ? target.dynamodb : undefined]),
  ]);
}

/** What decides which code a stage has. */
function sourcesOf(part: Project['models'] | Project['functions']): unknown {
  return Object.values(part).map((one) =>
    'file' in one ? [one.name, one.file] : [one.name, one.module, one.exportName, one.runtime],
  );
}
