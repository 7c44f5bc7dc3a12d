// Bundles one function again and again for dev, as deploy bundles it and with source maps: esbuild keeps what it parsed
// and reads only what changed.

import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import { type BuildContext, context } from 'esbuild';
import type { Problem } from '../errors.ts';
import type { Project } from '../project/project.ts';
import { assetFiles } from './asset-files.ts';
import { attemptBuild, awaitsAtTop, type Built, type Bundle, finish } from './bundle-functions.ts';
import { type BundleFormat, bundleOptions } from './bundle-options.ts';
import type { HandlerSource } from './handler-source.ts';
import { leftOut } from './package-files.ts';

export interface IncrementalBuild {
  /** Absent where there are problems. */
  readonly bundle?: Bundle;
  readonly problems: readonly Problem[];
  /** Absolute paths of the project's own files that the function is made of; of the last good build while it is broken. */
  readonly inputs: ReadonlySet<string>;
}

export interface IncrementalBundler {
  /** One at a time. Never rejects for what the sources say. */
  build(): Promise<IncrementalBuild>;
  dispose(): Promise<void>;
}

type Context = BuildContext<{ metafile: true; write: false }>;

export interface IncrementalSettings {
  /** esbuild's: `node22`. */
  readonly target: string;
  /** Names and lines as written, for a debugger. */
  readonly readable: boolean;
}

export function incrementalBundler(
  project: Project,
  source: HandlerSource,
  { target, readable }: IncrementalSettings,
): IncrementalBundler {
  const root = realpathSync(project.root);
  let format: BundleFormat = 'cjs';
  let current: Context | undefined;
  let inputs: ReadonlySet<string> = new Set([join(root, source.file)]);
  // Packages that are left out are found in the project's node_modules, built for this machine.
  const external = leftOut(source.function);
  const minify = source.function.build?.minify ?? true;
  const settings = () => ({ target, format, sourceMaps: true, minify, external });

  const attempt = () =>
    attemptBuild(async (): Promise<Built> => {
      const options = bundleOptions(project, [source], settings());
      current ??= await context(readable ? { ...options, minify: false } : options);
      return current.rebuild();
    });
  const dispose = async (): Promise<void> => {
    const old = current;
    current = undefined;
    await old?.dispose();
  };

  return {
    dispose,
    async build() {
      let result = await attempt();
      if (format === 'cjs' && result.errors.some(awaitsAtTop)) {
        await dispose();
        format = 'esm';
        result = await attempt();
      }
      const finished = finish(project, [source], settings(), result);
      const assets = assetFiles(project, source.function);
      const problems = [...finished.problems, ...assets.problems];
      const assetPaths = Object.keys(assets.files).map((path) => join(root, path));
      if (result.built !== undefined) inputs = new Set([...ownFiles(root, result.built), ...assetPaths]);
      const [bundle] = finished.bundles;
      if (bundle === undefined || problems.length > 0) return { problems, inputs };
      return { problems, inputs, bundle: { ...bundle, files: { ...assets.files, ...bundle.files } } };
    },
  };
}

function ownFiles(root: string, { metafile }: Built): ReadonlySet<string> {
  const paths = Object.keys(metafile.inputs);
  const own = paths.filter((path) => !path.includes('node_modules/') && !/^[\w-]+:/.test(path));
  return new Set(own.map((path) => join(root, path)));
}
