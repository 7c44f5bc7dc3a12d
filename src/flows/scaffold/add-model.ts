// `apigen add-model`: a Dynamoose model, its line in apigen.yml and, where it is asked for, its repository. All or nothing.

import { join } from 'node:path';
import { ApigenError, UsageError } from '../../errors.ts';
import { editProject, modelEntry } from '../../project/edit-project.ts';
import { loadProject } from '../../project/load-project.ts';
import type { Project } from '../../project/project.ts';
import { MODEL_NAME } from '../../project/schema/model.ts';
import { judgeName } from '../../project/schema/rule.ts';
import { createFiles, isThere } from './create-files.ts';
import { detectLanguage, extensionOf } from './language.ts';
import { type Attribute, type AttributeFlags, parseAttributes } from './model-attributes.ts';
import { renderModel } from './render-model.ts';
import { repositoryFiles } from './repository-files.ts';
import { newRepositoryModel } from './repository-model.ts';
import { isReserved, kebabCase } from './words.ts';

export interface ModelRequest extends AttributeFlags {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** `Order`. */
  readonly name: string;
}

export interface AddedModel {
  readonly model: string;
  /** Relative to the root: `src/models/order.ts`. */
  readonly path: string;
  /** Every file that was written, the model's first. */
  readonly created: readonly string[];
  /** Whether the repository has a function that reads the whole table. */
  readonly scans: boolean;
  /** False when apigen.yml named the model already and only its file was missing. */
  readonly declared: boolean;
  readonly attributes: readonly Attribute[];
  /** apigen.yml, absolute. */
  readonly file: string;
}

/**
 * Adds a model; one that apigen.yml names but that has no file gets its file.
 *
 * @throws UsageError, ApigenError or InvalidProjectError; nothing is then written
 */
export async function addModel(request: ModelRequest): Promise<AddedModel> {
  const { name } = request;
  requireModelName(name);
  const attributes = parseAttributes(request);
  const project = await loadProject({ cwd: request.cwd, env: { AWS_REGION: 'us-east-1', ...request.env } });
  const declared = Object.hasOwn(project.models, name) ? project.models[name] : undefined;
  const language = detectLanguage(project);
  const path = declared?.file ?? `src/models/${kebabCase(name)}.${extensionOf(language)}`;
  await requireFree(project, name, path, declared !== undefined);
  const written = isTypeScript(path) ? 'typescript' : 'javascript';
  const files = [{ path, text: await renderModel(name, attributes, request, written) }];
  if (request.repository === true) {
    const model = newRepositoryModel(name, path, attributes, { timestamps: request.timestamps !== false });
    files.push(...(await repositoryFiles(project.root, model, written)));
  }
  const result = {
    model: name,
    path,
    created: files.map((file) => file.path),
    scans: request.repository === true && request.sort === undefined,
    declared: declared === undefined,
    attributes,
    file: project.file,
  };
  if (declared !== undefined) {
    await createFiles(project.root, files);
    return result;
  }
  const edit = await editProject(project.file, [modelEntry(name, path)]);
  const undo = await createFiles(project.root, files);
  try {
    await edit.commit();
  } catch (error) {
    await undo();
    throw error;
  }
  return result;
}

function isTypeScript(path: string): boolean {
  return /\.m?ts$/.test(path);
}

function requireModelName(name: string): void {
  const fault = judgeName(name, MODEL_NAME);
  const code = 'INVALID_NAME';
  if (fault !== undefined) {
    const summary = `The model name ${JSON.stringify(name)} ${fault.message}`;
    throw new UsageError({ code, summary, hint: fault.hint?.replace('Write ', 'apigen add-model ') });
  }
  if (!/^[A-Z]/.test(name)) {
    const better = name.charAt(0).toUpperCase() + name.slice(1);
    const summary = `The model name ${name} must begin with a capital letter, as classes do`;
    throw new UsageError({ code, summary, hint: `apigen add-model ${better}` });
  }
  if (!isReserved(name)) return;
  const summary = `The model cannot be called ${name}: JavaScript or Dynamoose has something of that name`;
  throw new UsageError({ code, summary, hint: `apigen add-model ${name}Record` });
}

async function requireFree(project: Project, name: string, path: string, declared: boolean): Promise<void> {
  if (!(await isThere(join(project.root, path)))) return;
  throw new ApigenError({
    code: declared ? 'ALREADY_THERE' : 'FILE_EXISTS',
    summary: declared ? `The project has the model ${name} already, in ${path}` : `${path} is there already`,
    detail: 'Existing files are never overwritten; nothing was written.',
    hint: declared ? 'Edit it there.' : `To use it as it is, add to apigen.yml:  models: { ${name}: ${path} }`,
  });
}
