// `apigen dev`: the whole API on this machine until Ctrl-C or q.

import { networkInterfaces } from 'node:os';
import type { Command, CommandContext, CommandInput } from '../cli/command.ts';
import { UsageError } from '../errors.ts';
import type { DevEvent } from '../flows/dev/dev-event.ts';
import { devLine } from '../flows/dev/dev-lines.ts';
import { repeatedProblems } from '../flows/dev/repeated-problems.ts';
import { type DevSession, startDev } from '../flows/dev/start-dev.ts';
import { flag, text } from './aws-options.ts';

const DEFAULT_PORT = 3000;
/** Node's own, which debuggers look at. */
const DEFAULT_INSPECT_PORT = 9229;

export const dev: Command = {
  name: 'dev',
  summary: 'run the whole API on this machine, and reload it on save',
  description:
    'Serves every API of apigen.yml with its functions and tables, without AWS: each API on a port of its own, from ' +
    '--port upward. A save takes effect at once; a broken file says so here and in the answer. Keys: r starts the ' +
    'functions anew, s calls what schedules call, c clears the screen, q quits.',
  options: [
    { flags: '-s, --stage <name>', summary: 'the stage to be; default dev' },
    { flags: '-p, --port <port>', summary: 'of the first API', default: String(DEFAULT_PORT) },
    { flags: '--host <host>', summary: 'listen beyond this machine', default: '127.0.0.1' },
    { flags: '--strict-port', summary: 'fail where the port is taken, instead of taking the next one' },
    { flags: '--fresh', summary: 'forget what the tables kept' },
    { flags: '--inspect [port]', summary: `let a debugger attach to the functions; default ${DEFAULT_INSPECT_PORT}` },
    { flags: '--dynamodb <url>', summary: 'use this DynamoDB instead of the embedded tables' },
    { flags: '--endpoint-url <url>', summary: 'send what routes ask of other AWS services here' },
  ],
  examples: ['apigen dev', 'apigen dev --port 4000 --fresh', 'apigen dev --dynamodb http://127.0.0.1:8000'],
  async run(input, context) {
    const { cwd, env, ui } = context;
    const host = text(input, 'host') ?? '127.0.0.1';
    const port = parsePort(text(input, 'port') ?? String(DEFAULT_PORT), `apigen dev --port ${DEFAULT_PORT}`);
    const inspect = inspectPort(input.options['inspect']);
    const dynamodb = parseEndpoint(text(input, 'dynamodb'), 'a DynamoDB', '--dynamodb http://127.0.0.1:8000');
    const endpointUrl = parseEndpoint(
      text(input, 'endpointUrl'),
      'an AWS emulator',
      '--endpoint-url http://127.0.0.1:4566',
    );
    if (!/^(127\.\d+\.\d+\.\d+|localhost|::1)$/.test(host)) {
      const addresses = /^(0\.0\.0\.0|::)$/.test(host) ? addressesHere() : [];
      const where = addresses.length > 0 ? ` at ${addresses.join(', ')}` : '';
      ui.warn(`${host}: whoever reaches this machine${where} can call the API, with your tables behind it.`);
    }
    const view = { style: ui.style, width: ui.width, cwd };
    // What a function prints is to stand there before its client has the answer; the request's own line comes after.
    const isRepeated = repeatedProblems();
    const emit = (event: DevEvent): void => {
      if (isRepeated(event) && !ui.json) return;
      ui.line(event, () => devLine(event, view), event.type === 'request' ? 'soon' : 'now');
    };
    const session = await startDev({
      cwd,
      env,
      stage: text(input, 'stage'),
      host,
      port,
      strictPort: flag(input, 'strictPort'),
      fresh: flag(input, 'fresh'),
      dynamodb,
      endpointUrl,
      inspect,
      // A project without models never loads a database.
      startTables: async (options) => (await import('../gateway/tables/start-tables.ts')).startTables(options),
      emit,
    });
    try {
      await untilTold(session, context);
    } finally {
      await session.close();
    }
    return 0;
  },
};

/** Resolves on q, Ctrl-C or SIGTERM. */
function untilTold(session: DevSession, { signal, ui }: CommandContext): Promise<void> {
  return new Promise((resolve) => {
    const release = ui.onKey?.((key) => {
      if (key === 'r') void session.restart();
      else if (key === 'c') ui.clear?.();
      else if (key === 's') session.fireSchedules();
      else if (key === 'q') finish();
      // Whoever is about to try something sets what comes apart from what was.
      else if (key === '\r') ui.note('');
    });
    const finish = (): void => {
      release?.();
      signal.removeEventListener('abort', finish);
      resolve();
    };
    const schedules = session.triggers().some(({ next }) => next !== undefined) ? 's schedules now · ' : '';
    if (ui.interactive) ui.note(ui.style.dim(`r restart · ${schedules}c clear · q quit`));
    if (signal.aborted) finish();
    else signal.addEventListener('abort', finish);
  });
}

/** Where others in the network find this machine. */
function addressesHere(): readonly string[] {
  const all = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
  return all.filter(({ internal, family }) => !internal && family === 'IPv4').map(({ address }) => address);
}

/** Nothing without the option; its default where it stands without a port. */
function inspectPort(value: CommandInput['options'][string]): number | undefined {
  if (value === true) return DEFAULT_INSPECT_PORT;
  return typeof value === 'string' ? parsePort(value, `apigen dev --inspect ${DEFAULT_INSPECT_PORT}`) : undefined;
}

function parsePort(value: string, hint: string): number {
  const port = Number(value);
  if (value !== '' && Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new UsageError({
    code: 'INVALID_PORT',
    summary: `${value} is no port`,
    detail: 'A port is a whole number up to 65535; 0 takes any free one.',
    hint,
  });
}

function parseEndpoint(value: string | undefined, what: string, example: string): string | undefined {
  if (value === undefined || (URL.canParse(value) && /^https?:$/.test(new URL(value).protocol))) return value;
  throw new UsageError({
    code: 'INVALID_ENDPOINT',
    summary: `${value} is no address of ${what}`,
    hint: `apigen dev ${example}`,
  });
}
