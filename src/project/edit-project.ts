// Adds routes, models and functions to apigen.yml. The new text is proven before anything is written: it must read
// as the old project plus the addition, and be valid at every stage.

import { dirname } from 'node:path';
import { ApigenError, InvalidProjectError } from '../errors.ts';
import { DEFAULT_STAGE } from './choose-stage.ts';
import { type Entry, insertEntry } from './insert-entry.ts';
import { invalidProject, readProjectText } from './load-project.ts';
import { locate } from './located.ts';
import { parseProject } from './parse-project.ts';
import { formatPath } from './problem-list.ts';
import type { Project } from './project.ts';
import { readYaml } from './read-yaml.ts';
import type { EntryValue } from './render-entry.ts';
import { writeAtomically } from './write-atomically.ts';

/** A proven edit that is not written yet. */
export interface PreparedEdit {
  /** The project as it will be, at the stage `dev`. */
  readonly project: Project;
  readonly text: string;
  /** Writes it in one step. @throws ApigenError `FILE_CHANGED` when the file changed since it was read */
  commit(): Promise<void>;
}

/** `apis.{api}.routes`: a handler, or a map with more settings. */
export function routeEntry(api: string, key: string, value: EntryValue): Entry {
  return { parent: ['apis', api, 'routes'], key, value };
}

/** `models`: a file, or a map with more settings. */
export function modelEntry(name: string, value: EntryValue): Entry {
  return { parent: ['models'], key: name, value };
}

/** `functions`: a handler, or a map with more settings. */
export function functionEntry(name: string, value: EntryValue): Entry {
  return { parent: ['functions'], key: name, value };
}

/**
 * Prepares the addition of entries to the project file.
 *
 * @param file apigen.yml, absolute
 * @throws ApigenError `ALREADY_THERE`, `EDIT_REFUSED`; InvalidProjectError when the file is not valid, before or after
 */
export async function editProject(file: string, entries: readonly Entry[]): Promise<PreparedEdit> {
  const before = await readProjectText(file);
  validate(before, file);
  let text = before;
  for (const entry of entries) {
    refuseExisting(text, file, entry);
    text = insertEntry(text, entry);
  }
  const project = validateResult(text, file, entries);
  return { project, text, commit: () => writeAtomically(file, before, text) };
}

/** The project at `dev`; the other stages are only checked. */
function validate(text: string, file: string): Project {
  // The region is no matter of an edit: it may come from the environment.
  const source = { text, file, root: dirname(file), fallbackRegion: 'us-east-1' };
  const base = parseProject({ ...source, stage: DEFAULT_STAGE });
  if (base.project === undefined) throw invalidProject(base.problems);
  for (const stage of base.stages) {
    const parsed = parseProject({ ...source, stage });
    if (parsed.project === undefined) throw invalidProject(parsed.problems);
  }
  return base.project;
}

/** Problems of a text that nobody sees carry no positions. */
function validateResult(text: string, file: string, entries: readonly Entry[]): Project {
  try {
    return validate(text, file);
  } catch (error) {
    if (!(error instanceof InvalidProjectError)) throw error;
    const added = entries.map((entry) => entry.key).join(', ');
    const problems = error.problems.map(({ code, message, hint }) => ({ code, message, hint }));
    throw new InvalidProjectError(`${added} cannot be added to apigen.yml; nothing was written`, problems);
  }
}

function refuseExisting(text: string, file: string, entry: Entry): void {
  const yaml = readYaml(text, file);
  const path = [...entry.parent, entry.key];
  const node = yaml.root === undefined ? undefined : locate(yaml.root, path);
  if (node === undefined) return;
  const { line } = yaml.position(node.at);
  throw new ApigenError({
    code: 'ALREADY_THERE',
    summary: `apigen.yml has ${formatPath(path)} already`,
    detail: `It stands in line ${line}.`,
    hint: 'Edit it there.',
  });
}
