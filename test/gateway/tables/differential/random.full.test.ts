// Random sequences of operations, sent to the embedded tables and to DynamoDB Local.

import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type ComparedEngines, startComparedEngines } from './compared-engines.ts';
import { step } from './random-step.ts';

// Replay a failure: TABLES_SEED=… TABLES_PATH=… npx jest --selectProjects full --testPathPatterns differential/random
// A gate that is shut by chance says nothing of the change it judges: there the sequences are always the same ones.
const seed = Number(process.env['TABLES_SEED'] ?? (process.env['CI'] ? 1001 : randomBytes(4).readInt32BE()));
const path = process.env['TABLES_PATH'];
const numRuns = Number(process.env['TABLES_RUNS'] ?? 150);

describe(`random operations, seed ${seed}`, () => {
  let engines: ComparedEngines;
  beforeAll(async () => {
    engines = await startComparedEngines();
  }, 600_000);
  afterAll(() => engines.stop());

  it(
    'get the same answers from the embedded tables and from DynamoDB Local',
    async () => {
      const property = fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 40 }), async (steps) => {
        await engines.remake();
        for (const one of steps) {
          const mismatch = await engines.compare(one);
          // Of several things wrong with one request either may be told first.
          const isSameRefusal =
            mismatch?.local['error'] !== undefined && mismatch.local['error'] === mismatch.embedded['error'];
          if (mismatch !== undefined && !isSameRefusal) expect(mismatch).toBeUndefined();
        }
        expect(engines.notes).toEqual([]);
      });
      await fc.assert(property, { numRuns, seed, ...(path !== undefined && { path }) });
    },
    Math.max(300_000, numRuns * 2_000),
  );
});
