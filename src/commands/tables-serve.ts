// `apigen tables serve`: the embedded tables alone, until Ctrl-C or the end of the test that started them.

import type { Command, CommandContext } from '../cli/command.ts';
import { UsageError } from '../errors.ts';
import { serveTables } from '../flows/tables/serve-tables.ts';
import { flag, text } from './aws-options.ts';

export const tablesServe: Command = {
  name: 'tables serve',
  summary: 'serve the tables on this machine, empty and in memory, for tests',
  description:
    "The tables of all models behind DynamoDB's protocol, as apigen dev has them, but without the APIs and without " +
    'keeping an item. Any credentials and region will do.',
  options: [
    { flags: '-s, --stage <name>', summary: "the stage in the tables' names; default dev" },
    { flags: '-p, --port <port>', summary: 'default: a free one' },
    { flags: '--until-eof', summary: 'end when stdin does: with the process that holds its other end' },
  ],
  examples: ['apigen tables serve', 'apigen tables serve --port 8000', 'apigen tables serve --json --until-eof'],
  async run(input, context) {
    const { cwd, env, ui } = context;
    const served = await serveTables({
      cwd,
      env,
      stage: text(input, 'stage'),
      port: portOf(text(input, 'port')),
      note: (sentence) => ui.note(sentence),
    });
    const { endpoint, prefix, tables } = served;
    try {
      const names = Object.entries(tables).map(([model, tableName]) => `  ${model}  ${ui.style.dim(tableName)}`);
      ui.line({ type: 'ready', endpoint, prefix, tables }, () =>
        [`${ui.style.green('✓')} Tables at ${ui.style.bold(endpoint)}, until Ctrl-C`, ...names].join('\n'),
      );
      await untilTold(context, flag(input, 'untilEof'));
    } finally {
      await served.close();
    }
    return 0;
  },
};

function untilTold({ signal, ui }: CommandContext, untilEof: boolean): Promise<void> {
  const aborted = new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
  return untilEof ? Promise.race([aborted, ui.inputEnds()]) : aborted;
}

function portOf(written: string | undefined): number | undefined {
  if (written === undefined) return undefined;
  const port = Number(written);
  if (written !== '' && Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new UsageError({
    code: 'INVALID_PORT',
    summary: `${written} is no port`,
    detail: 'A port is a whole number up to 65535; 0 takes any free one.',
    hint: 'apigen tables serve --port 8000',
  });
}
