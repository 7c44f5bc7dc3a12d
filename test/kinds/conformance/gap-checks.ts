// Declares the checks of one kind as tests, with known gaps turned round: what is listed must fail.

import { afterAll, expect, it } from '@jest/globals';
import type { Emulator } from './emulator.ts';
import { knownGaps } from './known-gaps.ts';

export type Declare = (check: string, body: () => Promise<void>) => void;

/**
 * @param checks declares every check through the function it is given
 * @param create whether the kind can be created at all: the one check of a kind that an emulator lacks
 */
export function declareChecks(
  emulator: Emulator,
  kind: string,
  create: string,
  checks: (declare: Declare) => void,
): void {
  const gaps = knownGaps.filter((gap) => gap.emulator === emulator && gap.kind === kind);
  const lacking = gaps.find((gap) => gap.check === undefined);
  const declared = new Set<string>();
  checks((check, body) => {
    declared.add(check);
    const gap = lacking ?? gaps.find((item) => item.check === check);
    if (gap === undefined) {
      it(check, body);
      return;
    }
    if (lacking && check !== create) return;
    it(`cannot: ${check} (${emulator}: ${gap.reason})`, async () => {
      process.stderr.write(`  known gap: ${emulator}, ${kind}, ${gap.check ?? 'all of it'}: ${gap.reason}\n`);
      const outcome = await body().then(
        () => 'holds now: take it off test/kinds/conformance/known-gaps.ts',
        () => 'fails',
      );
      expect(outcome).toBe('fails');
    });
  });
  afterAll(() => {
    const strangers = gaps.flatMap(({ check }) => (check === undefined || declared.has(check) ? [] : [check]));
    expect(strangers).toEqual([]);
  });
}
