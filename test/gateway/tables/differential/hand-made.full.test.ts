import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { batches } from './cases/batches.ts';
import { conditions } from './cases/conditions.ts';
import { queries } from './cases/queries.ts';
import { updateCases } from './cases/updates.ts';
import { values } from './cases/values.ts';
import { type ComparedEngines, type Mismatch, startComparedEngines } from './compared-engines.ts';
import { differenceNames } from './known-differences.ts';

describe('the embedded tables answer as DynamoDB Local does', () => {
  let engines: ComparedEngines;
  beforeAll(async () => {
    engines = await startComparedEngines();
  }, 600_000);
  afterAll(() => engines.stop());
  beforeEach(() => engines.remake());

  for (const [group, cases] of Object.entries({ values, conditions, updateCases, queries, batches })) {
    describe(group, () => {
      it.each(cases)('$name', async ({ steps }) => {
        const mismatches: Mismatch[] = [];
        for (const step of steps) {
          const mismatch = await engines.compare(step);
          if (mismatch !== undefined) mismatches.push(mismatch);
        }
        expect(mismatches).toEqual([]);
        expect(engines.notes).toEqual([]);
      });
    });
  }

  it('but for the known differences, each of which still holds', () => {
    expect([...engines.met].sort()).toEqual([...differenceNames].sort());
  });
});
