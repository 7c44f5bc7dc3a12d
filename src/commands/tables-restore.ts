// `apigen tables restore`: a table from a backup, or from a moment of point-in-time recovery.

import type { Command } from '../cli/command.ts';
import { restoreTable } from '../flows/tables/restore-table.ts';
import { awsOptions, sessionOptions, text } from './aws-options.ts';

export const tablesRestore: Command = {
  name: 'tables restore',
  summary: 'restore a table from a backup or to a moment',
  description:
    'DynamoDB restores into a new table. Without --as that is the model’s own table, which must then be gone; the next ' +
    'deploy gives it its settings back. With --as both stand side by side, to be compared or copied with scan and seed.',
  arguments: [{ name: 'model', summary: 'the model, as Product', required: true }],
  options: [
    ...awsOptions,
    { flags: '--backup <name>', summary: 'the name of a backup' },
    { flags: '--to <time>', summary: 'a moment, as 2026-01-31T12:00:00Z, or latest' },
    { flags: '--as <table>', summary: "the new table's name" },
  ],
  examples: [
    'apigen tables restore Product --backup before-migration',
    'apigen tables restore Product --to 2026-01-31T12:00:00Z --as shop-prod-Product-restored --stage prod',
  ],
  async run(input, context) {
    const { ui } = context;
    const progress = ui.progress('Restoring');
    try {
      const restored = await restoreTable(sessionOptions(input, context), {
        model: String(input.arguments['model']),
        backup: text(input, 'backup'),
        to: text(input, 'to'),
        as: text(input, 'as'),
      });
      progress.stop();
      ui.result(restored, () => `${ui.style.green('✓')} Restored ${restored.tableName} from ${restored.from}`);
      if (restored.isOwn) ui.note('Its time to live, backups and tags come back with the next deploy: apigen deploy');
      return 0;
    } catch (error) {
      progress.stop();
      throw error;
    }
  },
};
