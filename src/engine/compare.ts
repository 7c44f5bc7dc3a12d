// Comparison of props by value: keys in any order, absent and undefined alike, lists in their order.

import { createHash } from 'node:crypto';
import type { FieldRule, Json, Props } from './kind.ts';

/** One place where live and desired differ, for a person and for the choice between update and replace. */
export interface Difference {
  /** `environment.TABLE`, `routes[GET /products].integration`. */
  readonly path: string;
  readonly from: Json | undefined;
  readonly to: Json | undefined;
  readonly rule: FieldRule;
}

const isMap = (value: Json | undefined): value is { readonly [key: string]: Json | undefined } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** JSON with sorted keys: equal values give equal text. */
export function canonical(value: Json | undefined): string {
  if (Array.isArray(value)) return `[${value.map((item: Json) => canonical(item)).join(',')}]`;
  if (isMap(value)) {
    const entries = Object.entries(value).filter(([, item]) => item !== undefined);
    entries.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
    return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonical(item)}`).join(',')}}`;
  }
  return JSON.stringify(value ?? null);
}

/** A short name of a value: equal values give equal hashes. */
export const hashOf = (value: Json | undefined): string =>
  createHash('sha256').update(canonical(value)).digest('hex').slice(0, 32);

export const equal = (a: Json | undefined, b: Json | undefined): boolean => canonical(a) === canonical(b);

/** The differences between two sets of props, down to the smallest map entry; `carried` fields are left out. */
export function differences(
  live: Props,
  desired: Props,
  fields: Readonly<Record<string, FieldRule>>,
): readonly Difference[] {
  return Object.entries(fields).flatMap(([field, rule]) =>
    rule === 'carried' ? [] : within(field, live[field], desired[field], rule),
  );
}

function within(path: string, from: Json | undefined, to: Json | undefined, rule: FieldRule): readonly Difference[] {
  if (equal(from, to)) return [];
  if (!isMap(from) || !isMap(to)) return [{ path, from, to, rule }];
  const keys = [...new Set([...Object.keys(from), ...Object.keys(to)])].sort();
  return keys.flatMap((key) => within(`${path}.${key}`, from[key], to[key], rule));
}
