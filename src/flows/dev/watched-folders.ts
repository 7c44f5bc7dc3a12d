// Which folders matter to a project under dev, and which of them to its models.

import { basename, dirname, join, sep } from 'node:path';
import { INSTALL_MARKS } from '../../build/install-marks.ts';
import type { Project } from '../../project/project.ts';

/**
 * With the folders above them, up to the project's own: what is moved as a whole is told by its name alone.
 *
 * @param inputs absolute paths of what its functions are made of
 */
export function foldersOf(project: Project, inputs: readonly string[]): readonly string[] {
  const { root, file, functions, models } = project;
  const handlers = Object.values(functions).map(({ module }) => join(root, module));
  const modelFiles = Object.values(models).map((model) => join(root, model.file));
  const files = [file, ...schemaFiles(project), ...handlers, ...modelFiles, ...inputs];
  return [...new Set(files.flatMap((path) => foldersAbove(path, root))), join(root, 'node_modules')];
}

function foldersAbove(path: string, root: string): readonly string[] {
  const folder = dirname(path);
  return folder.startsWith(root + sep) ? [folder, ...foldersAbove(folder, root)] : [folder];
}

/** Whether a path is the file, or a folder that it lies in. */
const holds = (path: string, file: string): boolean => path === file || file.startsWith(path + sep);

/** apigen.yml, or a JSON Schema that a route names. */
export function concernApis(project: Project, paths: ReadonlySet<string>): boolean {
  const files = [project.file, ...schemaFiles(project)];
  return [...paths].some((path) => files.some((file) => holds(path, file)));
}

function schemaFiles({ root, apis }: Project): readonly string[] {
  const bodies = Object.values(apis).flatMap(({ routes }) => routes.map(({ body }) => body));
  return bodies.flatMap((body) => (body?.type === 'schema' ? [join(root, body.file)] : []));
}

/** Files that say how every import is found: a tsconfig, or another state of node_modules. */
export function concernAllImports({ root }: Project, paths: ReadonlySet<string>): boolean {
  const packages = join(root, 'node_modules');
  return [...paths].some((path) =>
    dirname(path) === packages ? INSTALL_MARKS.has(basename(path)) : /^[jt]sconfig\b.*\.json$/.test(basename(path)),
  );
}

/** A model may import what lies beside it. */
export function concernModels({ root, models }: Project, paths: ReadonlySet<string>): boolean {
  const folders = Object.values(models).map((model) => dirname(join(root, model.file)));
  return [...paths].some((path) => folders.some((folder) => holds(path, folder) || path.startsWith(folder + sep)));
}
