// What is wrong with a usage, all of it at once, each with its line where it stands in a file.

import { InvalidProjectError, type Position, type Problem } from '../../errors.ts';
import { nearestName } from '../../project/nearest-name.ts';
import { compareProblems, formatPath } from '../../project/problem-list.ts';
import type { ProjectPath } from '../../project/project.ts';

/** Where a value (or its key) stands; undefined where nothing is written, as for flags. */
export type Locate = (path: ProjectPath, atKey: boolean) => Position | undefined;

export class UsageProblems {
  /** `usage.yml`, or `usage: of apigen.yml`. */
  readonly source: string;
  private readonly locate: Locate;
  private readonly found: Problem[] = [];

  constructor(source: string, locate: Locate, found: readonly Problem[] = []) {
    this.source = source;
    this.locate = locate;
    this.found.push(...found);
  }

  /** A value that cannot be; the message goes on from its path. */
  add(path: ProjectPath, message: string, hint?: string, code = 'INVALID_USAGE', atKey = false): void {
    const name = path.length === 0 ? this.source : formatPath(path);
    this.found.push({ code, message: `${name}: ${message}`, hint, position: this.locate(path, atKey) });
  }

  /** A name that nothing has. */
  addUnknown(path: ProjectPath, what: string, known: Iterable<string>): void {
    const names = [...known];
    const name = String(path.at(-1));
    const near = nearestName(name, names);
    const list = names.length === 0 ? `There is no ${what}.` : `Known: ${names.slice(0, 12).join(', ')}.`;
    const hint = near === undefined ? list : `Did you mean ${near}?`;
    this.add(path, `there is no ${what} ${JSON.stringify(name)}`, hint, 'UNKNOWN_NAME', true);
  }

  /** In the order of the file. */
  get problems(): readonly Problem[] {
    return [...this.found].sort(compareProblems);
  }

  /** @throws InvalidProjectError with every problem */
  throwIfAny(): void {
    const { problems } = this;
    if (problems.length === 0) return;
    const count = problems.length === 1 ? 'a problem' : `${problems.length} problems`;
    throw new InvalidProjectError(`${this.source} has ${count}`, problems, { code: 'INVALID_USAGE' });
  }
}
