// Comparison of what API Gateway answers with what was sent: sets come back in an order of their own, and an update can
// add and change but not take away.

import type { Json } from '../engine/kind.ts';

export type StringMap = Readonly<Record<string, string>>;

/** A set as it is wanted, where it holds the same values. */
export function asWanted(live: readonly string[], wanted: readonly string[] | undefined): readonly string[] {
  if (!wanted || live.length !== wanted.length) return live;
  const sorted = (values: readonly string[]): string => JSON.stringify([...values].sort());
  return sorted(live) === sorted(wanted) ? wanted : live;
}

/**
 * Whether `desired` lacks something that `now` has: a key of a map at any depth, or a text that becomes empty. Updates
 * of this API are PATCHes, and what a PATCH does to something left out is not documented: then it is made anew.
 */
export function takesAway(now: Json | undefined, desired: Json | undefined): boolean {
  if (typeof now === 'string') return now !== '' && desired === '';
  if (Array.isArray(now)) return now.length > 0 && Array.isArray(desired) && desired.length === 0;
  if (typeof now !== 'object' || now === null) return false;
  const other = typeof desired === 'object' && desired !== null && !Array.isArray(desired) ? desired : {};
  return Object.entries(now).some(([key, value]) => !Object.hasOwn(other, key) || takesAway(value, lookUp(other, key)));
}

const lookUp = (map: object, key: string): Json | undefined => (map as Readonly<Record<string, Json>>)[key];
