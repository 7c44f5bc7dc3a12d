// esbuild's messages as Problems: file, line and column as people count them, and the command that mends it.

import { isAbsolute, join } from 'node:path';
import type { Location, Message } from 'esbuild';
import type { Position, Problem } from '../errors.ts';
import { installHint } from './install-hint.ts';

/** @param root the folder that esbuild's relative paths start from */
export function esbuildProblem(message: Message, root: string): Problem {
  const position = message.location === null ? undefined : esbuildPosition(message.location, root);
  const specifier = /^Could not resolve "([^"]+)"/.exec(message.text)?.[1];
  if (specifier === undefined) return { code: 'BUILD_FAILED', message: message.text, position };
  return unresolved(specifier, position, root);
}

/** Lines and columns from 1; esbuild counts columns from 0, in bytes of UTF-8. */
export function esbuildPosition(location: Location, root: string): Position {
  const before = Buffer.from(location.lineText, 'utf8').subarray(0, location.column).toString('utf8');
  const file = isAbsolute(location.file) ? location.file : join(root, location.file);
  return { file, line: location.line, column: before.length + 1 };
}

function unresolved(specifier: string, position: Position | undefined, root: string): Problem {
  const code = 'UNRESOLVED_IMPORT';
  if (/^[./]/.test(specifier)) {
    return { code, message: `There is no file "${specifier}" beside this one`, hint: 'Correct the path.', position };
  }
  const name = /^(@[^/]+\/[^/]+|[^@#~/][^/]*)/.exec(specifier)?.[1];
  if (name === undefined || specifier.startsWith('node:')) {
    const hint = 'Correct it, or declare it under "imports" in package.json or "paths" in tsconfig.json.';
    return { code, message: `Nothing is known as "${specifier}"`, hint, position };
  }
  return { code, message: `The package ${name} is not installed`, hint: installHint(root, name), position };
}
