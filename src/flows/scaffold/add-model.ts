// `apigen add-model`: a Dynamoose model, its line in apigen.yml and, where it is asked for, its repository. All or nothing.

import { join } from 'node:path';
import { ApigenError, UsageError } from '../../errors.ts';
import { editProject, modelEntry } from '../../project/edit-project.ts';
import { loadProject } from '../../project/load-project.ts';
import type { Project } from '../../project/project.ts';
import { createFiles, isThere } from './create-files.ts';
import { detectLanguage, extensionOf, type Language } from './language.ts';
import { type Attribute, type AttributeFlags, parseAttributes } from './model-attributes.ts';
import { requireModelName } from './model-name.ts';
import { readRepositoryModel } from './read-repository-model.ts';
import { renderModel } from './render-model.ts';
import { repositoryFiles } from './repository-files.ts';
import { partsOf } from './repository-key.ts';
import { newRepositoryModel, type RepositoryModel } from './repository-model.ts';
import { kebabCase } from './words.ts';

export interface ModelRequest extends AttributeFlags {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** `Order`. */
  readonly name: string;
  /** `--with`: a model of the project that a transaction of the repository changes along. */
  readonly with?: string | undefined;
}

export interface AddedModel {
  readonly model: string;
  /** Relative to the root: `src/models/order.ts`. */
  readonly path: string;
  /** Every file that was written. */
  readonly created: readonly string[];
  /** Whether the repository has a function that reads the whole table. */
  readonly scans: boolean;
  /** The second model of its transaction. */
  readonly with?: string;
  /** False when apigen.yml named the model already, and only its file or its repository was missing. */
  readonly declared: boolean;
  /** Of a new model. */
  readonly attributes?: readonly Attribute[];
  /** apigen.yml, absolute. */
  readonly file: string;
}

/**
 * Adds a model; one that apigen.yml names but that has no file gets its file, and one that has its file its repository.
 *
 * @throws UsageError, ApigenError or InvalidProjectError; nothing is then written
 */
export async function addModel(request: ModelRequest): Promise<AddedModel> {
  const { name, repository = false } = request;
  requireModelName(name);
  requireWith(request);
  const attributes = parseAttributes(request);
  const project = await loadProject({ cwd: request.cwd, env: { AWS_REGION: 'us-east-1', ...request.env } });
  const declared = Object.hasOwn(project.models, name) ? project.models[name] : undefined;
  const path = declared?.file ?? `src/models/${kebabCase(name)}.${extensionOf(detectLanguage(project))}`;
  const language = isTypeScript(path) ? 'typescript' : 'javascript';
  if (repository && declared !== undefined && (await isThere(join(project.root, path)))) {
    return addRepository(project, path, language, request);
  }
  await requireFree(project, name, path, declared !== undefined);
  const files = [{ path, text: await renderModel(name, attributes, request, language) }];
  const model = newRepositoryModel(name, path, attributes, { timestamps: request.timestamps !== false });
  if (repository) {
    const other = await readOther(project, request.with, language);
    files.push(...(await repositoryFiles(project.root, { model, other, language })));
  }
  const result = {
    model: name,
    path,
    created: files.map((file) => file.path),
    scans: repository && model.key.range === undefined,
    ...(request.with === undefined ? {} : { with: request.with }),
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

/** The repository of a model that has its file. */
async function addRepository(
  project: Project,
  path: string,
  language: Language,
  request: ModelRequest,
): Promise<AddedModel> {
  const { name } = request;
  requireNoAttributes(request, path);
  const model = await readRepositoryModel(project, name, { flag: 'apigen add-model', language });
  if (!model.isVersioned) throw notVersioned(model, language);
  const other = await readOther(project, request.with, language);
  const files = await repositoryFiles(project.root, { model, other, language });
  await createFiles(project.root, files);
  return {
    model: name,
    path,
    created: files.map((file) => file.path),
    scans: model.key.range === undefined,
    ...(request.with === undefined ? {} : { with: request.with }),
    declared: false,
    file: project.file,
  };
}

async function readOther(project: Project, name: string | undefined, language: Language) {
  if (name === undefined) return undefined;
  const other = await readRepositoryModel(project, name, { flag: '--with', language });
  const { attributes, isVersioned, written, key } = other;
  if (isVersioned || written.length > 0 || attributes.length > partsOf(key).length) return other;
  const summary = `--with: ${name} has nothing but its key, so a transaction has nothing to change in it`;
  throw new UsageError({ code: 'NOTHING_TO_CHANGE', summary, hint: `Give it an attribute in ${other.file}.` });
}

function requireWith({ name, repository, with: other }: ModelRequest): void {
  if (other === undefined) return;
  if (repository !== true) {
    const summary = '--with names the second model of a transaction, which stands in a repository';
    throw new UsageError({ code: 'NO_REPOSITORY', summary, hint: `--repository --with ${other}` });
  }
  if (other !== name) return;
  const summary = `--with ${other}: a transaction across two models needs another one`;
  throw new UsageError({ code: 'SAME_MODEL', summary, hint: 'apigen add-model Order --repository --with Product' });
}

/** @throws UsageError `ALREADY_THERE` */
function requireNoAttributes(
  { name, key, sort, fields, indexes = [], ttl, timestamps }: ModelRequest,
  path: string,
): void {
  const given = [key, sort, fields, ttl, ...indexes].some((flag) => flag !== undefined) || timestamps === false;
  if (!given) return;
  throw new UsageError({
    code: 'ALREADY_THERE',
    summary: `The project has the model ${name} already, in ${path}`,
    detail: 'Its file says its keys and attributes; a repository is made from them.',
    hint: `apigen add-model ${name} --repository`,
  });
}

function notVersioned({ name, file, itemType }: RepositoryModel, language: Language): ApigenError {
  const type = language === 'typescript' ? `  and to ${itemType}:  version: number;` : '';
  return new ApigenError({
    code: 'NO_VERSION',
    summary: `${file} has no number version, in which a repository counts the changes of an item`,
    detail: `Items that are stored already need none: the first change gives them one.`,
    hint: `Add to the schema of ${name}:  version: { type: Number, default: 1 },${type}`,
  });
}

function isTypeScript(path: string): boolean {
  return /\.m?ts$/.test(path);
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
