// Functions are built when they are called: what can be seen of their files before is looked at once the project is
// served, after whoever waits for the first answer.

import { setTimeout } from 'node:timers/promises';
import type { Problem } from '../../errors.ts';
import type { Project } from '../../project/project.ts';
import { checkProject } from '../check/check-project.ts';
import { localSecrets } from './local-secrets.ts';
import { problemsOf } from './observed-api.ts';

const AFTER_MS = 500;

/**
 * Handlers without a file or an export, files that cannot be parsed, and secrets without a value. Never rejects.
 *
 * @param env where secrets may stand
 */
export async function handlerProblems(project: Project, env: NodeJS.ProcessEnv): Promise<readonly Problem[]> {
  await setTimeout(AFTER_MS, undefined, { ref: false });
  const problems = await checkProject(project).catch(problemsOf);
  const secrets = Object.values(project.functions).flatMap((one) => localSecrets(project, one, env).problems);
  return [...problems.filter(({ code }) => code !== 'MODEL_FILE_NOT_FOUND'), ...secrets];
}
