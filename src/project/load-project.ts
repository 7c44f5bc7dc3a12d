// Finds apigen.yml, upward from where a person stands, and reads it. The only file of this folder, with find-project
// and edit-project, that touches the disk.

import { isUtf8 } from 'node:buffer';
import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { ApigenError, InvalidProjectError, type Problem, UsageError } from '../errors.ts';
import { checkedApiVersion } from './api-version.ts';
import { DEFAULT_STAGE, declaredStages } from './choose-stage.ts';
import { findProjectFile } from './find-project-file.ts';
import { parseProject } from './parse-project.ts';
import type { Project } from './project.ts';
import { readYaml } from './read-yaml.ts';
import { judgeRegion } from './schema/judge-region.ts';
import { judgeStageName } from './schema/stage.ts';

export interface LoadOptions {
  /** Where to look, and in the folders above. */
  readonly cwd: string;
  /** `--stage`; default `dev`. */
  readonly stage?: string | undefined;
  /** `--api-version`; default `v1`. */
  readonly apiVersion?: string | undefined;
  /** `--region`: wins over the file. */
  readonly region?: string | undefined;
  /** For AWS_REGION and AWS_DEFAULT_REGION, used where the file names no region. */
  readonly env?: NodeJS.ProcessEnv | undefined;
}

/**
 * The project of a folder, at a stage.
 *
 * @throws ApigenError `NO_PROJECT` or `PROJECT_UNREADABLE`; UsageError for a stage, region or API version that cannot be meant;
 *   InvalidProjectError with every problem of the file
 */
export async function loadProject(options: LoadOptions): Promise<Project> {
  const file = await findProjectFile(options.cwd);
  const text = await readProjectText(file);
  const region = checkedRegion(options.region, '--region');
  const fallbackRegion = regionOf(options.env ?? {});
  const parsed = parseProject({ text, file, root: dirname(file), stage: options.stage, region, fallbackRegion });
  if (parsed.project !== undefined) {
    return { ...parsed.project, ...(options.apiVersion && { apiVersion: checkedApiVersion(options.apiVersion) }) };
  }
  throw invalidProject(parsed.problems);
}

/** Every stage worth checking: the default one and those that the file declares, as far as it can be read. */
export async function listStages(cwd: string): Promise<readonly string[]> {
  const file = await findProjectFile(cwd);
  const { root } = readYaml(await readProjectText(file), file);
  const declared = root?.kind === 'map' ? declaredStages(root) : [];
  return [...new Set([DEFAULT_STAGE, ...declared.filter((stage) => judgeStageName(stage) === undefined)])];
}

/** The error that carries all problems of a project, each once although several checks may have met it. */
export function invalidProject(problems: InvalidProjectError['problems']): InvalidProjectError {
  const key = ({ code, message, position }: Problem) => JSON.stringify([code, message, position]);
  const unique = [...new Map(problems.map((problem) => [key(problem), problem])).values()];
  const count = unique.length === 1 ? 'a problem' : `${unique.length} problems`;
  return new InvalidProjectError(`The project has ${count}`, unique);
}

/**
 * apigen.yml's text.
 *
 * @throws ApigenError `PROJECT_UNREADABLE`
 */
export async function readProjectText(file: string): Promise<string> {
  const bytes = await readFile(file).catch((cause: Error) => {
    throw unreadable(file, cause.message, undefined, cause);
  });
  if (!isUtf8(bytes)) throw unreadable(file, 'It is not UTF-8 text.', 'Save it as UTF-8 in your editor.');
  return bytes.toString('utf8');
}

function unreadable(file: string, detail: string, hint: string | undefined, cause?: unknown): ApigenError {
  return new ApigenError({ code: 'PROJECT_UNREADABLE', summary: `Cannot read ${file}`, detail, hint, cause });
}

/** The SDK's own variables, in its order. */
function regionOf(env: NodeJS.ProcessEnv): string | undefined {
  for (const name of ['AWS_REGION', 'AWS_DEFAULT_REGION']) {
    const value = env[name];
    if (value !== undefined && value !== '') return checkedRegion(value, name);
  }
  return undefined;
}

function checkedRegion(region: string | undefined, source: string): string | undefined {
  const fault = region === undefined ? undefined : judgeRegion(region);
  if (fault === undefined) return region;
  const summary = `${source}: ${JSON.stringify(region)} ${fault.message}`;
  throw new UsageError({ code: 'UNKNOWN_REGION', summary, hint: fault.hint });
}
