// `apigen tables put`: one item, checked by its model.

import type { Command } from '../cli/command.ts';
import { putIntoTable } from '../flows/tables/put-into-table.ts';
import { awsOptions, flag, sessionOptions } from './aws-options.ts';

export const tablesPut: Command = {
  name: 'tables put',
  summary: 'store one item, checked by its model',
  description: 'The item replaces one of the same key; with --new it is stored only where there is none.',
  arguments: [
    { name: 'model', summary: 'the model, as Product', required: true },
    { name: 'item', summary: 'the item as JSON', required: true },
  ],
  options: [...awsOptions, { flags: '--new', summary: 'refuse to replace an item that is there' }],
  examples: [`apigen tables put Product '{"id":"p1","name":"Chess","price":20}'`],
  async run(input, context) {
    const { ui } = context;
    const stored = await putIntoTable(sessionOptions(input, context), {
      model: String(input.arguments['model']),
      json: String(input.arguments['item']),
      onlyNew: flag(input, 'new'),
    });
    ui.result(stored, () => `${ui.style.green('✓')} Stored ${JSON.stringify(stored)}`);
    return 0;
  },
};
