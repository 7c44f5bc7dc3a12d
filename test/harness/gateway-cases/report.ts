// What the runner prints: each failure with expected and actual, a line per area, and the count alone on the last line.

import type { GatewayCase, Mismatch } from './case-format.ts';

export interface CaseOutcome {
  readonly given: GatewayCase;
  readonly mismatches: readonly Mismatch[];
}

/** The lines of one failed case. */
export function failureLines({ given, mismatches }: CaseOutcome): string[] {
  return [
    `✗ ${given.id} (${given.gateway}, ${given.area})`,
    ...mismatches.flatMap((mismatch) => [
      `    ${mismatch.at}`,
      `      expected ${shown(mismatch.expected)}`,
      `      actual   ${shown(mismatch.actual)}`,
    ]),
  ];
}

/** A line per area in the order of the file, then the totals. */
export function summaryLines(outcomes: readonly CaseOutcome[]): string[] {
  const areas = new Map<string, { passed: number; total: number }>();
  for (const { given, mismatches } of outcomes) {
    const name = `${given.gateway} ${given.area}`;
    const area = areas.get(name) ?? { passed: 0, total: 0 };
    area.total += 1;
    if (mismatches.length === 0) area.passed += 1;
    areas.set(name, area);
  }
  const width = Math.max(0, ...[...areas.keys()].map((name) => name.length));
  const failed = outcomes.filter((outcome) => outcome.mismatches.length > 0).length;
  return [
    ...[...areas].map(([name, { passed, total }]) => `${name.padEnd(width)}  ${passed}/${total}`),
    `${outcomes.length - failed} passed, ${failed} failed`,
  ];
}

function shown(value: unknown): string {
  const text = typeof value === 'string' ? JSON.stringify(value) : (JSON.stringify(value) ?? 'nothing');
  return text.length > 2_000 ? `${text.slice(0, 2_000)}… (${text.length} characters)` : text;
}
