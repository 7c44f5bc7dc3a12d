// `apigen local status`: whether the emulator of this project runs, and where.

import type { Command } from '../cli/command.ts';
import { localStatus as readStatus } from '../flows/local/local-status.ts';
import { table } from '../ui/table.ts';

export const localStatus: Command = {
  name: 'local status',
  summary: 'show whether the AWS emulator of this project runs',
  examples: ['apigen local status', 'apigen local status --json'],
  async run(_input, { cwd, ui }) {
    const { instance, answers } = await readStatus(cwd);
    if (instance === undefined) {
      ui.result({ running: false }, () => 'No emulator runs for this project.\nStart it: apigen local start');
      return 0;
    }
    const { endpoint, port, pid, log, stateFolder } = instance;
    ui.result({ running: true, answers, endpoint, port, pid, log, stateFolder }, () =>
      table(
        [
          ['MiniStack', answers ? ui.style.green('runs') : ui.style.yellow('runs, but does not answer')],
          ['Endpoint', endpoint],
          ['Process', String(pid)],
          ['State', stateFolder],
          ['Log', log],
        ],
        { width: ui.width },
      ),
    );
    return 0;
  },
};
