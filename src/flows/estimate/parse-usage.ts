// A usage as written → a usage as read. Every fault is reported with its path, unknown keys with the nearest known one.

import * as z from 'zod';
import { METER_IDS } from '../../pricing/meters.ts';
import { nearestName } from '../../project/nearest-name.ts';
import type { ProjectPath } from '../../project/project.ts';
import type { UsageProblems } from './usage-problems.ts';
import { type Usage, usageSchema } from './usage-schema.ts';

/** The usage; empty where it has problems, which are then in `problems`. */
export function parseUsage(plain: unknown, problems: UsageProblems): Usage {
  const parsed = usageSchema.safeParse(plain ?? {});
  if (parsed.success) return parsed.data;
  for (const issue of parsed.error.issues) report(issue, plain, problems);
  return {};
}

function report(issue: z.core.$ZodIssue, plain: unknown, problems: UsageProblems): void {
  const path = written(
    issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step)),
    plain,
  );
  if (issue.code === 'unrecognized_keys') {
    for (const key of issue.keys) reportUnknownKey([...path, key], problems);
    return;
  }
  if (issue.code === 'invalid_key') {
    problems.addUnknown(path, 'meter', METER_IDS);
    return;
  }
  if (issue.code === 'custom') {
    problems.add(path, issue.message, typeof issue.params?.['hint'] === 'string' ? issue.params['hint'] : undefined);
    return;
  }
  const value = valueAt(plain, path);
  if (issue.code === 'invalid_value') {
    const values = issue.values.map(String);
    const near = nearestName(String(value), values);
    const list = values.length > 12 ? undefined : `Write ${values.join(', ')}.`;
    problems.add(
      path,
      `${JSON.stringify(value)} is not known here`,
      near === undefined ? list : `Did you mean ${near}?`,
    );
    return;
  }
  problems.add(path, describe(issue, value));
}

// `reads: 10M` is read as `reads: { eventual: 10M }`: a fault of it is told where it was written.
function written(path: ProjectPath, plain: unknown): ProjectPath {
  const parent = valueAt(plain, path.slice(0, -1));
  return typeof parent === 'string' || typeof parent === 'number' ? path.slice(0, -1) : path;
}

function describe(issue: z.core.$ZodIssue, value: unknown): string {
  if (value === undefined) return 'is missing';
  if (value === null) return 'has no value';
  if (issue.code !== 'invalid_type') return issue.message;
  const expected: Readonly<Record<string, string>> = {
    object: 'a map',
    record: 'a map',
    array: 'a list',
    boolean: 'true or false',
    string: 'text',
  };
  return `must be ${expected[issue.expected] ?? issue.expected}`;
}

function reportUnknownKey(path: ProjectPath, problems: UsageProblems): void {
  const known = knownKeys(path.slice(0, -1));
  const key = String(path.at(-1));
  const near = nearestName(key, known);
  const few = known.length > 20 ? 'apigen prices --json lists them.' : `Known keys: ${known.join(', ')}.`;
  const hint = near === undefined ? few : `Did you mean ${near}?`;
  problems.add(path, 'is not a key of the usage', hint, 'UNKNOWN_KEY', true);
}

/** The keys that the schema allows in the map at a path. */
function knownKeys(path: ProjectPath): readonly string[] {
  let schema: unknown = usageSchema;
  for (const step of path) schema = descend(unwrap(schema), String(step));
  const map = unwrap(schema);
  if (map instanceof z.ZodRecord && map.keyType instanceof z.ZodEnum) return map.keyType.options.map(String);
  return map instanceof z.ZodObject ? Object.keys(map.shape) : [];
}

function descend(schema: unknown, key: string): unknown {
  if (schema instanceof z.ZodObject) return schema.shape[key];
  return schema instanceof z.ZodRecord ? schema.valueType : undefined;
}

function unwrap(schema: unknown): unknown {
  if (schema instanceof z.ZodOptional) return unwrap(schema.unwrap());
  return schema instanceof z.ZodPipe ? unwrap(schema.out) : schema;
}

function valueAt(plain: unknown, path: ProjectPath): unknown {
  let value = plain;
  for (const step of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Record<string, unknown>)[String(step)];
  }
  return value;
}
