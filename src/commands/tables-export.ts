// `apigen tables export`: a table's items into a bucket of S3, without using its capacity.

import type { Command } from '../cli/command.ts';
import { UsageError } from '../errors.ts';
import { openTable } from '../flows/tables/open-table.ts';
import { readMoment } from '../flows/tables/restore-table.ts';
import { exportTable } from '../operate/tables/backups.ts';
import { awsOptions, sessionOptions, text } from './aws-options.ts';

export const tablesExport: Command = {
  name: 'tables export',
  summary: 'export a table to S3',
  description: 'Takes continuous backups on the table (backups: continuous), and none of its read capacity.',
  arguments: [{ name: 'model', summary: 'the model, as Product', required: true }],
  options: [
    ...awsOptions,
    { flags: '--bucket <name>', summary: 'the bucket of S3' },
    { flags: '--prefix <prefix>', summary: 'put before the names of the objects' },
    { flags: '--format <format>', summary: 'json (default) or ion', choices: ['json', 'ion'] },
    { flags: '--to <time>', summary: 'as the table was at this moment; default now' },
    { flags: '--no-wait', summary: 'do not wait until the export is done' },
  ],
  examples: ['apigen tables export Product --bucket my-exports --stage prod'],
  async run(input, context) {
    const { ui } = context;
    const bucket = text(input, 'bucket');
    const model = String(input.arguments['model']);
    if (bucket === undefined) {
      const hint = `apigen tables export ${model} --bucket NAME`;
      throw new UsageError({ code: 'NO_BUCKET', summary: 'An export needs a bucket', hint });
    }
    const to = text(input, 'to');
    const time = to === undefined ? undefined : readMoment('--to', to);
    const { aws, spec } = await openTable(sessionOptions(input, context), model);
    const { tableName } = spec.table;
    const format = text(input, 'format') === 'ion' ? ('ION' as const) : ('DYNAMODB_JSON' as const);
    const progress = ui.progress(`Exporting ${tableName} to ${bucket}`);
    try {
      const request = { tableName, bucket, prefix: text(input, 'prefix'), format, time };
      const exported = await exportTable(aws, request, input.options['wait'] !== false);
      progress.stop();
      const done = exported.status === 'COMPLETED';
      ui.result(exported, () =>
        done
          ? `${ui.style.green('✓')} Exported ${exported.items.toLocaleString('en-US')} items: s3://${bucket}/${exported.manifest}`
          : `${ui.style.green('✓')} The export has begun: ${exported.arn}`,
      );
      return 0;
    } catch (error) {
      progress.stop();
      throw error;
    }
  },
};
