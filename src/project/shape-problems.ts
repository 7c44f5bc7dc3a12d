// What the schema refuses, in words: unknown keys with the nearest known one, wrong types with the edit that mends
// them. Afterwards the refused parts are left out, so that the rest of the file is checked in the same run.

import type * as z from 'zod';
import { knownKeys } from './known-keys.ts';
import { type Located, locate } from './located.ts';
import { missingSpace } from './missing-space.ts';
import { nearestName } from './nearest-name.ts';
import { formatPath, type ProblemInit, type ProblemList } from './problem-list.ts';
import type { ProjectPath } from './project.ts';
import { type ProjectFile, projectFile } from './schema/project-file.ts';
import type { FaultParams } from './schema/rule.ts';
import { unknownKeyHint } from './unknown-key-hint.ts';

type Issue = z.core.$ZodIssue;

/** Checks `plain` against the schema, adds what is wrong, and returns what remains usable (or nothing). */
export function checkShape(plain: unknown, root: Located, problems: ProblemList): ProjectFile | undefined {
  let rest = structuredClone(plain);
  // Leaving a part out can make its parent incomplete: a few rounds, of which only the first reports.
  for (let round = 0; round < 12; round++) {
    const parsed = projectFile.safeParse(rest);
    if (parsed.success) return parsed.data;
    const issues = parsed.error.issues.flatMap((one) => flatten(one));
    for (const issue of issues) {
      if (round === 0 && !isMisspelt(issue, issues)) report(issue, root, problems);
      rest = prune(rest, issue);
    }
  }
  return undefined;
}

/** Unions become the issues of the branch that the person meant: the one whose type fits. */
function flatten(issue: Issue): readonly Issue[] {
  if (issue.code !== 'invalid_union' || issue.errors.length === 0) return [issue];
  const meant = issue.errors.find((errors) =>
    errors.some((error) => error.path.length > 0 || error.code === 'custom' || error.code === 'unrecognized_keys'),
  );
  if (meant === undefined) return [mergeBranches(issue)];
  return meant.flatMap((error) => flatten({ ...error, path: [...issue.path, ...error.path] } as Issue));
}

/** A missing key that is there under a slightly wrong name: the unknown key says enough. */
function isMisspelt(missing: Issue, issues: readonly Issue[]): boolean {
  const key = missing.path.at(-1);
  if (missing.code !== 'invalid_type' || typeof key !== 'string') return false;
  return issues.some(
    (issue) =>
      issue.code === 'unrecognized_keys' &&
      issue.path.length === missing.path.length - 1 &&
      issue.path.every((step, index) => step === missing.path[index]) &&
      issue.keys.some((unknown) => nearestName(unknown, [key]) === key),
  );
}

/** No branch fits: one issue that says what all of them expect. */
function mergeBranches(issue: Issue & { code: 'invalid_union' }): Issue {
  const expected = issue.errors.flat().map(expectation);
  const message = `must be ${[...new Set(expected)].join(' or ')}`;
  return {
    code: 'custom',
    path: issue.path,
    message,
    params: { code: 'WRONG_TYPE', hint: undefined },
    input: undefined,
  };
}

function report(issue: Issue, root: Located, problems: ProblemList): void {
  const path = issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step));
  if (issue.code === 'unrecognized_keys') {
    for (const key of issue.keys) reportUnknownKey(path, key, problems);
    return;
  }
  if (issue.code === 'invalid_key') {
    const inner = issue.issues[0];
    const fault = inner === undefined ? undefined : faultOf(inner);
    const message = `${formatPath(path)}: the name ${inner?.message ?? 'is not allowed'}`;
    problems.add(path, { code: fault?.code ?? 'INVALID_NAME', message, hint: fault?.hint, atKey: true });
    return;
  }
  problems.add(path, describe(issue, path, root));
}

function reportUnknownKey(path: ProjectPath, key: string, problems: ProblemList): void {
  const where = path.length === 0 ? 'apigen.yml' : formatPath(path);
  problems.add([...path, key], {
    code: 'UNKNOWN_KEY',
    message: `${where} has no key ${JSON.stringify(key)}`,
    hint: unknownKeyHint(path, key, knownKeys(path)),
    atKey: true,
  });
}

