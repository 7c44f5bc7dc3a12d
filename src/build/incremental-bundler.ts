// Bundles one function again and again for dev, as deploy bundles it and with source maps: esbuild keeps what it parsed
// and reads only what changed.

import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import type { Problem } from '../errors.ts';
import type { Project } from '../project/project.ts';
import { assetFiles } from './asset-files.ts';
import { attemptBuild, awaitsAtTop, type Built, type Bundle, finish } from './bundle-functions.ts';
import { type BundleFormat, bundleOptions } from './bundle-options.ts';
import { type Rebuilder, rebuilder } from './esbuild-process.ts';
import type { HandlerSource } from './handler-source.ts';
import { linkedPackages } from './linked-packages.ts';
import { leftOut } from './package-files.ts';
import type { VendorChunks } from './vendor-chunk.ts';
import { VendorImports } from './vendor-imports.ts';

export interface IncrementalBuild {
  /** Absent where there are problems. */
  readonly bundle?: Bundle;
  readonly problems: readonly Problem[];
  /** Absolute paths of the project's own files that the function is made of; of the last good build while it is broken. */
  readonly inputs: ReadonlySet<string>;
  /** Real folders, by name, of installed packages that the bundle requires. */
  readonly packages: ReadonlyMap<string, string>;
  /** The chunk that the bundle requires, if it takes a module from one. */
  readonly vendor?: string;
}

export interface IncrementalBundler {
  /** One at a time. Never rejects for what the sources say. */
  build(): Promise<IncrementalBuild>;
  dispose(): Promise<void>;
}

export interface IncrementalSettings {
  /** esbuild's: `node22`. */
  readonly target: string;
  /** Names and lines as written, for a debugger. */
  readonly readable: boolean;
  /** Where Dynamoose and the AWS SDK are taken from. */
  readonly chunks: VendorChunks;
}

export function incrementalBundler(
  project: Project,
  source: HandlerSource,
  { target, readable, chunks }: IncrementalSettings,
): IncrementalBundler {
  const root = realpathSync(project.root);
  let format: BundleFormat = 'cjs';
  let current: Rebuilder<{ metafile: true; write: false }> | undefined;
  let inputs: ReadonlySet<string> = new Set([join(root, source.file)]);
  // Packages that are left out are found in the project's node_modules, built for this machine.
  const external = leftOut(source.function);
  const minify = !readable && (source.function.build?.minify ?? true);
  const settings = () => ({ target, format, sourceMaps: true, minify, external });

  let vendor: VendorImports | undefined = new VendorImports(root);
  let checkedWithout = 0;

  const rebuild = async (): Promise<Built> => {
    const options = bundleOptions(project, [source], settings());
    const plugins = vendor === undefined ? options.plugins : [...options.plugins, vendor.plugin()];
    current ??= rebuilder({ ...options, plugins });
    return current.rebuild();
  };
  const attempt = () =>
    attemptBuild(async (): Promise<Built> => {
      if (vendor === undefined && checkedWithout !== chunks.checks) {
        await dispose();
        vendor = new VendorImports(root);
      }
      const built = await rebuild();
      if (vendor === undefined || vendor.wanted.size === 0) return built;
      const chunk = await chunks.find(vendor.wanted, { target, minify, external });
      if (chunk !== undefined && chunk === vendor.chunk) return built;
      // Another set of modules, or packages that changed. Without a chunk the whole bundle works, or says why not.
      if (chunk !== undefined) vendor.chunk = chunk;
      else {
        vendor = undefined;
        checkedWithout = chunks.checks;
        await dispose();
      }
      return rebuild();
    });
  const dispose = async (): Promise<void> => {
    const old = current;
    current = undefined;
    await old?.dispose();
  };

  const build = async (): Promise<IncrementalBuild> => {
    let result = await attempt();
    if (format === 'cjs' && result.errors.some(awaitsAtTop)) {
      await dispose();
      format = 'esm';
      result = await attempt();
    }
    const finished = await finish(project, [source], settings(), result);
    const assets = assetFiles(project, source.function);
    const packages = linkedPackages(project, source.function);
    const problems = [...finished.problems, ...assets.problems, ...packages.problems];
    const assetPaths = Object.keys(assets.files).map((path) => join(root, path));
    if (result.built !== undefined) inputs = new Set([...ownFiles(root, result.built), ...assetPaths]);
    const [bundle] = finished.bundles;
    const common = { problems, inputs, packages: packages.folders };
    if (bundle === undefined || problems.length > 0) return common;
    const chunk = vendor !== undefined && vendor.wanted.size > 0 ? vendor.chunk : undefined;
    const files = { ...assets.files, ...bundle.files };
    return { ...common, bundle: { ...bundle, files }, ...(chunk !== undefined && { vendor: chunk }) };
  };
  let building: Promise<unknown> = Promise.resolve();

  return {
    build() {
      const built = build();
      building = built;
      return built;
    },
    // One that is under way would open again what is let go.
    dispose: () => building.then(dispose, dispose),
  };
}

function ownFiles(root: string, { metafile }: Built): ReadonlySet<string> {
  const paths = Object.keys(metafile.inputs);
  const own = paths.filter((path) => !path.includes('node_modules/') && !/^[\w-]+:/.test(path));
  return new Set(own.map((path) => join(root, path)));
}
