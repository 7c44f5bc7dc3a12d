// Functions are built when they are called: what can be seen of their files before is looked at once the project is
// served, after whoever waits for the first answer.

import { setTimeout } from 'node:timers/promises';
import type { Problem } from '../../errors.ts';
import type { Project } from '../../project/project.ts';
import { checkProject } from '../check/check-project.ts';
import { problemsOf } from './observed-api.ts';

const AFTER_MS = 500;

/** Handlers without a file or an export, and files that cannot be parsed. Never rejects. */
export async function handlerProblems(project: Project): Promise<readonly Problem[]> {
  await setTimeout(AFTER_MS, undefined, { ref: false });
  const problems = await checkProject(project).catch(problemsOf);
  return problems.filter(({ code }) => code !== 'MODEL_FILE_NOT_FOUND');
}
