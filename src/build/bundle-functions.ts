// Bundles functions with esbuild: all functions of one runtime in one call, since they share the parsing of what they
// import. A function that awaits at the top level becomes an ES module, all others CommonJS.

import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import type { BuildFailure, BuildResult, Message, Metafile } from 'esbuild';
import type { Problem } from '../errors.ts';
import type { Project } from '../project/project.ts';
import { type BundleSettings, bundleOptions, extensionOf, modelPaths } from './bundle-options.ts';
import { esbuildPosition, esbuildProblem } from './esbuild-problem.ts';
import { build } from './esbuild-process.ts';
import { entryOfMessage } from './function-entry.ts';
import { type HandlerSource, mayExport } from './handler-source.ts';
import { listExports } from './list-exports.ts';
import { missingExport } from './missing-export.ts';
import { undeclaredModels } from './undeclared-models.ts';

/** A module's share of a bundle, in bytes of output. */
export interface BundleInput {
  readonly path: string;
  readonly bytes: number;
}

export interface Bundle {
  readonly source: HandlerSource;
  /** What goes into the zip: `index.js` or `index.mjs`, and its map. */
  readonly files: Readonly<Record<string, Uint8Array>>;
  /** Largest first. */
  readonly inputs: readonly BundleInput[];
  /** Models whose files have code in the bundle, sorted. */
  readonly models: readonly string[];
  readonly warnings: readonly Problem[];
}

export interface Bundling {
  readonly bundles: readonly Bundle[];
  readonly problems: readonly Problem[];
}

type Output = Metafile['outputs'][string];

/** @param sources functions of one runtime and the same build options */
export async function bundleFunctions(
  project: Project,
  sources: readonly HandlerSource[],
  settings: Omit<BundleSettings, 'format'>,
): Promise<Bundling> {
  const first = await attempt(project, sources, { ...settings, format: 'cjs' });
  if (!first.errors.some(awaitsAtTop)) return finish(project, sources, { ...settings, format: 'cjs' }, first);

  const waiting = await sourcesThatAwait(project, sources, first.errors, settings.external ?? []);
  const parts = [
    { format: 'esm', members: sources.filter((source) => waiting.has(source)) },
    { format: 'cjs', members: sources.filter((source) => !waiting.has(source)) },
  ] as const;
  const results: Bundling[] = [];
  for (const { format, members } of parts) {
    if (members.length === 0) continue;
    const result = await attempt(project, members, { ...settings, format });
    results.push(await finish(project, members, { ...settings, format }, result));
  }
  return { bundles: results.flatMap((r) => r.bundles), problems: results.flatMap((r) => r.problems) };
}

/** esbuild's result in memory, with its graph. */
export type Built = BuildResult<{ metafile: true; write: false }>;

type Attempt = Pick<Built, 'errors' | 'warnings'> & { readonly built?: Built };

const attempt = (project: Project, sources: readonly HandlerSource[], settings: BundleSettings): Promise<Attempt> =>
  attemptBuild(() => build(bundleOptions(project, sources, settings)));

/** Errors in sources are a result, not a rejection. */
export async function attemptBuild(run: () => Promise<Built>): Promise<Attempt> {
  try {
    const built = await run();
    return { errors: [], warnings: built.warnings, built };
  } catch (error) {
    if (isBuildFailure(error)) return { errors: error.errors, warnings: error.warnings };
    throw error;
  }
}

/** The bundles and problems of what esbuild made. */
export async function finish(
  project: Project,
  sources: readonly HandlerSource[],
  settings: BundleSettings,
  { errors, warnings, built }: Attempt,
): Promise<Bundling> {
  const root = realpathSync(project.root);
  const messages = [...errors, ...warnings.filter(breaksAtRunTime)];
  const problems = await Promise.all(messages.map((message) => problemOf(project, sources, message)));
  if (built === undefined) return { bundles: [], problems };
  const names = modelPaths(project);
  const bundles: Bundle[] = [];
  for (const source of sources) {
    const { inputs } = built.metafile;
    if (inputs[source.file]?.format === 'cjs' && !mayExport(join(root, source.file), source.function.exportName)) {
      problems.push(missingExport(project, source, []));
    }
    bundles.push(bundleOf(source, settings, built, root, names));
  }
  return { bundles, problems };
}

