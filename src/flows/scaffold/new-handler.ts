// Where a new route's handler goes, and its code. A handler that is there is called, never changed.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { listExports } from '../../build/list-exports.ts';
import { ApigenError, InvalidProjectError, UsageError } from '../../errors.ts';
import { functionName } from '../../project/function-name.ts';
import type { Project } from '../../project/project.ts';
import type { RouteKey } from '../../project/route-key.ts';
import { type HandlerReference, judgeHandler, parseHandler } from '../../project/schema/handler.ts';
import type { NewFile } from './create-files.ts';
import { sharedFiles, sharedPaths } from './handler-code.ts';
import { detectLanguage } from './language.ts';
import type { ModelRoute } from './model-action.ts';
import type { ModelFacts } from './model-facts.ts';
import { renderMessageHandler, renderModelHandler, renderPlainHandler } from './render-handler.ts';

const SOURCE_EXTENSIONS = ['ts', 'mts', 'cts', 'tsx', 'js', 'mjs', 'cjs', 'jsx'];

/** A model, and what the route does with it. */
export interface ModelUse {
  readonly key: RouteKey;
  readonly facts: ModelFacts;
  readonly route: ModelRoute;
}

/**
 * The handler of a new route: the one that was typed, or one named after the path that is still free.
 *
 * @param modules where it may stand, best first
 * @throws UsageError `HANDLER_TAKEN`, `INVALID_HANDLER`
 */
export function chooseHandler(
  project: Project,
  modules: readonly string[],
  typed: string | undefined,
): HandlerReference {
  if (typed !== undefined) {
    const fault = judgeHandler(typed);
    if (fault === undefined) return parseHandler(typed);
    const summary = `--handler ${JSON.stringify(typed)} ${fault.message}`;
    throw new UsageError({ code: fault.code ?? 'INVALID_HANDLER', summary, hint: fault.hint });
  }
  const free = modules.map((module) => ({ module, exportName: 'handler' })).find((handler) => isFree(project, handler));
  if (free !== undefined) return free;
  const taken = modules[0];
  throw new UsageError({
    code: 'HANDLER_TAKEN',
    summary: `${taken} is there already`,
    detail: 'A handler is never overwritten.',
    hint: `--handler ${taken}.handler to call it, or --handler with a name of its own`,
  });
}

/** Neither a file nor the name of another function. */
function isFree(project: Project, handler: HandlerReference): boolean {
  return sourceOf(project, handler) === undefined && !Object.hasOwn(project.functions, functionName(handler));
}

/** The file of a handler, where there is one. */
export function sourceOf({ root }: Project, { module }: Pick<HandlerReference, 'module'>): string | undefined {
  const files = SOURCE_EXTENSIONS.flatMap((extension) => [`${module}.${extension}`, `${module}/index.${extension}`]);
  return files.find((file) => existsSync(join(root, file)));
}

/**
 * The files of a handler: none where it is there and exports the name.
 *
 * @throws ApigenError `HANDLER_EXPORT_NOT_FOUND`
 */
export async function handlerFiles(
  project: Project,
  handler: HandlerReference,
  route: string,
  use: ModelUse | undefined,
): Promise<readonly NewFile[]> {
  const existing = sourceOf(project, handler);
  if (existing !== undefined) {
    await requireExport(project, existing, handler);
    return [];
  }
  const language = detectLanguage(project);
  const shared = await sharedPaths(project.root, language);
  const file = { language, handler, route, shared };
  const made = await (use === undefined
    ? renderPlainHandler(file)
    : renderModelHandler(file, use.key, use.route, use.facts));
  return [...(await sharedFiles(project.root, language, [made])), made];
}

/**
 * The file of a handler of messages, which shares no code with those of requests: none where it is there.
 *
 * @throws ApigenError `HANDLER_EXPORT_NOT_FOUND`
 */
export async function messageHandlerFiles(
  project: Project,
  handler: HandlerReference,
  route: string,
): Promise<readonly NewFile[]> {
  const existing = sourceOf(project, handler);
  if (existing === undefined) return [await renderMessageHandler(detectLanguage(project), handler, route)];
  await requireExport(project, existing, handler);
  return [];
}

async function requireExport(project: Project, file: string, handler: HandlerReference): Promise<void> {
  const listed = await listExports(project.root, join(project.root, file));
  if (listed.problems !== undefined) throw new InvalidProjectError(`${file} cannot be read`, listed.problems);
  if (listed.names.includes(handler.exportName) || listed.mayHold(handler.exportName)) return;
  throw new ApigenError({
    code: 'HANDLER_EXPORT_NOT_FOUND',
    summary: `${file} exports nothing named ${handler.exportName}`,
    detail: listed.names.length === 0 ? undefined : `It exports ${listed.names.join(', ')}.`,
    hint: `Export ${handler.exportName} there, or give --handler another name.`,
  });
}
