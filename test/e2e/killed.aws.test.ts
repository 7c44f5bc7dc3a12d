import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { runCrashCase } from '../harness/crash-sweep/crash-case.ts';
import { drawCases } from '../harness/crash-sweep/seeded-cases.ts';

// Replay a failure: CRASH_SEED=… npx jest --selectProjects aws --testPathPatterns killed
const seed = process.env['CRASH_SEED'] ?? randomBytes(4).toString('hex');
const casesEach = Number(process.env['CRASH_CASES'] ?? 1);
const ministack = process.env['MINISTACK_ENDPOINT'] ?? '';

for (const type of ['http', 'rest'] as const) {
  describe(`a kill on MiniStack, ${type}, seed ${seed}`, () => {
    for (const operation of ['deploy', 'update', 'rollback', 'destroy'] as const) {
      it(`${operation}: the same command, typed again, converges`, async () => {
        const tag = `k${seed}${type[0]}${operation.slice(0, 2)}`;
        const clean = await runCrashCase(ministack, { type, operation }, `${tag}0`, undefined);
        expect(clean.breaches).toEqual([]);
        for (const [index, testCase] of drawCases(seed, casesEach, type, operation, clean.calls).entries()) {
          const outcome = await runCrashCase(ministack, testCase, `${tag}${index + 1}`, clean.state);
          expect({ point: testCase.point, breaches: outcome.breaches }).toEqual({
            point: testCase.point,
            breaches: [],
          });
        }
      }, 240_000);
    }
  });
}
