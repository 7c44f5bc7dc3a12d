// Lets a function's bundle under dev take Dynamoose and the AWS SDK from a chunk that is built once, so that a save
// builds and runs the project's own code alone. Modules are known by the files they resolve to: whoever imports one,
// by whatever name, meets the same instance, as in the whole bundle that deploy makes.

import { relative } from 'node:path';
import type { Plugin } from 'esbuild';

/** A module of the chunk; whether the function runs it when it loads, or perhaps never: `await import(…)`. */
export type VendorModules = ReadonlyMap<string, 'at-load' | 'later'>;

const NAMESPACE = 'apigen-vendor';

// With what they share state through: a second copy of one of these could be told from the first.
const NAMES = [
  'dynamoose',
  'dynamoose-logger',
  'dynamoose-utils',
  'js-object-utilities',
  '@aws/[^/]+',
  '@aws-crypto/[^/]+',
  '@aws-sdk/[^/]+',
  '@smithy/[^/]+',
].join('|');
/** For esbuild, which calls back for what fits alone. */
const SPECIFIER = new RegExp(`^(${NAMES})(/|$)`);
const FILE = new RegExp(`/node_modules/(${NAMES})/[^:]*\\.[cm]?js$`);

export class VendorImports {
  /** File of the chunk; absent while it is not known. */
  chunk: string | undefined;
  readonly #root: string;
  readonly #wanted = new Map<string, 'at-load' | 'later'>();

  /** @param root real path of the project */
  constructor(root: string) {
    this.#root = root;
  }

  /** What the last build asked for, by paths relative to the project. */
  get wanted(): VendorModules {
    return this.#wanted;
  }

  /** An esbuild plugin, to stand after all that answer for `dynamoose` or the SDK themselves. */
  plugin(): Plugin {
    return {
      name: 'apigen-vendor-imports',
      setup: (build) => {
        build.onStart(() => this.#wanted.clear());
        build.onResolve({ filter: /./, namespace: NAMESPACE }, ({ path }) => ({ path, external: true }));
        build.onResolve({ filter: SPECIFIER }, async (args) => {
          // Data marks a question of this plugin or of another one: answering it would ask for ever.
          if (args.pluginData !== undefined || args.kind === 'require-resolve') return undefined;
          const { resolveDir, importer, kind, namespace } = args;
          const found = await build.resolve(args.path, {
            resolveDir,
            importer,
            kind,
            namespace,
            pluginData: NAMESPACE,
          });
          if (found.errors.length > 0 || found.external || found.namespace !== 'file') return undefined;
          const path = found.path.replaceAll('\\', '/');
          if (!FILE.test(path)) return undefined;
          const name = relative(this.#root, found.path).replaceAll('\\', '/');
          if (kind !== 'dynamic-import') this.#wanted.set(name, 'at-load');
          else if (!this.#wanted.has(name)) this.#wanted.set(name, 'later');
          return { path: name, namespace: NAMESPACE, sideEffects: found.sideEffects };
        });
        build.onLoad({ filter: /./, namespace: NAMESPACE }, ({ path }) => ({
          contents: `module.exports = require(${JSON.stringify(this.chunk ?? NAMESPACE)}).take(${JSON.stringify(path)});`,
          loader: 'js',
        }));
      },
    };
  }
}
