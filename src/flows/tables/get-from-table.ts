// One item by its key, typed as text.

import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { UsageError } from '../../errors.ts';
import type { ModelSpec } from '../../models/model-spec.ts';
import { itemJson } from '../../operate/tables/item-json.ts';
import { getItem } from '../../operate/tables/read-items.ts';
import type { SessionOptions } from '../converge/session.ts';
import { datePaths, openTable } from './open-table.ts';

/** @throws UsageError `BAD_KEY` */
export async function getFromTable(
  options: SessionOptions,
  model: string,
  key: readonly string[],
): Promise<Readonly<Record<string, unknown>> | undefined> {
  const { aws, spec } = await openTable(options, model);
  const item = await getItem(aws, spec.table.tableName, keyOf(spec, key));
  return item && itemJson(item, datePaths(spec));
}

function keyOf(spec: ModelSpec, key: readonly string[]): Record<string, AttributeValue> {
  const { keySchema, attributeDefinitions } = spec.table;
  const names = keySchema.map(({ AttributeName }) => AttributeName);
  if (names.length !== key.length) {
    throw badKey(spec, `It wants ${names.join(' and ')}; ${key.length} given.`);
  }
  const dates = datePaths(spec);
  return Object.fromEntries(
    names.map((name, index) => {
      const written = key[index] ?? '';
      const type = attributeDefinitions.find(({ AttributeName }) => AttributeName === name)?.AttributeType ?? 'S';
      const storage = dates.get(name);
      if (type === 'B') return [name, { B: Buffer.from(written, 'base64') }];
      if (type === 'S') return [name, { S: written }];
      const moment = storage === undefined ? Number.NaN : Date.parse(written);
      const number =
        Number.isNaN(moment) || /^\d+$/.test(written)
          ? Number(written)
          : storage === 'seconds'
            ? moment / 1000
            : moment;
      if (written.trim() === '' || Number.isNaN(number))
        throw badKey(spec, `${name} is a number, not ${JSON.stringify(written)}.`);
      return [name, { N: String(number) }];
    }),
  );
}

const badKey = (spec: ModelSpec, detail: string): UsageError =>
  new UsageError({
    code: 'BAD_KEY',
    summary: `That is no key of ${spec.name}`,
    detail,
    hint: `apigen tables get ${spec.name} ${spec.table.keySchema.map(({ AttributeName }) => AttributeName.toUpperCase()).join(' ')}`,
  });
