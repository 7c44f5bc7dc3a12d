// What a sweep has found so far: a line of JSON for each chain in a file, so that a sweep may be stopped and go on, and
// the table over all of them.

import { appendFile, readFile } from 'node:fs/promises';
import type { Phase } from '../quota-proxy/options.ts';
import type { ApiType, Operation } from './operations.ts';

export const phases: readonly Phase[] = ['received', 'committed', 'answered'];

export const moments: Readonly<Record<Phase, string>> = {
  received: 'before sending',
  committed: 'after commit, before the answer',
  answered: 'after the answer, before the ledger',
};

export interface CaseResult {
  readonly type: ApiType;
  readonly operation: Operation['name'];
  readonly phase: Phase;
  readonly call: number;
  /** False when the operation ended before that call: with calls side by side, their number varies a little. */
  readonly killed: boolean;
  readonly breaches: readonly string[];
}

export class SweepResults {
  readonly #file: string | undefined;
  readonly #cases: CaseResult[] = [];

  private constructor(file: string | undefined) {
    this.#file = file;
  }

  /** @param file made if it is not there; absent: nothing is kept */
  static async open(file: string | undefined): Promise<SweepResults> {
    const results = new SweepResults(file);
    if (file === undefined) return results;
    const text = await readFile(file, 'utf8').catch(() => '');
    for (const line of text.split('\n')) if (line !== '') results.#cases.push(JSON.parse(line) as CaseResult);
    return results;
  }

  async add(cases: readonly CaseResult[]): Promise<void> {
    this.#cases.push(...cases);
    if (this.#file === undefined) return;
    await appendFile(this.#file, cases.map((item) => `${JSON.stringify(item)}\n`).join(''));
  }

  has(type: ApiType, phase: Phase, call: number): boolean {
    return this.#cases.some((item) => item.type === type && item.phase === phase && item.call === call);
  }

  get failures(): readonly CaseResult[] {
    return this.#cases.filter((item) => item.breaches.length > 0);
  }

  /** Project × operation × moment. */
  table(): string {
    const rows = new Map<string, { cases: number; killed: number; failed: number }>();
    for (const { type, operation, phase, killed, breaches } of this.#cases) {
      const key = `${type.padEnd(5)} ${operation.padEnd(9)} ${moments[phase].padEnd(36)}`;
      const row = rows.get(key) ?? { cases: 0, killed: 0, failed: 0 };
      row.cases += 1;
      if (killed) row.killed += 1;
      if (breaches.length > 0) row.failed += 1;
      rows.set(key, row);
    }
    const lines = [...rows].map(([key, { cases, killed, failed }]) => {
      const missed = cases === killed ? '' : `  (${cases - killed} ended before their call)`;
      return `${key} ${String(killed).padStart(4)} kills  ${failed === 0 ? 'ok' : `${failed} FAILED`}${missed}`;
    });
    const killed = this.#cases.filter((item) => item.killed).length;
    return [...lines, '', `${killed} kills, ${this.failures.length} failed`].join('\n');
  }
}

/** A failure with the command that replays it. */
export function describeFailure({ type, operation, phase, call, breaches }: CaseResult): string {
  return [
    `✗ ${type} ${operation}, call ${call}, ${moments[phase]}`,
    ...breaches.map((breach) => `  ${breach.replaceAll('\n', '\n  ')}`),
    `  again: npm run crash-sweep -- --type ${type} --operation ${operation} --phase ${phase} --call ${call}`,
  ].join('\n');
}
