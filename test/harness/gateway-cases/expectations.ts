// What a case or step expects, checked against an answer and against what functions and backends got.

import { type BackendRequest, describeBackendRequest } from './backends.ts';
import type { Json, JsonObject, Mismatch } from './case-format.ts';
import type { WireResponse } from './http-client.ts';
import { compare, isRecord, pattern, sameKeys } from './matchers.ts';

/** What the case's functions and backends got so far. */
export interface Observed {
  readonly events: ReadonlyMap<string, readonly Json[]>;
  readonly backendRequests: readonly BackendRequest[];
  /** Functions that authorizers call. */
  readonly authorizerFunctions: ReadonlySet<string>;
}

type Check = (expected: Json, answer: WireResponse, observed: Observed) => Mismatch[];

/** All mismatches of an `expect`; keys the format does not know are mismatches too. */
export function check(expected: JsonObject, answer: WireResponse | undefined, observed: Observed): Mismatch[] {
  return Object.entries(expected).flatMap(([key, value]): Mismatch[] => {
    const ofObserved = OBSERVED[key];
    if (ofObserved !== undefined) return ofObserved(value, observed);
    const ofAnswer = ANSWER[key];
    if (ofAnswer === undefined) return [{ at: key, expected: 'a known expectation', actual: 'unknown to this runner' }];
    if (answer === undefined) return [{ at: key, expected: value, actual: 'no answer to look at' }];
    return ofAnswer(value, answer, observed);
  });
}

const ANSWER: Readonly<Record<string, Check>> = {
  status: (expected, answer) => compare(expected, answer.status, 'status', 'exact'),
  headers: (expected, answer) =>
    Object.entries(expected as JsonObject).flatMap(([name, value]) =>
      compare(value, joined(answer, name), `headers.${name}`, 'exact'),
    ),
  headersAbsent: (expected, answer) =>
    (expected as string[]).flatMap((name) => {
      const actual = joined(answer, name);
      return actual === undefined ? [] : [{ at: `headers.${name}`, expected: { $absent: true }, actual }];
    }),
  headersMulti: (expected, answer) =>
    Object.entries(expected as JsonObject).flatMap(([name, value]) =>
      compare(value, values(answer, name), `headers.${name}`, 'exact'),
    ),
  bodyJson: (expected, answer) => ofJson(answer, (json) => compare(expected, json, 'bodyJson', 'exact'), expected),
  bodyJsonSubset: (expected, answer) =>
    ofJson(answer, (json) => compare(expected, json, 'bodyJsonSubset', 'subset'), expected),
  bodyText: (expected, answer) => compare(expected, answer.body.toString('utf8'), 'bodyText', 'exact'),
  bodyBase64: (expected, answer) => compare(expected, answer.body.toString('base64'), 'bodyBase64', 'exact'),
  bodyMatches: (expected, answer) => {
    const actual = answer.body.toString('utf8');
    return pattern(String(expected)).test(actual) ? [] : [{ at: 'bodyMatches', expected, actual }];
  },
};

const OBSERVED: Readonly<Record<string, (expected: Json, observed: Observed) => Mismatch[]>> = {
  lambdaEvent: (expected, observed) => compare(expected, lastEvent(observed, false), 'lambdaEvent', 'subset'),
  lambdaInput: (expected, observed) => compare(expected, lastEvent(observed, false), 'lambdaInput', 'exact'),
  lambdaEventKeys: (expected, observed) => keySets(expected, lastEvent(observed, false), 'lambdaEventKeys'),
  authorizerEvent: (expected, observed) => compare(expected, lastEvent(observed, true), 'authorizerEvent', 'subset'),
  authorizerEventKeys: (expected, observed) => keySets(expected, lastEvent(observed, true), 'authorizerEventKeys'),
  lambdaEvents: (expected, observed) =>
    Object.entries(expected as JsonObject).flatMap(([name, events]) =>
      (events as Json[]).flatMap((event, index) =>
        compare(event, observed.events.get(name)?.[index], `lambdaEvents.${name}[${index}]`, 'subset'),
      ),
    ),
  invocations: (expected, observed) =>
    Object.entries(expected as JsonObject).flatMap(([name, count]) =>
      compare(count, observed.events.get(name)?.length ?? 0, `invocations.${name}`, 'exact'),
    ),
  backendRequest: (expected, observed) => {
    const request = observed.backendRequests.at(-1);
    const actual = request === undefined ? undefined : describeBackendRequest(request);
    return compare(expected, actual, 'backendRequest', 'subset');
  },
  sameValueAcrossEvents: (expected, observed) => {
    const { path, functions } = expected as { path: string; functions: string[] };
    const found = functions.map((name) => at(observed.events.get(name)?.[0], path));
    const same = found[0] !== undefined && found.every((value) => value === found[0]);
    return same ? [] : [{ at: 'sameValueAcrossEvents', expected: `one ${path} in ${functions}`, actual: found }];
  },
};

function values(answer: WireResponse, name: string): string[] {
  return answer.headers.filter(([key]) => key.toLowerCase() === name.toLowerCase()).map(([, value]) => value);
}

function joined(answer: WireResponse, name: string): string | undefined {
  const all = values(answer, name);
  return all.length === 0 ? undefined : all.join(', ');
}

function ofJson(answer: WireResponse, then: (json: unknown) => Mismatch[], expected: Json): Mismatch[] {
  const text = answer.body.toString('utf8');
  let json: unknown;
  try {
    json = JSON.parse(text) as unknown;
  } catch {
    return [{ at: 'body', expected, actual: text }];
  }
  return then(json);
}

// `fn` is the function of a case by custom; a case with another name has one that no authorizer calls.
function lastEvent(observed: Observed, authorizer: boolean): Json | undefined {
  const names = [...observed.events.keys()].filter((name) => observed.authorizerFunctions.has(name) === authorizer);
  const name = !authorizer && names.includes('fn') ? 'fn' : names.find((each) => observed.events.get(each)?.length);
  return name === undefined ? undefined : observed.events.get(name)?.at(-1);
}

function keySets(expected: Json, event: Json | undefined, where: string): Mismatch[] {
  return Object.entries(expected as JsonObject).flatMap(([path, keys]) => {
    const value = at(event, path);
    if (sameKeys(keys, value)) return [];
    return [{ at: `${where}["${path}"]`, expected: keys, actual: isRecord(value) ? Object.keys(value).sort() : value }];
  });
}

function at(value: unknown, path: string): unknown {
  let current = value;
  for (const key of path === '' ? [] : path.split('.')) current = isRecord(current) ? current[key] : undefined;
  return current;
}
