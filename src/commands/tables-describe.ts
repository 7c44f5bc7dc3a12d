// `apigen tables describe`: one table as it stands, with its indexes, settings and backups.

import type { Command } from '../cli/command.ts';
import { describeTableOf } from '../flows/tables/describe-table.ts';
import { table } from '../ui/table.ts';
import { awsOptions, sessionOptions } from './aws-options.ts';

export const tablesDescribe: Command = {
  name: 'tables describe',
  summary: 'show a table as it stands, with its indexes and backups',
  arguments: [{ name: 'model', summary: 'the model, as Product', required: true }],
  options: awsOptions,
  examples: ['apigen tables describe Product', 'apigen tables describe Product --stage prod --json'],
  async run(input, context) {
    const { ui } = context;
    const described = await describeTableOf(sessionOptions(input, context), String(input.arguments['model']));
    ui.result(described, () => {
      const { bold, dim } = ui.style;
      const settings = Object.entries(described.settings).map(([name, value]) => [dim(name), value]);
      const indexes = described.indexes.map(({ name, kind, keys, projection, status }) => [
        name,
        kind,
        keys,
        projection,
        status.toLowerCase(),
      ]);
      const backups = described.backups.map(({ name, at, status, sizeBytes }) => [
        name,
        new Date(at).toISOString().slice(0, 19).replace('T', ' '),
        status.toLowerCase(),
        sizeBytes.toLocaleString('en-US'),
      ]);
      const indent = '  ';
      return [
        bold(described.tableName),
        table(settings, { width: ui.width, indent }),
        ...(indexes.length === 0
          ? []
          : ['', table(indexes, { width: ui.width, indent, head: ['index', 'kind', 'keys', 'projection', 'status'] })]),
        ...(backups.length === 0
          ? []
          : ['', table(backups, { width: ui.width, indent, head: ['backup', 'time (UTC)', 'status', 'bytes'] })]),
      ].join('\n');
    });
    return 0;
  },
};
