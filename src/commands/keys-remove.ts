// `apigen keys remove`: deletes a key with its rotated ones, or these alone.

import type { Command } from '../cli/command.ts';
import { UsageError } from '../errors.ts';
import { removeKeys } from '../flows/keys/key-ring.ts';
import { awsOptions, flag } from './aws-options.ts';
import { keyName, nameArgument, onStage, sweep } from './keys-options.ts';

export const keysRemove: Command = {
  name: 'keys remove',
  summary: 'delete an API key',
  arguments: [nameArgument],
  options: [
    { flags: '--old', summary: 'only what rotations left' },
    { flags: '-y, --yes', summary: 'do not ask' },
    ...awsOptions,
  ],
  examples: ['apigen keys remove acme --yes', 'apigen keys remove acme --old --stage prod'],
  run: (input, context) =>
    onStage(input, context, async (session, project) => {
      const { ui } = context;
      const name = keyName(input);
      const old = flag(input, 'old');
      const question = `Whoever calls with ${old ? 'an old value of ' : ''}key ${name} will be refused. Delete it?`;
      if (!flag(input, 'yes') && !(await ui.confirm(question, '--yes'))) throw notConfirmed(name);
      await sweep(session, project, context);
      const gone = await removeKeys(session, project, name, old);
      ui.result({ name, removed: gone.map(({ id }) => id) }, () =>
        gone.length === 0 ? `Key ${name} has no old values.` : `Removed ${gone.length} of key ${name}.`,
      );
    }),
};

const notConfirmed = (name: string): UsageError =>
  new UsageError({ code: 'NOT_CONFIRMED', summary: `Key ${name} was not deleted`, hint: '--yes' });
