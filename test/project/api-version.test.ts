import { describe, expect, it } from '@jest/globals';
import { checkedApiVersion, compareVersions } from '../../src/project/api-version.ts';

describe('--api-version', () => {
  it.each(['v1', 'v2', 'v10', 'v9999'])('takes %s', (version) => expect(checkedApiVersion(version)).toBe(version));

  it.each([
    ['2', 'v2'],
    ['V2', 'v2'],
    ['v0', 'v2'],
    ['v01', 'v1'],
    ['', 'v2'],
    ['v2/', 'v2'],
    ['v2 ', 'v2'],
    ['latest', 'v2'],
    ['v123456', 'v1234'],
  ])('refuses %j and says what may be meant', (version, meant) => {
    expect(() => checkedApiVersion(version)).toThrow(
      expect.objectContaining({ code: 'INVALID_API_VERSION', hint: `--api-version ${meant}` }),
    );
  });

  it('puts v2 before v10', () => expect(['v10', 'v2', 'v1'].sort(compareVersions)).toEqual(['v1', 'v2', 'v10']));
});
