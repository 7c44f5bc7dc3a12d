// Compares a value with an expectation that may hold matchers ($type, $match, $absent, $exact, $keys, $json, $oneOf).
// `subset` lets actual objects carry more members; `exact` does not. Lists compare element by element in both.

import type { Json, JsonObject, Mismatch } from './case-format.ts';

export type Mode = 'subset' | 'exact';

/** All mismatches between what was expected and what came; none means it matches. */
export function compare(expected: Json, actual: unknown, at: string, mode: Mode): Mismatch[] {
  if (isObject(expected)) {
    const matcher = Object.keys(expected).find((key) => key.startsWith('$'));
    if (matcher !== undefined) return applyMatcher(expected, actual, at, mode);
    return compareObject(expected, actual, at, mode);
  }
  if (Array.isArray(expected)) {
    if (!Array.isArray(actual) || actual.length !== expected.length) return [{ at, expected, actual }];
    return expected.flatMap((item, index) => compare(item, actual[index], `${at}[${index}]`, mode));
  }
  return Object.is(expected, actual) ? [] : [{ at, expected, actual }];
}

function compareObject(expected: JsonObject, actual: unknown, at: string, mode: Mode): Mismatch[] {
  if (!isRecord(actual)) return [{ at, expected, actual }];
  const found = Object.entries(expected).flatMap(([key, value]) =>
    compare(value, Object.hasOwn(actual, key) ? actual[key] : undefined, `${at}.${key}`, mode),
  );
  if (mode === 'exact') {
    for (const key of Object.keys(actual)) {
      if (!Object.hasOwn(expected, key)) {
        found.push({ at: `${at}.${key}`, expected: { $absent: true }, actual: actual[key] });
      }
    }
  }
  return found;
}

function applyMatcher(expected: JsonObject, actual: unknown, at: string, mode: Mode): Mismatch[] {
  const failure: Mismatch[] = [{ at, expected, actual }];
  return Object.entries(expected).flatMap(([name, operand]) => {
    switch (name) {
      case '$type':
        return typeOf(actual) === operand ? [] : failure;
      case '$match':
        return typeof actual === 'string' && pattern(String(operand)).test(actual) ? [] : failure;
      case '$absent':
        return (actual === undefined) === (operand === true) ? [] : failure;
      case '$exact':
        return compare(operand, actual, at, 'exact');
      case '$keys':
        return sameKeys(operand, actual) ? [] : failure;
      case '$json': {
        const parsed = parseJson(actual);
        return parsed === undefined ? failure : compare(operand, parsed.value, `${at}(json)`, 'exact');
      }
      case '$oneOf':
        return Array.isArray(operand) && operand.some((item) => compare(item, actual, at, mode).length === 0)
          ? []
          : failure;
      default:
        return [{ at, expected: `a known matcher, not ${name}`, actual }];
    }
  });
}

/** A regular expression of the format; a leading `(?i)` stands for the flag. */
export function pattern(source: string): RegExp {
  const flags = /^\(\?([ims]+)\)/.exec(source);
  return flags?.[1] === undefined ? new RegExp(source) : new RegExp(source.slice(flags[0].length), flags[1]);
}

/** Whether an object has exactly these keys. */
export function sameKeys(keys: Json, actual: unknown): boolean {
  if (!Array.isArray(keys) || !isRecord(actual)) return false;
  return JSON.stringify([...keys].map(String).sort()) === JSON.stringify(Object.keys(actual).sort());
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isObject(value: Json): value is JsonObject {
  return isRecord(value);
}

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}

function parseJson(text: unknown): { value: unknown } | undefined {
  if (typeof text !== 'string') return undefined;
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return undefined;
  }
}
