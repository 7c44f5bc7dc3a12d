// Every function of the project: those of `functions:` and those that routes name by their handler. A handler is one
// function however many routes name it; where that would be ambiguous, it is an error that says where to decide.

import { isDeepStrictEqual } from 'node:util';
import { checkEnvironment, checkSecrets } from './check-environment.ts';
import { functionName } from './function-name.ts';
import type { KnownNames } from './known.ts';
import { NAME_LENGTHS } from './limits.ts';
import { formatPath, type ProblemList } from './problem-list.ts';
import type { FunctionDeclaration, ProjectPath } from './project.ts';
import { resolveAccess } from './resolve-access.ts';
import { resolveTriggers } from './resolve-triggers.ts';
import type { FunctionEntry } from './schema/function.ts';
import { FUNCTION_SETTINGS, parseSecret } from './schema/function-settings.ts';
import { type HandlerReference, parseHandler } from './schema/handler.ts';
import type { ProjectFile } from './schema/project-file.ts';

type Settings = Omit<FunctionEntry, 'handler'>;

/** A place in apigen.yml that names a handler. */
export interface HandlerMention {
  readonly handler: string;
  readonly settings: Settings;
  readonly path: ProjectPath;
  /** The key under `functions:`; routes give none. */
  readonly name?: string;
}

export interface ResolvedFunctions {
  readonly functions: Readonly<Record<string, FunctionDeclaration>>;
  /** The function of a route's handler, as written. */
  nameOf(handler: string): string | undefined;
  /** Where a function's timeout is set: the route, the function or the defaults. */
  timeoutPath(name: string): ProjectPath;
}

const BUILT_IN = {
  runtime: 'nodejs22.x',
  architecture: 'arm64',
  memory: 256,
  timeout: 10,
  logRetention: 30,
} as const satisfies Settings;

/** Resolves all mentions, in file order; problems are added to the list. */
export function resolveFunctions(
  file: ProjectFile,
  known: KnownNames,
  routes: readonly HandlerMention[],
  problems: ProblemList,
): ResolvedFunctions {
  const groups = group([...entriesOf(file), ...routes], problems);
  const functions: Record<string, FunctionDeclaration> = {};
  const byHandler = new Map<string, string>();
  const timeoutPaths = new Map<string, ProjectPath>();
  for (const mentions of groups) {
    const first = mentions[0];
    if (first === undefined) continue;
    const handler = parseHandler(first.handler);
    const name = first.name ?? functionName(handler);
    const taken = functions[name];
    if (taken !== undefined) {
      reportSameName(name, taken, first, problems);
      continue;
    }
    const settings = mergeSettings(name, mentions, problems);
    const resolved = { ...BUILT_IN, ...file.defaults?.function, ...settings.values };
    const environment = { ...file.defaults?.function?.environment, ...settings.values.environment };
    const secrets = { ...file.defaults?.function?.secrets, ...settings.values.secrets };
    checkEnvironment(environment, settings.paths.environment ?? first.path, known.models, problems);
    checkSecrets(secrets, environment, settings.paths.secrets ?? first.path, problems);
    checkRole(name, settings, problems);
    const { on, access, secrets: _secrets, statements, ...plain } = resolved;
    const triggers = on && resolveTriggers(on, settings.paths.on ?? first.path, file, known, problems);
    functions[name] = {
      name,
      ...handler,
      ...plain,
      environment,
      ...resolveAccess(access ?? {}, settings.paths.access ?? first.path, known, problems),
      ...(Object.keys(secrets).length > 0 && {
        secrets: Object.fromEntries(Object.entries(secrets).map(([key, value]) => [key, parseSecret(value)])),
      }),
      ...(statements && { statements: statements.map((one) => ({ ...one, effect: one.effect ?? 'Allow' })) }),
      ...(triggers && triggers.length > 0 && { triggers }),
      path: first.path,
    };
    if (name.length > NAME_LENGTHS.function) reportLongName(name, first, problems);
    byHandler.set(handlerKey(handler), name);
    timeoutPaths.set(name, settings.paths.timeout ?? ['defaults', 'function', 'timeout']);
  }
  return {
    functions,
    nameOf: (handler) => byHandler.get(handlerKey(parseHandler(handler))),
    timeoutPath: (name) => timeoutPaths.get(name) ?? [],
  };
}

