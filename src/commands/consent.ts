// Consent to losing data: the table's name typed by a person, or repeated with --confirm where nobody is there.

import type { CommandInput } from '../cli/command.ts';
import type { Plan } from '../engine/plan.ts';
import { UsageError } from '../errors.ts';
import type { Ui } from '../ui/ui.ts';
import { list } from './aws-options.ts';

/** @throws UsageError `NOT_CONFIRMED` when the name is not typed exactly */
export async function consentToDataLoss(plan: Plan, input: CommandInput, ui: Ui): Promise<void> {
  const allowed = new Set(list(input, 'allowDataLoss'));
  const confirmed = new Set(list(input, 'confirm'));
  for (const { action, name, title } of plan.changes) {
    const loses = (action === 'delete' || action === 'replace') && allowed.has(name);
    if (!loses || confirmed.has(name)) continue;
    const typed = await ui.confirmTyped(
      `${title} ${name} and all its data will be deleted.`,
      name,
      `--confirm ${name}`,
    );
    if (typed) continue;
    throw new UsageError({
      code: 'NOT_CONFIRMED',
      summary: `${title} ${name} keeps its data`,
      detail: 'Its name was not typed. Nothing was changed.',
    });
  }
}

/** @param name of what was to be deleted, which `--confirm` repeats */
export const notConfirmed = (name: string): UsageError =>
  new UsageError({
    code: 'NOT_CONFIRMED',
    summary: `${name} was not deleted`,
    detail: 'Its name was not given exactly.',
    hint: `--confirm ${name}`,
  });
