// Puts the prelude between every module of a bundle and Dynamoose: whoever imports `dynamoose` gets it with its table
// defaults already set, whatever the order of imports, and a bundle without Dynamoose carries no prelude.
// Without it the first request would call DescribeTable and CreateTable, which least privilege denies.

import type { Plugin } from 'esbuild';
import { TABLE_PREFIX_VARIABLE } from './table-prefix.ts';

const NAMESPACE = 'apigen-dynamoose';

const PRELUDE = `
const dynamoose = require('dynamoose');
const prefix = process.env.${TABLE_PREFIX_VARIABLE};
if (!prefix) {
  throw new Error(
    'The environment variable ${TABLE_PREFIX_VARIABLE} is not set, so the tables of this function have no name. ' +
      'apigen deploy and apigen dev set it; elsewhere (a unit test, a shell) set it to {project}-{stage}-, as shop-dev-.',
  );
}
dynamoose.Table.defaults.set({ create: false, waitForActive: false, prefix });
module.exports = dynamoose;
`;

/** An esbuild plugin; functions and dev builds use it, each bundle holds the prelude at most once. */
export function dynamoosePrelude(): Plugin {
  return {
    name: 'apigen-dynamoose-prelude',
    setup(build) {
      build.onResolve({ filter: /^dynamoose(\/dist(\/index(\.js)?)?)?$/ }, async (args) => {
        // Data marks a question of this plugin or of another one: answering it would ask for ever.
        if (args.namespace === NAMESPACE || args.pluginData !== undefined) return undefined;
        const { resolveDir, importer, kind } = args;
        const found = await build.resolve(args.path, { resolveDir, importer, kind, pluginData: NAMESPACE });
        if (found.errors.length > 0) return { errors: found.errors };
        return { path: found.path, namespace: NAMESPACE, pluginData: resolveDir, sideEffects: false };
      });
      build.onLoad({ filter: /.*/, namespace: NAMESPACE }, (args) => ({
        contents: PRELUDE,
        loader: 'js',
        resolveDir: String(args.pluginData),
      }));
    },
  };
}

/** Whether a path in esbuild's metafile is the prelude. */
export function isPrelude(path: string): boolean {
  return path.startsWith(`${NAMESPACE}:`);
}
