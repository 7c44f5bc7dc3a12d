// `apigen local start`: the AWS emulator of this project, left running.

import type { Command } from '../cli/command.ts';
import { UsageError } from '../errors.ts';
import { startLocal } from '../flows/local/start-local.ts';

export const localStart: Command = {
  name: 'local start',
  summary: 'start the AWS emulator of this project',
  description:
    'Starts MiniStack, an open-source AWS emulator, and leaves it running: from PATH, or from a private Python ' +
    'environment that is made once. Its state, its log and its pid are kept in .apigen/local.',
  options: [
    { flags: '--port <port>', summary: 'port of 127.0.0.1 (default 4566, or a free one when that is taken)' },
    { flags: '--fresh', summary: 'forget what an earlier run kept' },
    { flags: '-y, --yes', summary: 'install MiniStack without asking' },
  ],
  examples: ['apigen local start', 'apigen local start --port 4600 --fresh'],
  async run({ options }, { cwd, env, ui, signal }) {
    const port = parsePort(options['port']);
    const progress = ui.progress('Starting MiniStack');
    const { instance, wasRunning } = await startLocal({
      cwd,
      env,
      signal,
      port,
      fresh: options['fresh'] === true,
      async mayInstall() {
        if (options['yes'] === true || !ui.interactive) return true;
        progress.stop();
        return ui.confirm('MiniStack is not on PATH. Install it with pip into a private environment?', '--yes');
      },
      say: (text) => (ui.json ? ui.warn(text) : progress.log(text)),
    }).finally(() => progress.stop());
    const { endpoint, pid, log } = instance;
    ui.result({ running: true, wasRunning, endpoint, port: instance.port, pid, log }, () =>
      [
        `${ui.style.green('✓')} MiniStack ${wasRunning ? 'runs already' : 'runs'} at ${ui.style.bold(endpoint)}`,
        '  Deploy to it: apigen deploy --target local',
        '  Stop it:      apigen local stop',
      ].join('\n'),
    );
    return 0;
  },
};

function parsePort(value: unknown): number | undefined {
  if (value === undefined) return undefined;
  const port = Number(value);
  if (Number.isInteger(port) && port >= 1 && port <= 65_535) return port;
  throw new UsageError({
    code: 'INVALID_PORT',
    summary: `${String(value)} is no port`,
    detail: 'A port is a whole number from 1 to 65535.',
    hint: 'apigen local start --port 4566',
  });
}
