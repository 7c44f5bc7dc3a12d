// Paths that apigen.yml may name: inside the project, with forward slashes, so that they mean the same everywhere.

import type { Fault } from './rule.ts';

/** Why a path cannot be used, or `undefined`. Knows no disk: existence is checked elsewhere. */
export function judgePathInProject(path: string): Fault | undefined {
  const code = 'INVALID_PATH';
  if (path.trim() === '') return { code, message: 'is empty: name a file of the project' };
  if (path !== path.trim()) return { code, message: 'begins or ends with a space' };
  if (path.includes('\\')) {
    return { code, message: 'holds a backslash', hint: `Write ${path.replaceAll('\\', '/')}` };
  }
  if (path.startsWith('/') || /^[A-Za-z]:/.test(path) || path.startsWith('~')) {
    return {
      code,
      message: 'must be relative to the folder of apigen.yml',
      hint: 'Write it as src/products/list.handler.',
    };
  }
  if (path.split('/').includes('..')) {
    return { code, message: 'leaves the project with ..', hint: 'Move the file into the project.' };
  }
  const control = /\p{Cc}/u;
  if (control.test(path)) return { code, message: 'holds a control character' };
  if (path.split('/').includes('node_modules')) {
    return { code, message: 'points into node_modules', hint: 'Re-export it from a file of the project.' };
  }
  return undefined;
}

/** The path as it is kept: without a leading `./`, doubled slashes and `.` segments. */
export function normalisePath(path: string): string {
  return path
    .split('/')
    .filter((segment) => segment !== '' && segment !== '.')
    .join('/');
}
