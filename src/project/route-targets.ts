// What answers a route: one of handler, url, mock, sns, sqs, dynamodb and aws, with what belongs to it and nothing else.

import type { ApiType } from './api-declaration.ts';
import { API_TIMEOUT_SECONDS } from './limits.ts';
import { formatPath, type ProblemList } from './problem-list.ts';
import type { ProjectPath, RouteTarget } from './project.ts';
import { pluralOf } from './refusals.ts';
import type { HandlerMention } from './resolve-functions.ts';
import { FUNCTION_SETTINGS } from './schema/function-settings.ts';
import type { RouteEntry } from './schema/route.ts';

export type TargetDraft =
  | { readonly type: 'handler'; readonly mention: HandlerMention; readonly mapping?: RouteEntry['mapping'] }
  | Exclude<RouteTarget, { type: 'function' }>;

const TARGETS = ['handler', 'url', 'mock', 'sns', 'sqs', 'dynamodb', 'aws'] as const;

/** Keys beside the target that mean something to some targets alone. */
const OF_URL = ['vpcLink', 'tlsName', 'method'];
const OF_FUNCTIONS: readonly string[] = [...FUNCTION_SETTINGS.filter((key) => key !== 'timeout'), 'access', 'payload'];

/** The target of a route, or nothing where a problem was added. */
export function targetOf(
  type: ApiType,
  entry: RouteEntry,
  path: ProjectPath,
  problems: ProblemList,
): TargetDraft | undefined {
  const name = formatPath(path);
  const [target, other] = TARGETS.filter((key) => entry[key] !== undefined);
  if (target === undefined) {
    const mock = type === 'rest' ? ' or on a REST API mock: { status: 200 }' : '';
    const hint =
      type === 'rest'
        ? 'Add handler: src/….handler, or on a REST API mock: { status: 200 }'
        : `Add handler: src/….handler${mock}, or url: https://…`;
    problems.addUnlessKnown(path, {
      code: 'MISSING_KEY',
      message: `${name} says nothing that answers it`,
      hint,
      atKey: true,
    });
    return undefined;
  }
  if (other !== undefined) {
    const hint = `Keep ${target} or ${other}; in a stage, set the other one to null.`;
    problems.add([...path, other], {
      code: 'TWO_TARGETS',
      message: `${name} has a ${target} and a ${other}`,
      hint,
      atKey: true,
    });
    return undefined;
  }
  refuseUseless(target, entry, path, problems);
  if (target === 'handler') return handlerOf(entry, path);
  return { ...backendOf(target, entry), ...timeoutOf(type, target, entry, path, problems) } as TargetDraft;
}

function handlerOf(entry: RouteEntry, path: ProjectPath): TargetDraft | undefined {
  if (entry.handler === undefined) return undefined;
  const { access } = entry;
  const settings = Object.fromEntries(
    FUNCTION_SETTINGS.flatMap((key) => (entry[key] === undefined ? [] : [[key, entry[key]]])),
  ) as HandlerMention['settings'];
  const mention = { handler: entry.handler, settings: { ...settings, ...(access && { access }) }, path };
  return { type: 'handler', mention, ...(entry.mapping && { mapping: entry.mapping }) };
}

function backendOf(
  target: Exclude<(typeof TARGETS)[number], 'handler'>,
  entry: RouteEntry,
): Exclude<TargetDraft, { type: 'handler' }> | undefined {
  const { url, mock, sns, sqs, dynamodb, aws } = entry;
  if (target === 'mock') {
    return {
      type: 'mock',
      status: mock?.status ?? 200,
      body: mock?.body,
      ...(mock?.headers && { headers: mock.headers }),
    };
  }
  if (sns !== undefined) return { type: 'sns', sns };
  if (sqs !== undefined) return { type: 'sqs', sqs };
  if (dynamodb !== undefined) return { type: 'dynamodb', dynamodb };
  if (aws !== undefined) return { type: 'aws', aws };
  if (url === undefined) return undefined;
  const { vpcLink, tlsName, method, mapping } = entry;
  return {
    type: 'url',
    url,
    ...(method !== undefined && { method }),
    ...(vpcLink !== undefined && { vpcLink }),
    ...(tlsName !== undefined && { tlsName }),
    ...(mapping !== undefined && { mapping }),
  };
}

function refuseUseless(
  target: (typeof TARGETS)[number],
  entry: RouteEntry,
  path: ProjectPath,
  problems: ProblemList,
): void {
  const useless = (key: string, why: string): void =>
    problems.addUnlessKnown([...path, key], {
      code: 'USELESS_KEY',
      message: `${formatPath(path)}: ${why}`,
      hint: `Remove ${key}.`,
      atKey: true,
    });
  for (const key of Object.keys(entry)) {
    if (target !== 'handler' && OF_FUNCTIONS.includes(key)) {
      useless(key, `${key} is a setting of functions, and a ${target} has none`);
    } else if (target === 'mock' && key === 'timeout') {
      useless(key, 'timeout is a setting of functions and backends, and a mock has none');
    } else if (target !== 'url' && OF_URL.includes(key)) useless(key, `${key} belongs to url`);
    else if (key === 'mapping' && target !== 'url' && target !== 'handler') {
      const instead = target === 'aws' ? 'aws has template and responses of its own' : `a ${target} maps by itself`;
      useless(key, `mapping belongs to url and handler: ${instead}`);
    }
  }
}

function timeoutOf(
  type: ApiType,
  target: string,
  { timeout }: RouteEntry,
  path: ProjectPath,
  problems: ProblemList,
): { readonly timeout?: number } {
  if (timeout === undefined || target === 'mock') return {};
  const limit = API_TIMEOUT_SECONDS[type];
  if (timeout <= limit) return { timeout };
  problems.add([...path, 'timeout'], {
    code: 'TIMEOUT_OVER_LIMIT',
    message: `${formatPath(path)}: API Gateway waits ${limit} s at most on ${pluralOf(type)}`,
    hint: `Set timeout: ${limit} or less; answer longer work with 202 and a queue.`,
  });
  return {};
}
