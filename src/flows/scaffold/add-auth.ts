// `apigen add-auth`: an authorizer in apigen.yml and, where it is a function that is new, its handler. Both or neither.

import { findHandlerSource } from '../../build/handler-source.ts';
import { UsageError } from '../../errors.ts';
import { editProject } from '../../project/edit-project.ts';
import { loadProject } from '../../project/load-project.ts';
import type { Project } from '../../project/project.ts';
import { AUTHORIZER_NAME } from '../../project/schema/authorizer.ts';
import { judgeHandler, parseHandler } from '../../project/schema/handler.ts';
import { judgeName } from '../../project/schema/rule.ts';
import { createFiles, type NewFile } from './create-files.ts';
import { detectLanguage, extensionOf } from './language.ts';
import { readTemplate } from './template.ts';

export interface AuthRequest {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly name: string;
  /** As apigen.yml has it: `{ cognito: … }`, `{ jwt: … }` or `{ lambda: … }`, with what belongs to it. */
  readonly entry: Readonly<Record<string, unknown>>;
}

export interface AddedAuth {
  readonly name: string;
  /** Files written, relative to the root. */
  readonly created: readonly string[];
  /** apigen.yml, absolute. */
  readonly file: string;
}

/**
 * Adds an authorizer.
 *
 * @throws UsageError, ApigenError or InvalidProjectError; nothing is then written
 */
export async function addAuth({ cwd, env, name, entry }: AuthRequest): Promise<AddedAuth> {
  const fault = judgeName(name, AUTHORIZER_NAME);
  if (fault !== undefined) {
    const summary = `The authorizer's name ${JSON.stringify(name)} ${fault.message}`;
    throw new UsageError({ code: 'INVALID_NAME', summary, hint: fault.hint });
  }
  const project = await loadProject({ cwd, env: { AWS_REGION: 'us-east-1', ...env } });
  const files = typeof entry['lambda'] === 'string' ? await handlerFile(project, entry['lambda']) : [];
  const edit = await editProject(project.file, [{ parent: ['auth'], key: name, value: entry }]);
  const undo = await createFiles(project.root, files);
  try {
    await edit.commit();
  } catch (error) {
    await undo();
    throw error;
  }
  return { name, created: files.map(({ path }) => path), file: project.file };
}

/** A handler that is there is called, never changed. */
async function handlerFile(project: Project, text: string): Promise<readonly NewFile[]> {
  const fault = judgeHandler(text);
  if (fault !== undefined) {
    const summary = `--lambda ${JSON.stringify(text)} ${fault.message}`;
    throw new UsageError({ code: fault.code ?? 'INVALID_HANDLER', summary, hint: fault.hint });
  }
  const { module, exportName } = parseHandler(text);
  const found = findHandlerSource(project, {
    name: module,
    module,
    exportName,
    runtime: 'nodejs22.x',
    architecture: 'arm64',
    memory: 128,
    timeout: 10,
    environment: {},
    logRetention: 0,
    access: {},
    path: [],
  });
  if (!('code' in found)) return [];
  const language = detectLanguage(project);
  const template = await readTemplate(language, 'src/authorizer');
  const code = template.replace('async function handler(', `async function ${exportName}(`);
  return [{ path: `${module}.${extensionOf(language)}`, text: code }];
}
