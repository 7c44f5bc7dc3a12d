// Functions as Lambda takes them: bundled, zipped, hashed. The same sources give the same bytes on every machine, so
// that a function whose code did not change is never uploaded again.

import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { InvalidProjectError, type Problem } from '../errors.ts';
import type { Project } from '../project/project.ts';
import { assetFiles } from './asset-files.ts';
import { type Bundle, bundleFunctions } from './bundle-functions.ts';
import { deterministicZip } from './deterministic-zip.ts';
import { findHandlerSource, type HandlerSource } from './handler-source.ts';
import { leftOut, packageFiles } from './package-files.ts';
import type { FunctionChecks } from './request-checks.ts';

/** A function's code, ready for Lambda's CreateFunction and UpdateFunctionCode. */
export interface BuiltFunction {
  /** The logical name: `products-create`. */
  readonly name: string;
  /** Lambda's Handler, always `index.handler`. */
  readonly handler: string;
  readonly zip: Uint8Array;
  /** SHA-256 of the zip in base64, as Lambda reports `CodeSha256`. */
  readonly codeSha256: string;
  /** Of the zip. */
  readonly sizeBytes: number;
  readonly unzippedBytes: number;
  /** Models whose code the bundle holds, sorted: what the function may read, and why it needs the table prefix. */
  readonly models: readonly string[];
  /** What works, but not as the code may mean it: models that apigen.yml does not name. */
  readonly warnings: readonly Problem[];
}

/** In bytes, for a zip sent directly. https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
export const PACKAGE_LIMITS = { zipBytes: 50 * 1024 * 1024, unzippedBytes: 250 * 1024 * 1024 } as const;

export interface BuildOptions {
  /** Logical names; all functions when absent. */
  readonly only?: readonly string[];
  /** Source maps for all, whatever apigen.yml says of each. Default false. */
  readonly sourceMaps?: boolean;
  /** What bundles check before their handlers, by logical name. */
  readonly checks?: ReadonlyMap<string, FunctionChecks>;
  /** Default {@link PACKAGE_LIMITS}. */
  readonly limits?: { readonly zipBytes: number; readonly unzippedBytes: number };
}

/**
 * Builds functions, in the order of the project.
 *
 * @throws InvalidProjectError with every problem of every function: no handler file, no such export, syntax errors,
 * imports that lead nowhere, packages over Lambda's limits
 */
export async function buildFunctions(project: Project, options: BuildOptions = {}): Promise<readonly BuiltFunction[]> {
  const problems: Problem[] = [];
  const sources: HandlerSource[] = [];
  for (const declaration of Object.values(project.functions)) {
    if (options.only !== undefined && !options.only.includes(declaration.name)) continue;
    const found = findHandlerSource(project, declaration);
    if ('code' in found) problems.push(found);
    else {
      const checks = options.checks?.get(declaration.name);
      sources.push(checks === undefined ? found : { ...found, checks });
    }
  }

  const built = new Map<string, BuiltFunction>();
  for (const members of together(sources)) {
    const [{ function: first }] = members;
    const bundling = await bundleFunctions(project, members, {
      target: targetOf(first.runtime),
      sourceMaps: options.sourceMaps ?? first.build?.sourceMaps ?? false,
      minify: first.build?.minify ?? true,
      external: leftOut(first),
    });
    problems.push(...bundling.problems);
    if (problems.length > 0) continue;
    for (const bundle of bundling.bundles) {
      // Deflating takes its time; let a spinner turn and Ctrl-C be heard between two functions.
      await setImmediate();
      const { files, problems: refused } = filesOf(project, bundle);
      problems.push(...refused);
      if (refused.length > 0) continue;
      const result = pack({ ...bundle, files }, options.limits ?? PACKAGE_LIMITS);
      if ('over' in result) problems.push(tooLarge(project, { ...bundle, files }, result.over));
      else built.set(result.name, result);
    }
  }
  if (problems.length > 0) throw new InvalidProjectError('The functions cannot be built', unique(problems));
  return sources.flatMap((source) => built.get(source.function.name) ?? []);
}

/** Sources that one call of esbuild bundles: the same runtime, the same options. */
function together(sources: readonly HandlerSource[]): readonly (readonly [HandlerSource, ...HandlerSource[]])[] {
  const groups = new Map<string, [HandlerSource, ...HandlerSource[]]>();
  for (const source of sources) {
    const { runtime, build } = source.function;
    const key = JSON.stringify([runtime, build?.minify, build?.sourceMaps, leftOut(source.function)]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [source]);
    else group.push(source);
  }
  return [...groups.values()];
}

/** The bundle, and what the function carries beside it. */
function filesOf(
  project: Project,
  { source, files }: Bundle,
): Pick<Bundle, 'files'> & {
  readonly problems: readonly Problem[];
} {
  const assets = assetFiles(project, source.function);
  const packages = packageFiles(project, source.function);
  return {
    files: { ...packages.files, ...assets.files, ...files },
    problems: [...assets.problems, ...packages.problems],
  };
}

/** What goes over a limit is said, and code that is too large unzipped is not zipped at all. */
function pack(
  { source, files, models, warnings }: Bundle,
  limits: NonNullable<BuildOptions['limits']>,
): BuiltFunction | { readonly over: string } {
  const unzippedBytes = Object.values(files).reduce((sum, contents) => sum + contents.byteLength, 0);
  if (unzippedBytes > limits.unzippedBytes) {
    return { over: `it has ${size(unzippedBytes)} unzipped, Lambda takes ${size(limits.unzippedBytes)}` };
  }
  const zip = deterministicZip(files);
  if (zip.byteLength > limits.zipBytes) {
    return { over: `its zip has ${size(zip.byteLength)}, Lambda takes ${size(limits.zipBytes)}` };
  }
  return {
    name: source.function.name,
    handler: 'index.handler',
    zip,
    codeSha256: createHash('sha256').update(zip).digest('base64'),
    sizeBytes: zip.byteLength,
    unzippedBytes,
    models,
    warnings,
  };
}

function tooLarge(project: Project, { source, inputs, files }: Bundle, over: string): Problem {
  const carried = Object.entries(files).map(([path, { byteLength }]) => ({ path, bytes: byteLength }));
  const beside = carried.filter(({ path }) => !/^index\.m?js$/.test(path));
  const parts = [...beside, ...inputs].sort((a, b) => b.bytes - a.bytes);
  const biggest = parts.slice(0, 5).map(({ path, bytes }) => `${path} (${size(bytes)})`);
  return {
    code: 'FUNCTION_TOO_LARGE',
    message: `The function ${source.function.name} is too large: ${over}. Its biggest parts: ${biggest.join(', ')}`,
    hint: `Import less in ${source.file}, or keep large files in S3 and read them at run time.`,
    position: project.position(source.function.path),
  };
}

/** `nodejs22.x` → `node22`: esbuild then writes no syntax that the runtime lacks. */
function targetOf(runtime: string): string {
  const major = /^nodejs(\d+)\.x$/.exec(runtime)?.[1];
  return major === undefined ? 'node22' : `node${major}`;
}

function size(bytes: number): string {
  return bytes < 1024 * 1024 ? `${Math.ceil(bytes / 1024)} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

/** A module that two functions share is reported once. */
function unique(problems: readonly Problem[]): readonly Problem[] {
  const seen = new Map(problems.map((problem) => [JSON.stringify([problem.message, problem.position]), problem]));
  return [...seen.values()];
}
