// Claims as API Gateway hands them on: text, and scopes from either of the two claims that carry them.

import type { JWTPayload } from 'jose';

/**
 * Every claim as text: numbers and booleans as JSON writes them, lists as `[a b]`, maps as `map[a:1 b:2]`; one that is
 * null is left out (observed on AWS; the guide does not say).
 */
export function claimsAsText(claims: JWTPayload): Record<string, string> {
  const given = Object.entries(claims).filter(([, value]) => value !== null);
  return Object.fromEntries(given.map(([name, value]) => [name, claimText(value)]));
}

function claimText(value: unknown): string {
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return `[${value.map(claimText).join(' ')}]`;
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
    return `map[${entries.map(([name, entry]) => `${name}:${claimText(entry)}`).join(' ')}]`;
  }
  return String(value);
}

/** The scopes of a token: `scope`, or else `scp`, as a list or as words. */
export function scopesOf(claims: JWTPayload): readonly string[] {
  const held = claims['scope'] ?? claims['scp'];
  if (typeof held === 'string') return held.split(' ').filter((scope) => scope !== '');
  return Array.isArray(held) ? held.filter((scope) => typeof scope === 'string') : [];
}
