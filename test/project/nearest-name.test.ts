import { describe, expect, it } from '@jest/globals';
import { nearestName } from '../../src/project/nearest-name.ts';

describe('nearestName', () => {
  const known = ['memory', 'timeout', 'handler', 'access', 'auth'];

  it.each([
    ['memroy', 'memory'],
    ['Memory', 'memory'],
    ['acces', 'access'],
    ['handlr', 'handler'],
    ['timeuot', 'timeout'],
    ['auht', 'auth'],
  ])('takes %s for %s', (word, meant) => {
    expect(nearestName(word, known)).toBe(meant);
  });

  it.each(['x', '', 'protect', 'mm', 'authorization'])('stays silent about %j, which is near nothing', (word) => {
    expect(nearestName(word, known)).toBeUndefined();
  });

  it('takes the first of two that are as near', () => {
    expect(nearestName('rad', ['read', 'rand'])).toBe('read');
  });
});
