// `apigen unlock`: takes away a lock whose lease is over. A running deploy cannot be unlocked: it still sends calls.

import type { Command } from '../cli/command.ts';
import { scopeOf } from '../flows/converge/scope.ts';
import { connectFor } from '../flows/converge/session.ts';
import { breakLock } from '../ledger/break-lock.ts';
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
    const { aws } = await connectFor(project, options);
    const broken = await breakLock(aws, scopeOf(project));
    ui.result({ unlocked: broken !== undefined, holder: broken?.holder.who ?? null }, () =>
      broken
        ? `The lock of ${broken.holder.who} (process ${broken.holder.pid}) was taken away.`
        : `${project.name}/${project.stage.name} is not locked.`,
    );
    return 0;
  },
};
