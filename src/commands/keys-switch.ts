// `apigen keys enable` and `apigen keys disable`: whether a key opens anything.

import type { Command } from '../cli/command.ts';
import { switchKeys } from '../flows/keys/key-ring.ts';
import { awsOptions } from './aws-options.ts';
import { keyName, nameArgument, onStage, sweep } from './keys-options.ts';

const command = (verb: 'enable' | 'disable', summary: string): Command => ({
  name: `keys ${verb}`,
  summary,
  description: 'Rotated values of the key, too.',
  arguments: [nameArgument],
  options: awsOptions,
  examples: [`apigen keys ${verb} acme --stage prod`],
  run: (input, context) =>
    onStage(input, context, async (session, project) => {
      await sweep(session, project, context);
      const name = keyName(input);
      const keys = await switchKeys(session, project, name, verb === 'enable');
      context.ui.result(
        { name, enabled: verb === 'enable', ids: keys.map(({ id }) => id) },
        () => `Key ${name} is ${verb}d. It takes API Gateway a moment to know it everywhere.`,
      );
    }),
});

export const keysEnable = command('enable', 'let a disabled key in again');
export const keysDisable = command('disable', 'refuse a key without deleting it');
