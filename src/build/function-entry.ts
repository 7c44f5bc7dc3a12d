// The entry module of a function's bundle: it takes the one export that apigen.yml names and passes it on as
// `handler`, so that other exports of the file, and what only they import, fall out of the bundle.

import type { Message, Plugin } from 'esbuild';
import type { HandlerSource } from './handler-source.ts';

const PREFIX = 'apigen-function:';
const NAMESPACE = 'apigen-function';

/** The entry point to give to esbuild for a function's logical name. */
export function entryOf(functionName: string): string {
  return PREFIX + functionName;
}

/** The function whose entry a message is about, if it is about one: its handler's export is missing. */
export function entryOfMessage(message: Message): string | undefined {
  const file = message.location?.file;
  return file?.startsWith(PREFIX) ? file.slice(PREFIX.length) : undefined;
}

/** An esbuild plugin that serves {@link entryOf} for every source. */
export function functionEntries(sources: readonly HandlerSource[], root: string): Plugin {
  const byName = new Map(sources.map((source) => [source.function.name, source]));
  return {
    name: 'apigen-function-entries',
    setup(build) {
      build.onResolve({ filter: new RegExp(`^${PREFIX}`) }, (args) => ({
        path: args.path.slice(PREFIX.length),
        namespace: NAMESPACE,
      }));
      build.onLoad({ filter: /.*/, namespace: NAMESPACE }, (args) => {
        const source = byName.get(args.path);
        if (source === undefined) return { errors: [{ text: `no function ${args.path}` }] };
        // Plain JavaScript on purpose: in TypeScript esbuild takes a missing export for a type and says nothing.
        const contents = `export { ${source.function.exportName} as handler } from ${JSON.stringify(`./${source.file}`)};`;
        return { contents, loader: 'js', resolveDir: root };
      });
    },
  };
}
