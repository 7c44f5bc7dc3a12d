// One item into a table, checked by its model.

import { ApigenError, UsageError } from '../../errors.ts';
import { openEncoder } from '../../models/item-encoder.ts';
import { itemJson } from '../../operate/tables/item-json.ts';
import { putItem } from '../../operate/tables/put-item.ts';
import type { SessionOptions } from '../converge/session.ts';
import { datePaths, openTable } from './open-table.ts';

export interface PutRequest {
  readonly model: string;
  readonly json: string;
  /** Only where there is none of its key. */
  readonly onlyNew: boolean;
}

/**
 * @returns the item as it is stored
 * @throws UsageError `NOT_JSON`; ApigenError `BAD_ITEM`, `ITEM_EXISTS`
 */
export async function putIntoTable(
  options: SessionOptions,
  { model, json, onlyNew }: PutRequest,
): Promise<Readonly<Record<string, unknown>>> {
  const value = parse(json);
  const { aws, project, declaration, spec } = await openTable(options, model);
  const encoder = await openEncoder(project, declaration);
  try {
    const [encoded] = await encoder.encode([value]);
    if (encoded?.item === undefined) {
      const problems = encoded?.problems ?? [];
      throw new ApigenError({
        code: 'BAD_ITEM',
        summary: `That is no ${model}`,
        detail: problems.map(({ path, message }) => `${path} ${message}`.trim()).join('\n'),
        hint: `${declaration.file} says what a ${model} is.`,
      });
    }
    const [hash = ''] = spec.table.keySchema.map(({ AttributeName }) => AttributeName);
    const item = { ...encoded.item };
    if (!(await putItem(aws, spec.table.tableName, item, onlyNew ? hash : undefined))) {
      throw new ApigenError({
        code: 'ITEM_EXISTS',
        summary: `${model} has an item of that key already`,
        detail: 'It was left as it is.',
        hint: 'Leave out --new to replace it.',
      });
    }
    return itemJson(item, datePaths(spec));
  } finally {
    await encoder.close();
  }
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch (error) {
    throw new UsageError({
      code: 'NOT_JSON',
      summary: 'The item is no JSON',
      detail: error instanceof Error ? error.message : undefined,
      hint: `Quote it for your shell: '{"id":"p1"}'`,
    });
  }
}
