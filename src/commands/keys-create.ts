// `apigen keys create`: makes an API key, and shows its value this once.

import type { Command } from '../cli/command.ts';
import { issueKey } from '../flows/keys/key-ring.ts';
import { awsOptions, list } from './aws-options.ts';
import { keyName, nameArgument, onStage, sweep } from './keys-options.ts';

export const keysCreate: Command = {
  name: 'keys create',
  summary: 'make an API key for a usage plan',
  description:
    'AWS makes up the value, which is printed once: keep it, or ask again with `apigen keys list --show`. The key ' +
    'belongs to the stage, and goes with it.',
  arguments: [nameArgument],
  options: [
    { flags: '--plan <name>', summary: 'its usage plan; needed unless there is only one', repeatable: true },
    ...awsOptions,
  ],
  examples: ['apigen keys create acme --plan free', 'apigen keys create acme --plan partner/free --stage prod --json'],
  run: (input, context) =>
    onStage(input, context, async (session, project) => {
      await sweep(session, project, context);
      const key = await issueKey(session, project, keyName(input), list(input, 'plan'));
      context.ui.result({ name: key.name, id: key.id, plans: key.plans, value: key.value }, () =>
        [
          `Key ${key.name} for ${key.plans.join(', ')}:`,
          `  ${key.value}`,
          'Callers send it as x-api-key. It takes API Gateway a moment to know it everywhere.',
        ].join('\n'),
      );
    }),
};