function bundleOf(
  source: HandlerSource,
  settings: BundleSettings,
  built: Built,
  root: string,
  names: ReadonlyMap<string, readonly string[]>,
): Bundle {
  const extension = extensionOf(settings.format);
  const path = `.apigen/bundles/${source.function.name}${extension}`;
  const output: Output | undefined = built.metafile.outputs[path];
  const files: Record<string, Uint8Array> = {};
  for (const suffix of ['', '.map']) {
    const file = built.outputFiles.find((candidate) => candidate.path === join(root, path + suffix));
    if (file !== undefined) files[`index${extension}${suffix}`] = renamed(file.contents, source, extension, suffix);
  }
  const inputs = Object.entries(output?.inputs ?? {})
    .map(([input, { bytesInOutput }]) => ({ path: input, bytes: bytesInOutput }))
    .filter(({ bytes }) => bytes > 0)
    .sort((a, b) => b.bytes - a.bytes || (a.path < b.path ? -1 : 1));
  const models = inputs.flatMap(({ path: input }) => names.get(join(root, input)) ?? []).sort();
  const paths = inputs.map(({ path: input }) => input);
  return { source, files, inputs, models, warnings: undeclaredModels(root, paths, built.metafile, names) };
}

/** The map's address at the end of the code names the file as the zip does. */
function renamed(contents: Uint8Array, source: HandlerSource, extension: string, suffix: string): Uint8Array {
  if (suffix !== '') return contents;
  const mark = `//# sourceMappingURL=${source.function.name}${extension}.map`;
  const code = Buffer.from(contents.buffer, contents.byteOffset, contents.byteLength);
  const at = code.lastIndexOf(mark);
  if (at === -1) return contents;
  return Buffer.concat([code.subarray(0, at), Buffer.from(`//# sourceMappingURL=index${extension}.map\n`)]);
}

/** The functions that reach a file which awaits at the top level: read off the graph of an ES module build. */
async function sourcesThatAwait(
  project: Project,
  sources: readonly HandlerSource[],
  errors: readonly Message[],
  external: readonly string[],
): Promise<ReadonlySet<HandlerSource>> {
  const files = new Set(errors.filter(awaitsAtTop).map((error) => error.location?.file));
  const settings: BundleSettings = { target: 'esnext', format: 'esm', sourceMaps: false, external };
  const { built } = await attempt(project, sources, settings);
  if (built === undefined) return new Set();
  return new Set(
    sources.filter((source) => {
      const output = built.metafile.outputs[`.apigen/bundles/${source.function.name}.mjs`];
      return Object.keys(output?.inputs ?? {}).some((input) => files.has(input));
    }),
  );
}

async function problemOf(project: Project, sources: readonly HandlerSource[], message: Message): Promise<Problem> {
  const entry = entryOfMessage(message);
  const source = sources.find((candidate) => candidate.function.name === entry);
  if (source !== undefined) {
    const listed = await listExports(project.root, join(project.root, source.file));
    return missingExport(project, source, listed.problems === undefined ? listed.names : []);
  }
  if (message.id !== 'ignored-bare-import' || message.location === null) return esbuildProblem(message, project.root);
  return {
    code: 'MODEL_IMPORTED_FOR_EFFECT',
    message: 'A model is imported without a name, which would leave it out of the function',
    hint: "Import what the file exports: import { Product } from './models/product'",
    position: esbuildPosition(message.location, project.root),
  };
}

/** Code that awaits at the top level becomes an ES module. */
export function awaitsAtTop(message: Message): boolean {
  return message.text.startsWith('Top-level await is currently not supported');
}

function breaksAtRunTime(message: Message): boolean {
  const emptyHandler = message.id === 'import-is-undefined' && entryOfMessage(message) !== undefined;
  return emptyHandler || message.id === 'ignored-bare-import';
}

function isBuildFailure(error: unknown): error is BuildFailure {
  return error instanceof Error && 'errors' in error && 'warnings' in error;
}
