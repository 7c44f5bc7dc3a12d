// `apigen keys list`: the API keys of a stage, without their values unless they are asked for.

import type { Command } from '../cli/command.ts';
import { type ListedKey, listKeys } from '../flows/keys/key-ring.ts';
import { table } from '../ui/table.ts';
import { awsOptions, flag } from './aws-options.ts';
import { onStage } from './keys-options.ts';

export const keysList: Command = {
  name: 'keys list',
  summary: 'list the API keys of a stage',
  options: [{ flags: '--show', summary: 'show the values too' }, ...awsOptions],
  examples: ['apigen keys list', 'apigen keys list --stage prod --show --json'],
  run: (input, context) =>
    onStage(input, context, async (session, project) => {
      const { ui } = context;
      const show = flag(input, 'show');
      const keys = await listKeys(session, project, show);
      const document = keys.map((key) => ({
        name: key.name,
        id: key.id,
        plans: key.plans,
        enabled: key.enabled,
        created: key.created.toISOString(),
        rotated: key.old !== undefined,
        until: key.old?.until?.toISOString() ?? null,
        ...(show && { value: key.value ?? '' }),
      }));
      ui.result(document, () => {
        if (keys.length === 0) return `${project.name}/${project.stage.name} has no API keys.`;
        const rows = keys.map((key) => [
          key.name,
          key.plans.join(', ') || '(none)',
          stateOf(key),
          key.created.toISOString().slice(0, 10),
          ...(show ? [key.value ?? ''] : []),
        ]);
        return table(rows, { width: ui.width, head: ['key', 'plans', 'state', 'made', ...(show ? ['value'] : [])] });
      });
    }),
};

function stateOf({ enabled, old }: ListedKey): string {
  const state = enabled ? 'enabled' : 'disabled';
  if (!old) return state;
  return old.until ? `${state}, rotated, until ${old.until.toISOString().slice(0, 16)}Z` : `${state}, rotated`;
}
