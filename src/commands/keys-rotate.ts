// `apigen keys rotate`: a new value under the same name, while the old one stays valid for a grace time.

import type { Command } from '../cli/command.ts';
import { type Rotation, rotateKey } from '../flows/keys/key-ring.ts';
import { awsOptions, text } from './aws-options.ts';
import { graceMs, keyName, nameArgument, onStage, sweep } from './keys-options.ts';

export const keysRotate: Command = {
  name: 'keys rotate',
  summary: 'give a key a new value; the old one stays valid for a grace time',
  description:
    'Makes a second key in the same plans. Without --grace the old one stays until `apigen keys remove NAME --old`; ' +
    'with it, the first of these commands that changes a key after that time removes it.',
  arguments: [nameArgument],
  options: [{ flags: '--grace <time>', summary: 'how long the old value stays: 7d, 12h, 0' }, ...awsOptions],
  examples: ['apigen keys rotate acme', 'apigen keys rotate acme --grace 7d --stage prod'],
  run: (input, context) =>
    onStage(input, context, async (session, project) => {
      const grace = graceMs(text(input, 'grace'));
      await sweep(session, project, context);
      const { key, old } = await rotateKey(session, project, keyName(input), grace);
      const document = {
        name: key.name,
        id: key.id,
        plans: key.plans,
        value: key.value,
        old: { id: old.id, removed: old.removed, until: old.until?.toISOString() ?? null },
      };
      context.ui.result(document, () =>
        [`New key ${key.name} for ${key.plans.join(', ')}:`, `  ${key.value}`, oldLine(key.name, old)].join('\n'),
      );
    }),
};

function oldLine(name: string, { removed, until }: Rotation['old']): string {
  if (removed) return 'The old value is removed.';
  if (until) return `The old value stays valid until ${until.toISOString().slice(0, 16)}Z.`;
  return `The old value stays valid until: apigen keys remove ${name} --old`;
}
