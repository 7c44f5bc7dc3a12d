// Routes into apigen.yml and their files beside it: all of them or none.

import { InvalidProjectError, UsageError } from '../../errors.ts';
import { editProject, routeEntry } from '../../project/edit-project.ts';
import type { ApiDeclaration, Project } from '../../project/project.ts';
import type { EntryValue } from '../../project/render-entry.ts';
import type { HandlerReference } from '../../project/schema/handler.ts';
import { createFiles, type NewFile } from './create-files.ts';

export interface NewRoute {
  /** As apigen.yml has it: `GET /products/{id}`. */
  readonly key: string;
  readonly value: EntryValue;
}

/** What a route says beside its handler, as apigen.yml has it. */
export interface RouteSettings {
  readonly auth?: string | undefined;
  /** With an authorizer. */
  readonly scopes?: readonly string[];
  /** `body`, `key`, `cache`. */
  readonly rules?: Readonly<Record<string, unknown>>;
  readonly access?: Readonly<Record<string, unknown>> | undefined;
}

/** The handler alone where there is nothing more to say. */
export function routeValue(handler: HandlerReference, settings: RouteSettings): EntryValue {
  const text = handlerText(handler);
  const { access } = settings;
  const all = { ...authOf(settings), ...settings.rules, ...(access === undefined ? {} : { access }) };
  return Object.keys(all).length === 0 ? text : { handler: text, ...all };
}

/** Scopes stand with the authorizer: that of the flag, or the one that the API has. */
export function authOf({ auth, scopes = [] }: RouteSettings): { readonly auth?: unknown } {
  if (auth === undefined) return {};
  return { auth: scopes.length === 0 ? auth : { [auth]: scopes } };
}

/** `src/products/create.handler` */
export function handlerText({ module, exportName }: HandlerReference): string {
  return `${module}.${exportName}`;
}

/**
 * Writes routes and files.
 *
 * @returns the project as it then is
 * @throws UsageError, ApigenError or InvalidProjectError; nothing is then written
 */
export async function writeRoutes(
  project: Project,
  api: ApiDeclaration,
  routes: readonly NewRoute[],
  files: readonly NewFile[],
): Promise<Project> {
  const entries = routes.map(({ key, value }) => routeEntry(api.name, key, value));
  const edit = await editProject(project.file, entries).catch((error: unknown) => {
    throw withFlag(error);
  });
  const undo = await createFiles(project.root, files);
  try {
    await edit.commit();
  } catch (error) {
    await undo();
    throw error;
  }
  return edit.project;
}

/** The logical name of the function that a route calls. */
export function functionOf(project: Project, api: ApiDeclaration, key: string): string | undefined {
  const route = project.apis[api.name]?.routes.find((one) => one.key === key);
  return route?.target.type === 'function' ? route.target.function : undefined;
}

/** The one problem that a flag mends is said in terms of the flag. */
function withFlag(error: unknown): unknown {
  if (!(error instanceof InvalidProjectError)) return error;
  const unknown = error.problems.find((problem) => problem.code === 'UNKNOWN_AUTHORIZER');
  if (unknown !== undefined) {
    const { code, message, hint } = unknown;
    return new UsageError({ code, summary: message, hint });
  }
  const missing = error.problems.find((problem) => problem.code === 'MISSING_AUTH');
  if (missing === undefined) return error;
  return new UsageError({
    code: 'MISSING_AUTH',
    summary: 'Who may call the route?',
    detail: 'Its API has no auth of its own, so the route must say it.',
    hint: '--auth none (anyone on the internet), --auth iam (requests signed with AWS credentials) or an authorizer',
  });
}
