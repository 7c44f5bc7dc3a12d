// Collects what is wrong, each with its place. A problem that follows from another one at the same place is dropped,
// so that one slip gives one message.

import type { Problem } from '../errors.ts';
import { keyOffsetOf, type Located, offsetOf } from './located.ts';
import type { ProjectPath } from './project.ts';
import type { YamlText } from './read-yaml.ts';

export interface ProblemInit {
  readonly code: string;
  readonly message: string;
  readonly hint?: string | undefined;
  /** Point at the key rather than at the value. */
  readonly atKey?: boolean;
}

export class ProblemList {
  readonly problems: Problem[];
  /** What works, but not as the file may mean it. */
  readonly warnings: Problem[] = [];
  private readonly root: Located;
  private readonly position: YamlText['position'];
  private readonly paths: ProjectPath[] = [];

  constructor(root: Located, position: YamlText['position'], problems: readonly Problem[]) {
    this.root = root;
    this.position = position;
    this.problems = [...problems];
  }

  /** Adds a problem at `path`. */
  add(path: ProjectPath, problem: ProblemInit): void {
    const at = problem.atKey === true ? keyOffsetOf(this.root, path) : offsetOf(this.root, path);
    const { code, message, hint } = problem;
    this.problems.push({ code, message, hint, position: this.position(at) });
    this.paths.push(path);
  }

  /** Adds a warning at `path`. */
  warn(path: ProjectPath, { code, message, hint }: ProblemInit): void {
    this.warnings.push({ code, message, hint, position: this.position(offsetOf(this.root, path)) });
  }

  /** Adds a problem unless one is known at `path`, above it or below it. */
  addUnlessKnown(path: ProjectPath, problem: ProblemInit): void {
    const known = this.paths.some((other) => startsWith(other, path) || startsWith(path, other));
    if (!known) this.add(path, problem);
  }

  /** In the order of the file. */
  sorted(): readonly Problem[] {
    return [...this.problems].sort((a, b) => compareProblems(a, b));
  }
}

/** Names a path as a person would: `apis.public.routes["GET /products"].memory`. */
export function formatPath(path: ProjectPath): string {
  let text = '';
  for (const step of path) {
    if (typeof step === 'number') text += `[${step}]`;
    else if (/^[\w-]+$/.test(step)) text += text === '' ? step : `.${step}`;
    else text += `[${JSON.stringify(step)}]`;
  }
  return text === '' ? 'the file' : text;
}

function startsWith(path: ProjectPath, start: ProjectPath): boolean {
  return start.length > 0 && start.length <= path.length && start.every((step, index) => step === path[index]);
}

/** Orders problems by file, line and column; those without a place come last. */
export function compareProblems(a: Problem, b: Problem): number {
  if (a.position === undefined || b.position === undefined) {
    return Number(a.position === undefined) - Number(b.position === undefined);
  }
  if (a.position.file !== b.position.file) return a.position.file < b.position.file ? -1 : 1;
  return a.position.line - b.position.line || a.position.column - b.position.column;
}
