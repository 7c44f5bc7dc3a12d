// `apigen tables get`: one item by its key.

import type { Command } from '../cli/command.ts';
import { ApigenError } from '../errors.ts';
import { getFromTable } from '../flows/tables/get-from-table.ts';
import { awsOptions, sessionOptions, text } from './aws-options.ts';

export const tablesGet: Command = {
  name: 'tables get',
  summary: 'show one item by its key',
  arguments: [
    { name: 'model', summary: 'the model, as Product', required: true },
    { name: 'key', summary: 'the hash key', required: true },
    { name: 'sort', summary: 'the sort key, where the table has one', required: false },
  ],
  options: awsOptions,
  examples: ['apigen tables get Product p1', 'apigen tables get Order c7 2026-01-31T12:00:00Z --stage prod'],
  async run(input, context) {
    const [model, key, sort] = ['model', 'key', 'sort'].map((name) => input.arguments[name]);
    const item = await getFromTable(
      sessionOptions(input, context),
      String(model),
      [key, sort].flatMap((part) => (typeof part === 'string' ? [part] : [])),
    );
    if (item === undefined) {
      throw new ApigenError({
        code: 'NO_SUCH_ITEM',
        summary: `${model} has no item with the key ${[key, sort].filter((part) => part !== undefined).join(' ')}`,
        hint: `apigen tables scan ${model}${text(input, 'stage') === undefined ? '' : ` --stage ${text(input, 'stage')}`}`,
      });
    }
    context.ui.result(item, () => JSON.stringify(item, undefined, 2));
    return 0;
  },
};
