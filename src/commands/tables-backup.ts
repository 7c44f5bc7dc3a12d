// `apigen tables backup`: an on-demand backup, kept until it is deleted.

import type { Command } from '../cli/command.ts';
import { openTable } from '../flows/tables/open-table.ts';
import { createBackup } from '../operate/tables/backups.ts';
import { awsOptions, sessionOptions, text } from './aws-options.ts';

export const tablesBackup: Command = {
  name: 'tables backup',
  summary: 'make a backup of a table',
  arguments: [{ name: 'model', summary: 'the model, as Product', required: true }],
  options: [...awsOptions, { flags: '--name <name>', summary: "the backup's name; default the model and the time" }],
  examples: ['apigen tables backup Product', 'apigen tables backup Product --name before-migration --stage prod'],
  async run(input, context) {
    const { ui } = context;
    const model = String(input.arguments['model']);
    const { aws, spec } = await openTable(sessionOptions(input, context), model);
    const name = text(input, 'name') ?? `${model}-${new Date().toISOString().slice(0, 19).replace(/[:T]/g, '-')}`;
    const progress = ui.progress(`Backing up ${spec.table.tableName}`);
    try {
      const backup = await createBackup(aws, spec.table.tableName, name);
      progress.stop();
      ui.result(backup, () => `${ui.style.green('✓')} Backup ${backup.name} of ${spec.table.tableName}`);
      ui.note(`To restore it: apigen tables restore ${model} --backup ${name} --as ${spec.table.tableName}-restored`);
      return 0;
    } catch (error) {
      progress.stop();
      throw error;
    }
  },
};
