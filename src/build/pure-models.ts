// Marks model files as free of side effects, so that an import nobody uses falls out of a bundle together with the
// model. What stays in the output is what the function uses: an index file of all models grants nothing extra.

import { basename, dirname, sep } from 'node:path';
import type { Plugin } from 'esbuild';

/**
 * An esbuild plugin.
 *
 * @param modelFiles absolute, real paths
 */
export function pureModels(modelFiles: ReadonlySet<string>): Plugin {
  return {
    name: 'apigen-pure-models',
    setup(build) {
      if (modelFiles.size === 0) return;
      build.onResolve({ filter: specifiersOf(modelFiles) }, async (args) => {
        // Data marks a question of this plugin or of another one: answering it would ask for ever.
        if (args.pluginData !== undefined || args.importer.includes(`${sep}node_modules${sep}`)) return undefined;
        const { resolveDir, importer, kind, namespace } = args;
        const found = await build.resolve(args.path, {
          resolveDir,
          importer,
          kind,
          namespace,
          pluginData: 'pure-models',
        });
        if (found.errors.length > 0 || !modelFiles.has(found.path)) return undefined;
        return { path: found.path, namespace: found.namespace, sideEffects: false };
      });
    },
  };
}

/**
 * Import paths that may lead to a model: bare ones (aliases, workspaces), and relative ones that end in its name.
 * A filter of `.*` would call back for each of the SDK's thousand files, which doubles the time of a build.
 */
function specifiersOf(modelFiles: ReadonlySet<string>): RegExp {
  const names = new Set<string>();
  for (const file of modelFiles) {
    const name = basename(file).replace(/\.\w+$/, '');
    names.add(name);
    if (name === 'index') names.add(basename(dirname(file)));
  }
  const alternatives = [...names].map((name) => name.replace(/[^\w-]/g, '\\$&')).join('|');
  return new RegExp(`^[^./]|^\\.{1,2}/?$|/(${alternatives})(\\.[cm]?[jt]sx?)?/?$`);
}
