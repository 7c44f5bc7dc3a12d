// The entry module of a function's bundle: it takes the one export that apigen.yml names and passes it on as
// `handler`, so that other exports of the file, and what only they import, fall out of the bundle.

import type { Message, Plugin } from 'esbuild';
import type { HandlerSource } from './handler-source.ts';
import { SECRETS_MODULE } from './secrets-prelude.ts';

const PREFIX = 'apigen-function:';
const NAMESPACE = 'apigen-function';
const BEHIND = 'apigen-behind-secrets:';
const BEHIND_NAMESPACE = 'apigen-behind-secrets';
const CHECKS = 'apigen-checks:';
const CHECKS_NAMESPACE = 'apigen-checks';

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
        return { contents: entryCode(source), loader: 'js', resolveDir: root };
      });
      build.onResolve({ filter: new RegExp(`^${BEHIND}`) }, (args) => ({
        path: args.path.slice(BEHIND.length),
        namespace: BEHIND_NAMESPACE,
      }));
      build.onLoad({ filter: /.*/, namespace: BEHIND_NAMESPACE }, (args) => {
        const source = byName.get(args.path);
        return source && { contents: handlerCode(source), loader: 'js', resolveDir: root };
      });
      build.onResolve({ filter: new RegExp(`^${CHECKS}`) }, (args) => ({
        path: args.path.slice(CHECKS.length),
        namespace: CHECKS_NAMESPACE,
      }));
      build.onLoad({ filter: /.*/, namespace: CHECKS_NAMESPACE }, async (args) => {
        const { checksModule, checksResolveDir } = await import('./request-checks.ts');
        const contents = await checksModule(byName.get(args.path)?.checks ?? {});
        return { contents, loader: 'js', resolveDir: checksResolveDir() };
      });
    },
  };
}

/** With secrets, the handler's module is loaded once they are there: an entry behind the entry takes its one export. */
function entryCode(source: HandlerSource): string {
  const { secrets } = source.function;
  if (secrets === undefined || Object.keys(secrets).length === 0) return handlerCode(source);
  return `import { fetchSecrets } from '${SECRETS_MODULE}';
await fetchSecrets();
const { handler } = await import('${BEHIND}${source.function.name}');
export { handler };`;
}

function handlerCode({ function: { name, exportName }, file, checks }: HandlerSource): string {
  const from = JSON.stringify(`./${file}`);
  if (checks === undefined) return `export { ${exportName} as handler } from ${from};`;
  return `import { ${exportName} as inner } from ${from};
import { checked } from ${JSON.stringify(`${CHECKS}${name}`)};
export const handler = checked(inner);`;
}
