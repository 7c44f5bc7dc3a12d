// `apigen tables list`: the models of the project, their tables, and whether those are there.

import type { Command } from '../cli/command.ts';
import { listTables } from '../flows/tables/list-tables.ts';
import { table } from '../ui/table.ts';
import { awsOptions, sessionOptions } from './aws-options.ts';

export const tablesList: Command = {
  name: 'tables list',
  summary: 'list the tables of the models',
  options: awsOptions,
  examples: ['apigen tables list', 'apigen tables list --stage prod --json'],
  async run(input, context) {
    const { ui } = context;
    const tables = await listTables(sessionOptions(input, context));
    ui.result(tables, () => {
      if (tables.length === 0) return 'The project has no models. Add one: apigen add-model Order';
      const rows = tables.map(({ model, tableName, status, items, sizeBytes }) => [
        model,
        tableName,
        status === 'absent' ? ui.style.yellow('not deployed') : status.toLowerCase(),
        status === 'absent' ? '' : items.toLocaleString('en-US'),
        status === 'absent' ? '' : sizeBytes.toLocaleString('en-US'),
      ]);
      return table(rows, {
        width: ui.width,
        head: ['model', 'table', 'status', 'items', 'bytes'],
        align: ['left', 'left', 'left', 'right', 'right'],
      });
    });
    return 0;
  },
};
