// Runs the cases of a file, a few at a time, in the order of the file.

import { readFile } from 'node:fs/promises';
import type { GatewayCase } from './case-format.ts';
import type { CaseOutcome } from './report.ts';
import { runCase } from './run-case.ts';
import { startTokenIssuer } from './token-issuer.ts';

export interface Selection {
  /** Areas to run; `*` stands for anything. Empty: all. */
  readonly areas: readonly string[];
  /** Ids to run, likewise. */
  readonly ids: readonly string[];
}

/** @throws Error when the file cannot be read or is no list of cases. */
export async function readCases(file: string, selection: Selection): Promise<GatewayCase[]> {
  const parsed: unknown = JSON.parse(await readFile(file, 'utf8'));
  if (!Array.isArray(parsed)) throw new Error(`${file} is not a list of cases`);
  const cases = parsed as GatewayCase[];
  return cases.filter((each) => matches(selection.areas, each.area) && matches(selection.ids, each.id));
}

/** Outcomes in the order of the cases; `finished` is told of each as it ends. */
export async function runCases(
  cases: readonly GatewayCase[],
  finished: (outcome: CaseOutcome) => void = () => {},
  parallel = 4,
): Promise<CaseOutcome[]> {
  const issuer = await startTokenIssuer();
  const outcomes: CaseOutcome[] = [];
  let next = 0;
  const work = async (): Promise<void> => {
    for (let index = next++; index < cases.length; index = next++) {
      const given = cases[index];
      if (given === undefined) return;
      const outcome = { given, mismatches: await runCase(given, issuer) };
      outcomes[index] = outcome;
      finished(outcome);
    }
  };
  try {
    await Promise.all(Array.from({ length: parallel }, work));
  } finally {
    await issuer.close();
  }
  return outcomes;
}

function matches(wanted: readonly string[], text: string): boolean {
  if (wanted.length === 0) return true;
  return wanted.some((each) => {
    const source = each.split('*').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
    return new RegExp(`^${source.join('.*')}$`).test(text);
  });
}
