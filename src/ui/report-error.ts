// Says a failure in the form that was asked for: rendered on stderr, or as the one document on stdout.

import { readFileSync } from 'node:fs';
import { relative, resolve, sep } from 'node:path';
import { Chalk } from 'chalk';
import type { ApigenError } from '../errors.ts';
import { colorLevel } from './color-level.ts';
import type { UiOptions } from './create-ui.ts';
import { errorDocument } from './error-document.ts';
import { renderError } from './render-error.ts';

const DEFAULT_WIDTH = 80;

/** @param cwd paths are shown as a person in this folder would write them. */
export function reportError(error: ApigenError, cwd: string, options: UiOptions): void {
  const { json, debug, streams, env, color } = options;
  if (json) {
    options.stdout.write(`${JSON.stringify(errorDocument(error, debug), null, 2)}\n`);
    return;
  }
  const view = {
    style: new Chalk({ level: colorLevel(streams.stderr, env, color) }),
    width: streams.stderr.columns || DEFAULT_WIDTH,
    debug,
    displayPath: (file: string) => displayPath(resolve(cwd, file), cwd),
    readSource: (file: string) => readSource(resolve(cwd, file)),
  };
  options.stderr.write(`${renderError(error, view)}\n`);
}

function displayPath(file: string, cwd: string): string {
  const path = relative(cwd, file);
  return path.startsWith(`..${sep}..`) ? file : path;
}

function readSource(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
