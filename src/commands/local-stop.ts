// `apigen local stop`: ends the emulator of this project.

import type { Command } from '../cli/command.ts';
import { stopLocal } from '../flows/local/stop-local.ts';

export const localStop: Command = {
  name: 'local stop',
  summary: 'stop the AWS emulator of this project',
  description: 'Ends MiniStack and every function it runs. Its state is kept for the next start.',
  examples: ['apigen local stop'],
  async run(_input, { cwd, ui }) {
    const progress = ui.progress('Stopping MiniStack');
    const stopped = await stopLocal(cwd).finally(() => progress.stop());
    ui.result({ running: false, stopped: stopped !== undefined, pid: stopped?.pid ?? null }, () =>
      stopped === undefined ? 'No emulator was running for this project.' : `${ui.style.green('✓')} MiniStack stopped`,
    );
    return 0;
  },
};
