import { describe, expect, it } from '@jest/globals';
import { claimsAsText, scopesOf } from '../../../src/gateway/jwt/claims.ts';

describe('claims', () => {
  it('become text as API Gateway writes it', () => {
    expect(
      claimsAsText({
        sub: 'u',
        nothing: null,
        n: 5,
        big: 1_583_348_638,
        yes: true,
        groups: ['x', 'y'],
        nested: { b: 1, a: ['z'] },
      }),
    ).toEqual({ sub: 'u', n: '5', big: '1583348638', yes: 'true', groups: '[x y]', nested: 'map[a:[z] b:1]' });
  });

  it('carry scopes as words or as a list, in scope or in scp', () => {
    expect(scopesOf({ scope: 'a  b' })).toEqual(['a', 'b']);
    expect(scopesOf({ scp: ['a', 'b'] })).toEqual(['a', 'b']);
    expect(scopesOf({ scope: 'a', scp: ['b'] })).toEqual(['a']);
    expect(scopesOf({ scope: 7 })).toEqual([]);
    expect(scopesOf({})).toEqual([]);
  });
});
