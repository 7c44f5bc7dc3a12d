// `apigen init`: a new project, or what is missing in one that is there. An existing file is never touched, save the
// editor's schema, which apigen itself wrote.

import { lstat, mkdir, readFile, realpath, rmdir } from 'node:fs/promises';
import { basename, join, resolve, sep } from 'node:path';
import { ApigenError, UsageError } from '../../errors.ts';
import { loadProject } from '../../project/load-project.ts';
import type { Project } from '../../project/project.ts';
import { PROJECT_NAME } from '../../project/schema/project-file.ts';
import { judgeName } from '../../project/schema/rule.ts';
import { writeAtomically } from '../../project/write-atomically.ts';
import { createFiles, isThere, type NewFile } from './create-files.ts';
import { editorSchema, type NewProject, projectFileOf, sampleFiles, supportFiles } from './init-files.ts';
import { detectLanguage } from './language.ts';

export interface InitResult {
  /** Absolute. */
  readonly folder: string;
  /** False when apigen.yml was there. */
  readonly isNew: boolean;
  readonly project: NewProject;
  /** Relative paths, in the order they were written. */
  readonly created: readonly string[];
  /** Files that were there and stayed as they were. */
  readonly kept: readonly string[];
  /** `apigen.schema.json` when an older apigen had written it. */
  readonly refreshed: readonly string[];
}

/**
 * The folder of `apigen init NAME`: directly below the current one, or that one itself for `.` and no name.
 *
 * @throws UsageError `INVALID_NAME`; ApigenError when something else stands there
 */
export async function initFolder(cwd: string, name: string | undefined): Promise<string> {
  if (name === undefined || name === '.') return resolve(cwd);
  requireProjectName(name, 'apigen init');
  const folder = join(resolve(cwd), name);
  if (!(await isThere(folder))) return folder;
  const real = await realpath(folder).catch(() => undefined);
  if (real === undefined || !real.startsWith((await realpath(cwd)) + sep)) {
    throw new ApigenError({
      code: 'LEAVES_FOLDER',
      summary: `${name} is a link that leads out of this folder`,
      hint: 'Choose another name, or run apigen init in the folder it leads to.',
    });
  }
  if ((await lstat(real)).isDirectory()) return folder;
  throw new ApigenError({ code: 'FILE_EXISTS', summary: `${name} is a file`, hint: 'Choose another name.' });
}

/** @throws UsageError `INVALID_NAME` */
export function requireProjectName(name: string, flag: string): void {
  const fault = judgeName(name, PROJECT_NAME);
  if (fault === undefined) return;
  const summary = `${flag}: the project name ${JSON.stringify(name)} ${fault.message}`;
  throw new UsageError({ code: 'INVALID_NAME', summary, hint: fault.hint });
}

/** The project that stands in a folder, if one does. @throws InvalidProjectError when its apigen.yml is wrong */
export async function existingProject(folder: string): Promise<Project | undefined> {
  if (!(await isThere(join(folder, 'apigen.yml')))) return undefined;
  return loadProject({ cwd: folder, env: { AWS_REGION: 'us-east-1' } });
}

/** A name for the project of a folder, as near to the folder's as names allow. */
export function nameOfFolder(folder: string): string {
  const fault = judgeName(basename(folder).toLowerCase(), PROJECT_NAME);
  if (fault === undefined) return basename(folder).toLowerCase();
  return fault.hint?.replace(/^Write /, '') ?? 'my-api';
}

/** Describes an existing project in the terms of a new one. */
export function describeProject(project: Project): NewProject {
  const type = Object.values(project.apis)[0]?.type ?? 'http';
  return { name: project.name, type, region: project.region, language: detectLanguage(project) };
}

/** Writes what is missing. The project file comes last: a run that was cut off is simply run again. */
export async function initProject(folder: string, wanted: NewProject): Promise<InitResult> {
  const existing = await existingProject(folder);
  const project = existing === undefined ? wanted : describeProject(existing);
  const files = [
    ...(await supportFiles(project)),
    ...(await wantedSamples(project, existing)),
    ...(existing === undefined ? [await projectFileOf(project)] : []),
  ];
  const missing: NewFile[] = [];
  const kept: string[] = existing === undefined ? [] : ['apigen.yml'];
  for (const file of files) {
    if (await isThere(join(folder, file.path))) kept.push(file.path);
    else missing.push(file);
  }
  const madeFolder = !(await isThere(folder));
  if (madeFolder) await mkdir(folder);
  try {
    await createFiles(folder, missing);
  } catch (error) {
    if (madeFolder) await rmdir(folder).catch(() => undefined);
    throw error;
  }
  const refreshed = kept.includes('apigen.schema.json') && (await refreshSchema(folder)) ? ['apigen.schema.json'] : [];
  return {
    folder,
    isNew: existing === undefined,
    project,
    created: missing.map((file) => file.path),
    kept: kept.filter((path) => !refreshed.includes(path)),
    refreshed,
  };
}

/** What the samples' tests call. */
const CHAT_HANDLERS = ['src/chat/connect', 'src/chat/disconnect', 'src/chat/send'];
const PRODUCT_HANDLERS = ['src/products/list', 'src/products/get', 'src/products/create'];

/** All samples for a new project; for an existing one those that its apigen.yml names, with what they import. */
async function wantedSamples(project: NewProject, existing: Project | undefined): Promise<readonly NewFile[]> {
  const samples = await sampleFiles(project);
  if (existing === undefined) return samples;
  const modules = Object.values(existing.functions).map((declaration) => declaration.module);
  const models = Object.values(existing.models).map((model) => model.file);
  const named = (path: string) => models.includes(path) || modules.includes(path.replace(/\.\w+$/, ''));
  const handlers = samples.filter((file) => named(file.path));
  const isHandler = (file: NewFile) => !models.includes(file.path);
  const sends = modules.includes('src/chat/send');
  const shared = samples.filter(({ path }) =>
    /^src\/chat\/connections\./.test(path) ? sends : /^src\/http\./.test(path) && handlers.some(isHandler),
  );
  const sampled = project.type === 'websocket' ? CHAT_HANDLERS : PRODUCT_HANDLERS;
  const tested = sampled.every((module) => modules.includes(module));
  return [...shared, ...handlers, ...samples.filter((file) => file.path.startsWith('test/') && tested)];
}

async function refreshSchema(folder: string): Promise<boolean> {
  const path = join(folder, 'apigen.schema.json');
  const before = await readFile(path, 'utf8');
  const text = editorSchema();
  if (before === text || !before.includes('"$comment": "Written by apigen')) return false;
  await writeAtomically(path, before, text);
  return true;
}
