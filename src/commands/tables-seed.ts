// `apigen tables seed`: fills a table from a file of items.

import { resolve } from 'node:path';
import type { Command } from '../cli/command.ts';
import { UsageError } from '../errors.ts';
import { seedFromFile } from '../flows/tables/seed-from-file.ts';
import { awsOptions, flag, sessionOptions, text } from './aws-options.ts';

export const tablesSeed: Command = {
  name: 'tables seed',
  summary: 'fill a table from a file of items',
  description:
    'The file is a JSON list, or NDJSON with an item a line. Each item is decoded and checked by its model, as a ' +
    'function would. An item of the same key is replaced, so a run can be repeated.',
  arguments: [
    { name: 'model', summary: 'the model, as Product', required: true },
    { name: 'file', summary: 'the file of items', required: true },
  ],
  options: [
    ...awsOptions,
    { flags: '--continue', summary: 'leave out items that are wrong, naming each, and go on' },
    { flags: '--skip <n>', summary: 'begin after so many items of the file' },
  ],
  examples: ['apigen tables seed Product products.json', 'apigen tables seed Product products.ndjson --continue'],
  async run(input, context) {
    const { ui, cwd } = context;
    const model = String(input.arguments['model']);
    const progress = ui.progress(`Reading ${model}`);
    try {
      const seeded = await seedFromFile(sessionOptions(input, context), {
        model,
        file: resolve(cwd, String(input.arguments['file'])),
        skip: skipOf(text(input, 'skip')),
        goOn: flag(input, 'continue'),
        signal: context.signal,
        onBad: (place, problem) => progress.log(`${ui.style.red('✗')} ${place}: ${problem}`),
        onProgress: (written, busy) =>
          progress.update(`${written.toLocaleString('en-US')} items${busy ? ', waiting for capacity' : ''}`),
      });
      progress.stop();
      const left = seeded.bad === 0 ? '' : `, ${seeded.bad.toLocaleString('en-US')} left out`;
      ui.result(
        seeded,
        () =>
          `${ui.style.green('✓')} ${seeded.written.toLocaleString('en-US')} ${seeded.written === 1 ? 'item' : 'items'} in ${seeded.tableName}${left}`,
      );
      return seeded.bad === 0 ? 0 : 3;
    } catch (error) {
      progress.stop();
      throw error;
    }
  },
};

function skipOf(written: string | undefined): number {
  const skip = Number(written ?? 0);
  if (Number.isInteger(skip) && skip >= 0) return skip;
  throw new UsageError({ code: 'BAD_SKIP', summary: `--skip ${written} is no number of items`, hint: '--skip 1200' });
}
