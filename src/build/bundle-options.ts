// How every function is bundled, for deploy and for dev: same modules, same prelude, same marks on models.
//
// The AWS SDK is bundled, although Lambda's runtime carries one: the versions are then those of the lockfile, tested
// together with Dynamoose, equal on every machine, and minified code loads faster than the runtime's folder of files.
// Packages resolve as Node itself resolves them (`main`, not `module`): what runs is what their authors test on Node.

import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import type { BuildOptions } from 'esbuild';
import type { Project } from '../project/project.ts';
import { dynamoosePrelude } from './dynamoose-prelude.ts';
import { entryOf, functionEntries } from './function-entry.ts';
import type { HandlerSource } from './handler-source.ts';
import { pureModels } from './pure-models.ts';
import { secretsPrelude } from './secrets-prelude.ts';

/** CommonJS, and an ES module only for code that awaits at the top level. */
export type BundleFormat = 'cjs' | 'esm';

export interface BundleSettings {
  /** esbuild's target: `node22`. */
  readonly target: string;
  readonly format: BundleFormat;
  readonly sourceMaps: boolean;
  /** Default: true. */
  readonly minify?: boolean;
  /** Packages that the bundle leaves out. */
  readonly external?: readonly string[];
}

// `import.meta` is empty in CommonJS, and `require` is missing in ES modules where CommonJS packages need it.
const CJS_BANNER = "const __apigenUrl=require('url').pathToFileURL(__filename).href;";
const CJS_DEFINES = {
  'import.meta.url': '__apigenUrl',
  'import.meta.filename': '__filename',
  'import.meta.dirname': '__dirname',
};
const ESM_BANNER = [
  "import{createRequire as __apigenRequire}from'module';import{fileURLToPath as __apigenPath}from'url';",
  'const require=__apigenRequire(import.meta.url),__filename=__apigenPath(import.meta.url),',
  "__dirname=__apigenPath(new URL('.',import.meta.url));",
].join('');

/**
 * esbuild's options for the functions of `sources`, one entry point each. Without code splitting esbuild links each
 * entry on its own: the bytes of one function do not depend on its neighbours.
 */
export function bundleOptions(
  project: Pick<Project, 'root' | 'models'>,
  sources: readonly HandlerSource[],
  settings: BundleSettings,
) {
  const root = realpathSync(project.root);
  return {
    ...commonOptions(settings),
    absWorkingDir: root,
    entryPoints: sources.map(({ function: { name } }) => ({ in: entryOf(name), out: name })),
    outdir: join(root, '.apigen', 'bundles'),
    outExtension: { '.js': extensionOf(settings.format) },
    write: false,
    metafile: true,
    plugins: [
      functionEntries(sources, root),
      secretsPrelude(),
      dynamoosePrelude(),
      pureModels(new Set(modelPaths(project).keys())),
    ],
  } satisfies BuildOptions;
}

/** What holds for all code of functions, whatever is bundled with what. */
export function commonOptions(settings: BundleSettings) {
  const esm = settings.format === 'esm';
  return {
    bundle: true,
    minify: settings.minify ?? true,
    external: (settings.external ?? []).flatMap((name) => [name, `${name}/*`]),
    // Names of classes and functions are behaviour: `error.constructor.name` must be what the source says.
    keepNames: true,
    platform: 'node',
    target: settings.target,
    format: settings.format,
    charset: 'utf8',
    legalComments: 'none',
    logLevel: 'silent',
    banner: { js: esm ? ESM_BANNER : CJS_BANNER },
    define: esm ? {} : CJS_DEFINES,
    sourcemap: settings.sourceMaps ? 'linked' : false,
    sourcesContent: false,
  } satisfies BuildOptions;
}

/** The names of models by their files' real, absolute paths. */
export function modelPaths(project: Pick<Project, 'root' | 'models'>): ReadonlyMap<string, readonly string[]> {
  const root = realpathSync(project.root);
  const names = new Map<string, string[]>();
  for (const { name, file } of Object.values(project.models)) {
    const path = realPath(join(root, file));
    names.set(path, [...(names.get(path) ?? []), name]);
  }
  return names;
}

export function extensionOf(format: BundleFormat): '.js' | '.mjs' {
  return format === 'esm' ? '.mjs' : '.js';
}

/** A model file that does not exist is reported where models are read, not here. */
function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
