// `--filter "price > 10"` as DynamoDB's filter expression: an attribute, a comparison, a JSON value; several are joined
// by AND.

import { marshall } from '@aws-sdk/util-dynamodb';
import { UsageError } from '../../errors.ts';
import type { ScanFilter } from './read-items.ts';

const comparisons: Readonly<Record<string, string>> = {
  '=': '=',
  '!=': '<>',
  '<': '<',
  '<=': '<=',
  '>': '>',
  '>=': '>=',
};

/** @throws UsageError `BAD_FILTER` */
export function parseFilter(texts: readonly string[]): ScanFilter | undefined {
  if (texts.length === 0) return undefined;
  const names: Record<string, string> = {};
  const values: Record<string, unknown> = {};
  const terms = texts.map((text, index) => term(text, index, names, values));
  return {
    FilterExpression: terms.join(' AND '),
    ExpressionAttributeNames: names,
    ExpressionAttributeValues: marshall(values),
  };
}

function term(text: string, index: number, names: Record<string, string>, values: Record<string, unknown>): string {
  const match = /^\s*([\w.$-]+)\s*(exists|missing|contains|begins_with|<=|>=|!=|=|<|>)\s*(.*?)\s*$/s.exec(text);
  const [, path, operator = '', written = ''] = match ?? [];
  if (path === undefined) throw bad(text);
  const place = path
    .split('.')
    .map((part, depth) => {
      const name = `#n${index}_${depth}`;
      names[name] = part;
      return name;
    })
    .join('.');
  if (operator === 'exists' || operator === 'missing') {
    if (written !== '') throw bad(text);
    return operator === 'exists' ? `attribute_exists(${place})` : `attribute_not_exists(${place})`;
  }
  if (written === '') throw bad(text);
  const value = `:v${index}`;
  values[value] = readValue(written);
  const comparison = comparisons[operator];
  return comparison === undefined ? `${operator}(${place}, ${value})` : `${place} ${comparison} ${value}`;
}

/** JSON where it is JSON, text otherwise. */
function readValue(written: string): unknown {
  try {
    return JSON.parse(written);
  } catch {
    return written;
  }
}

const bad = (text: string): UsageError =>
  new UsageError({
    code: 'BAD_FILTER',
    summary: `--filter ${JSON.stringify(text)} is no filter`,
    detail: 'A filter is an attribute, one of = != < <= > >= contains begins_with exists missing, and a value.',
    hint: 'apigen tables scan Product --filter "price >= 10" --filter "name begins_with Ch"',
  });
