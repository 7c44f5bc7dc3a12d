// `apigen unlock`: takes away a lock whose lease is over. A running deploy cannot be unlocked: it still sends calls.

import type { Command } from '../cli/command.ts';
import { connectFor } from '../flows/converge/session.ts';
import { unlock as takeAway } from '../flows/converge/unlock.ts';
import { loadProject } from '../project/load-project.ts';
import { awsOptions, sessionOptions } from './aws-options.ts';

export const unlock: Command = {
  name: 'unlock',
  summary: 'take away a lock that a dead deploy left',
  options: awsOptions,
  examples: ['apigen unlock --stage prod'],
  async run(input, context) {
    const { ui } = context;
    const options = sessionOptions(input, context);
    const project = await loadProject(options);
    const broken = await takeAway(await connectFor(project, options), project);
    ui.result({ unlocked: broken !== undefined, holder: broken?.who ?? null }, () =>
      broken
        ? `The lock of ${broken.who} (process ${broken.pid}) was taken away.`
        : `${project.name}/${project.stage.name} is not locked.`,
    );
    return 0;
  },
};