function describe(issue: Issue, path: ProjectPath, root: Located): ProblemInit {
  const node = locate(root, path);
  const name = formatPath(path);
  const fault = faultOf(issue);
  if (fault !== undefined) {
    const shown = node?.kind === 'scalar' && node.value !== null ? ` ${JSON.stringify(node.value)}` : '';
    return { code: fault.code, message: `${name}:${shown} ${issue.message}`, hint: fault.hint };
  }
  if (node === undefined) {
    const parent = path.length < 2 ? 'apigen.yml' : formatPath(path.slice(0, -1));
    const key = String(path.at(-1));
    return { code: 'MISSING_KEY', message: `${parent} has no ${key}`, hint: `Add ${key}: it ${requirement(issue)}.` };
  }
  if (issue.code === 'invalid_value' && node.kind === 'scalar' && typeof node.value === 'string') {
    const values = issue.values.map(String);
    const near = nearestName(node.value, values);
    const hint = near === undefined ? undefined : `Did you mean ${near}?`;
    return { code: 'UNKNOWN_VALUE', message: `${name}: ${JSON.stringify(node.value)} must be ${listOf(values)}`, hint };
  }
  const wrong = describeValue(node);
  if (issue.code === 'invalid_type' && issue.expected === 'string' && node.kind === 'scalar' && node.value !== null) {
    const hint = `Put it in quotes: ${path.at(-1)}: "${node.source}"`;
    return { code: 'WRONG_TYPE', message: `${name}: must be text, not ${wrong}`, hint };
  }
  const code = issue.code === 'invalid_type' ? 'WRONG_TYPE' : 'OUT_OF_RANGE';
  const hint = issue.code === 'invalid_type' ? typeHint(issue.expected, node) : undefined;
  return { code, message: `${name}: ${requirement(issue)}, not ${wrong}`, hint };
}

function typeHint(expected: string, node: Located): string | undefined {
  const wantsMap = expected === 'object' || expected === 'record';
  if (wantsMap && node.kind === 'list') return 'Write name: value, without the dashes.';
  if (node.kind !== 'scalar' || typeof node.value !== 'string') return undefined;
  if (wantsMap) return missingSpace(node.value);
  if (expected === 'boolean' && /^(yes|on)$/i.test(node.value)) return 'Write true.';
  return expected === 'boolean' && /^(no|off)$/i.test(node.value) ? 'Write false.' : undefined;
}

function requirement(issue: Issue): string {
  if (!issue.message.startsWith('Invalid') && !issue.message.startsWith('Too')) return issue.message;
  return `must be ${expectation(issue)}`;
}

function expectation(issue: Issue): string {
  if (issue.code === 'invalid_value') return listOf(issue.values.map(String));
  if (issue.code === 'invalid_type') {
    if (issue.expected === 'string') return 'text';
    if (issue.expected === 'object' || issue.expected === 'record') return 'a map';
    if (issue.expected === 'array') return 'a list';
    if (issue.expected === 'boolean') return 'true or false';
    return `a ${issue.expected}`;
  }
  return issue.message.replace(/^must be /, '');
}

function describeValue(node: Located): string {
  if (node.kind === 'map') return 'a map';
  if (node.kind === 'list') return 'a list';
  return node.value === null ? 'nothing' : JSON.stringify(node.value);
}

function listOf(values: readonly string[]): string {
  return values.length < 2 ? values.join('') : `${values.slice(0, -1).join(', ')} or ${values.at(-1)}`;
}

function faultOf(issue: Issue): FaultParams | undefined {
  if (issue.code !== 'custom' || issue.params === undefined) return undefined;
  const { code, hint } = issue.params;
  if (typeof code !== 'string') return undefined;
  return { code, hint: typeof hint === 'string' ? hint : undefined };
}

/** Leaves out what the issue is about; where a required key is missing, the map that misses it. */
function prune(plain: unknown, issue: Issue): unknown {
  const path = issue.path;
  if (issue.code === 'unrecognized_keys') {
    for (const key of issue.keys) remove(plain, [...path, key]);
    return plain;
  }
  if (path.length === 1 && path[0] === 'name' && isRecord(plain)) {
    // The only required key of the root: any name lets the rest be checked.
    plain['name'] = 'unnamed';
    return plain;
  }
  if (path.length === 0) return {};
  if (!remove(plain, path)) remove(plain, path.slice(0, -1));
  return plain;
}

function remove(plain: unknown, path: readonly PropertyKey[]): boolean {
  let parent: unknown = plain;
  for (const step of path.slice(0, -1)) {
    parent = isRecord(parent) ? parent[String(step)] : Array.isArray(parent) ? parent[Number(step)] : undefined;
  }
  const key = path.at(-1);
  if (Array.isArray(parent)) return parent.splice(Number(key), 1).length > 0;
  if (!isRecord(parent) || key === undefined || !Object.hasOwn(parent, String(key))) return false;
  delete parent[String(key)];
  return true;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
