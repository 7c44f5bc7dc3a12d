import { describe, expect, it } from '@jest/globals';
import type { DevEvent } from '../../../src/flows/dev/dev-event.ts';
import { repeatedProblems } from '../../../src/flows/dev/repeated-problems.ts';

const broken = (what: string, ...messages: string[]): DevEvent => ({
  type: 'broken',
  what,
  problems: messages.map((message) => ({ code: 'BUILD_FAILED', message })),
});

describe('a problem that was told', () => {
  it('of all handlers is not told again of the function, until that is saved once more', () => {
    const isRepeated = repeatedProblems();
    expect(isRepeated(broken('handlers', 'one', 'two'))).toBe(false);
    expect(isRepeated(broken('a', 'one'))).toBe(true);
    expect(isRepeated(broken('a', 'one'))).toBe(false);
    expect(isRepeated(broken('b', 'two', 'three'))).toBe(false);
  });

  it('is told again after it was mended', () => {
    const isRepeated = repeatedProblems();
    expect(isRepeated(broken('handlers', 'one'))).toBe(false);
    expect(isRepeated({ type: 'healed', what: 'a' })).toBe(false);
    expect(isRepeated(broken('a', 'one'))).toBe(false);
  });
});
