import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { differences } from '../../src/engine/compare.ts';
import type { Props, Target } from '../../src/engine/kind.ts';
import { dated, type RecordedAnswer, recordedKinds } from './recorded/recorded-kinds.ts';

interface RecordedCase {
  readonly says: string;
  readonly target: Target;
  readonly desired: Props;
  readonly answers: readonly RecordedAnswer[];
  /** Paths at which live differs from desired; absent: nowhere. */
  readonly differs?: readonly string[];
  readonly outputs?: Readonly<Record<string, string>>;
  /** What somebody else added. */
  readonly unknownChildren?: readonly string[];
}

interface Recorded {
  /** Pages that the answers follow. */
  readonly documentation: readonly string[];
  readonly cases: readonly RecordedCase[];
}

const folder = new URL('./recorded/', import.meta.url);
const recordedOf = (kind: string): Recorded => JSON.parse(readFileSync(new URL(`${kind}.json`, folder), 'utf8'), dated);

describe('answers as AWS documents them, with the defaults it fills in', () => {
  const names = [...recordedKinds([]).keys()].sort();

  it('are recorded for every kind', () => {
    const files = readdirSync(folder).filter((file) => file.endsWith('.json'));
    expect(files.sort()).toEqual(names.map((name) => `${name}.json`));
  });

  for (const name of names) {
    const { documentation, cases } = recordedOf(name);

    it(`name the page they follow, for ${name}`, () => {
      expect(documentation.every((page) => page.startsWith('https://docs.aws.amazon.com/'))).toBe(true);
      expect(documentation.length).toBeGreaterThan(0);
    });

    it.each(cases)(`${name}: $says`, async ({ target, desired, answers, differs, outputs, unknownChildren }) => {
      const kind = recordedKinds(answers).get(name);
      const live = await kind?.read(target, desired);
      const found = differences(live?.props ?? {}, desired, kind?.fields ?? {});
      expect(found.map(({ path }) => path)).toEqual(differs ?? []);
      expect(live).toMatchObject({ owned: true, ...(outputs && { outputs }) });
      if (unknownChildren) expect(live?.unknownChildren).toEqual(unknownChildren);
    });
  }
});
