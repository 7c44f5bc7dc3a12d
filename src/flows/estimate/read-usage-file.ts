// A usage file from the disk, with the place of everything in it.

import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { UsageError } from '../../errors.ts';
import { keyOffsetOf, offsetOf, toPlain } from '../../project/located.ts';
import type { Project } from '../../project/project.ts';
import { readYaml } from '../../project/read-yaml.ts';
import { parseUsage } from './parse-usage.ts';
import { type Locate, UsageProblems } from './usage-problems.ts';
import type { Usage } from './usage-schema.ts';

/** A usage, and where to report what the project says against it. */
export interface ReadUsage {
  readonly usage: Usage;
  readonly problems: UsageProblems;
}

/**
 * Reads a usage file; `file` is relative to `cwd`.
 *
 * @throws UsageError `NO_USAGE_FILE`; InvalidProjectError with every problem of the file
 */
export async function readUsageFile(file: string, cwd: string): Promise<ReadUsage> {
  const path = resolve(cwd, file);
  return readUsageText(await readText(path, file), path, file);
}

/** The same from text; `name` is how the file is called in a sentence. */
export function readUsageText(text: string, path: string, name: string): ReadUsage {
  const { root, problems: broken, position } = readYaml(text, path);
  const locate: Locate = (at, atKey) =>
    root === undefined ? undefined : position(atKey ? keyOffsetOf(root, at) : offsetOf(root, at));
  const problems = new UsageProblems(name, locate, broken);
  problems.throwIfAny();
  const usage = parseUsage(root === undefined ? {} : toPlain(root), problems);
  problems.throwIfAny();
  return { usage, problems };
}

/**
 * The `usage:` block of apigen.yml.
 *
 * @throws InvalidProjectError with every problem of the block
 */
export function readProjectUsage(project: Project): ReadUsage {
  const problems = problemsOf(project);
  const usage = parseUsage(project.usage, problems);
  problems.throwIfAny();
  return { usage, problems };
}

/** Where problems of the `usage:` block are collected. */
export function problemsOf(project: Project): UsageProblems {
  return new UsageProblems('usage of apigen.yml', (path) => project.position(['usage', ...path]));
}

async function readText(path: string, file: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    throw new UsageError({
      code: 'NO_USAGE_FILE',
      summary: `Cannot read the usage file ${file}`,
      detail: cause instanceof Error ? cause.message : undefined,
      hint: 'apigen cost-estimate init-usage    (writes one with comments)',
      cause,
    });
  }
}