function entriesOf(file: ProjectFile): readonly HandlerMention[] {
  return Object.entries(file.functions ?? {}).map(([name, entry]) => {
    const { handler, ...settings } = typeof entry === 'string' ? { handler: entry } : entry;
    return { name, handler, settings, path: ['functions', name] };
  });
}

/** Mentions of one handler together. Two entries of `functions:` stay two functions, which then no route can name. */
function group(mentions: readonly HandlerMention[], problems: ProblemList): readonly (readonly HandlerMention[])[] {
  const groups: HandlerMention[][] = [];
  for (const mention of mentions) {
    const key = handlerKey(parseHandler(mention.handler));
    const same = groups.filter((one) => one[0] !== undefined && handlerKey(parseHandler(one[0].handler)) === key);
    const only = same[0];
    if (mention.name !== undefined || only === undefined) {
      groups.push([mention]);
    } else if (same.length > 1) {
      const names = same.map((one) => one[0]?.name).join(' and ');
      problems.add(mention.path, {
        code: 'AMBIGUOUS_HANDLER',
        message: `${formatPath(mention.path)}: ${names} under functions: both run ${mention.handler}, so the route could mean either`,
        hint: 'Give one of the functions a handler of its own (an export of another name in the same file is enough).',
      });
    } else only.push(mention);
  }
  return groups;
}

interface MergedSettings {
  readonly values: Settings;
  readonly paths: Readonly<Partial<Record<keyof Settings, ProjectPath>>>;
}

function mergeSettings(name: string, mentions: readonly HandlerMention[], problems: ProblemList): MergedSettings {
  const values: Record<string, unknown> = {};
  const paths: Partial<Record<keyof Settings, ProjectPath>> = {};
  for (const mention of mentions) {
    for (const setting of [...FUNCTION_SETTINGS, 'access' as const, 'on' as const]) {
      const value = mention.settings[setting];
      if (value === undefined) continue;
      const path = paths[setting];
      if (path === undefined) {
        values[setting] = value;
        paths[setting] = [...mention.path, setting];
      } else if (!isDeepStrictEqual(value, values[setting])) {
        reportConflict(name, setting, path, mention, problems);
      }
    }
  }
  return { values: values as Settings, paths };
}

/** A role that exists stays as it is. */
function checkRole(name: string, { values, paths }: MergedSettings, problems: ProblemList): void {
  if (values.role === undefined) return;
  for (const key of ['permissionsBoundary', 'statements'] as const) {
    const path = paths[key];
    if (path === undefined) continue;
    problems.add(path, {
      code: 'USELESS_KEY',
      message: `${formatPath(path)}: ${name} uses a role that exists, which ${key} cannot change`,
      hint: `Remove ${key}, or role to let apigen make one.`,
      atKey: true,
    });
  }
}

function reportConflict(
  name: string,
  setting: string,
  first: ProjectPath,
  mention: HandlerMention,
  problems: ProblemList,
): void {
  const one = formatPath(first.slice(0, -1));
  problems.add([...mention.path, setting], {
    code: 'SETTING_CONFLICT',
    message: `${one} and ${formatPath(mention.path)} share the function ${name} but set its ${setting} differently`,
    hint: `Set it once, under functions: ${name}: { handler: ${mention.handler}, ${setting}: … }`,
  });
}

function reportSameName(
  name: string,
  taken: FunctionDeclaration,
  mention: HandlerMention,
  problems: ProblemList,
): void {
  const other = `${taken.module}.${taken.exportName}`;
  problems.add(mention.path, {
    code: 'SAME_FUNCTION_NAME',
    message: `${formatPath(mention.path)}: ${mention.handler} and ${other} would both be the function ${name}`,
    hint: `Name one of them under functions: my-${name}: { handler: ${mention.handler} }`,
  });
}

function reportLongName(name: string, mention: HandlerMention, problems: ProblemList): void {
  problems.add(mention.path, {
    code: 'INVALID_NAME',
    message: `${formatPath(mention.path)}: the function's name ${name} is longer than ${NAME_LENGTHS.function} characters`,
    hint: `Give it a shorter one under functions: short-name: { handler: ${mention.handler} }`,
  });
}

function handlerKey(handler: HandlerReference): string {
  return `${handler.module}.${handler.exportName}`;
}
