// Query: the entries of one hash key, in the order of the range key.

import { type AttributeValue, arithmetic, type Fields, type Item, type Store, type ValueRange } from '../dynalite.ts';
import { areEqual, beginsWith, orderOf } from '../expressions/compare-values.ts';
import { validationFault } from '../fault.ts';
import { checkKey, emptyKey, emptyOf, typeIn } from './check-item.ts';
import { expressionsOf } from './check-request.ts';
import { entryKey } from './index-entries.ts';
import type { KeyCondition, KeyConditions } from './key-conditions.ts';
import { checkRead, readRange, type Source, sourceOf } from './read-range.ts';
import { tableOf } from './table-of.ts';

const NOT_INDEXABLE = ['NULL', 'NOT_NULL', 'NE', 'CONTAINS', 'NOT_CONTAINS', 'IN'];
/** Greater than any part of a key: those are hexadecimal, with `/` between. */
const END = '~';

export async function query(store: Store, request: Fields): Promise<Fields> {
  const source = sourceOf(await tableOf(store, request), request);
  const { hash, range } = checkedConditions(source, request['KeyConditions'] as KeyConditions);
  const start = request['ExclusiveStartKey'] as Item | undefined;
  if (start !== undefined) checkStart(source, start, hash, range);
  checkFilter(source, request);
  checkRead(source, request);
  const backwards = request['ScanIndexForward'] === false;
  const { gte = '', ...end } = boundsOf(source, hash, range);
  const from = start && source.place + startKey(source, start);
  return readRange(store, source, request, {
    ...end,
    ...(from === undefined || backwards ? { gte } : { gt: from }),
    ...(from !== undefined && backwards && { lt: from }),
    ...(backwards && { reverse: true }),
  });
}

interface Conditions {
  readonly hash: AttributeValue;
  readonly range?: KeyCondition | undefined;
}

function checkedConditions(source: Source, given: KeyConditions): Conditions {
  const names = Object.keys(given);
  const [hashKey, rangeKey] = source.keySchema.map(({ AttributeName }) => AttributeName);
  for (const [index, { AttributeName }] of source.keySchema.entries()) {
    const condition = given[AttributeName];
    if (index === 0 && source.keySchema.length === 1 && names.length > 1) {
      throw validationFault('Query key condition not supported');
    }
    if (condition === undefined) {
      if (index === 0 || names.length > 1) {
        throw validationFault(`Query condition missed key schema element: ${AttributeName}`);
      }
      continue;
    }
    checkCondition(source, AttributeName, condition, index === 0);
  }
  const hash = given[hashKey ?? '']?.AttributeValueList[0];
  if (hash === undefined) throw validationFault(`Query condition missed key schema element: ${hashKey}`);
  return { hash, range: rangeKey === undefined ? undefined : given[rangeKey] };
}

function checkCondition(source: Source, name: string, condition: KeyCondition, isHash: boolean): void {
  const { ComparisonOperator: operator, AttributeValueList: values } = condition;
  if (NOT_INDEXABLE.includes(operator)) {
    throw validationFault('Attempted conditional constraint is not an indexable operation');
  }
  if (values.some((value) => value[typeIn(source.table, name)] === undefined)) {
    throw validationFault(
      'One or more parameter values were invalid: Condition parameter type does not match schema type',
    );
  }
  if (isHash && operator !== 'EQ') throw validationFault('Query key condition not supported');
  const empty = values.map(emptyOf).find((type) => type !== undefined);
  if (empty === undefined) return;
  const what = emptyKey(empty);
  throw validationFault(
    source.index === undefined
      ? `One or more parameter values are not valid. ${what} Key: ${name}`
      : `One or more parameter values are not valid. A value specified for a secondary index key is not supported. ${what} IndexName: ${source.index.description.IndexName}, IndexKey: ${name}`,
  );
}

function checkStart(source: Source, start: Item, hash: AttributeValue, range: KeyCondition | undefined): void {
  checkStartShape(source, start);
  const [hashKey = '', rangeKey = ''] = source.keySchema.map(({ AttributeName }) => AttributeName);
  const startHash = start[hashKey];
  const isOfHash = startHash !== undefined && areEqual(startHash, hash);
  if (range === undefined) {
    if (isOfHash) return;
    throw validationFault('The provided starting key is outside query boundaries based on provided conditions');
  }
  if (!meets(start[rangeKey], range)) {
    throw validationFault('The provided starting key does not match the range key predicate');
  }
  if (!isOfHash) throw validationFault('The query can return at most one row and cannot be restarted');
}

/** @throws `ValidationException` for a starting key that is no key of the source */
export function checkStartShape(source: Source, start: Item): void {
  const invalid = (why = '') => validationFault(`The provided starting key is invalid${why}`);
  if (Object.keys(start).length !== source.startNames.length) throw invalid();
  for (const { AttributeName } of source.keySchema) {
    if (start[AttributeName] === undefined) throw invalid();
    if (start[AttributeName][typeIn(source.table, AttributeName)] === undefined) {
      throw validationFault('The provided key element does not match the schema');
    }
  }
  const key = Object.fromEntries(
    source.table.KeySchema.flatMap(({ AttributeName }) => {
      const value = start[AttributeName];
      return value === undefined ? [] : [[AttributeName, value]];
    }),
  );
  try {
    checkKey(key, source.table);
  } catch (error) {
    throw invalid(`: ${(error as Error).message}`);
  }
}

export const startKey = ({ table, index, keySchema }: Source, start: Item): string =>
  index === undefined ? arithmetic.createKey(start, table) : entryKey(start, table, keySchema);

function meets(value: AttributeValue | undefined, { ComparisonOperator, AttributeValueList }: KeyCondition): boolean {
  const [first, second] = AttributeValueList;
  if (value === undefined || first === undefined) return false;
  const order = orderOf(value, first) ?? Number.NaN;
  switch (ComparisonOperator) {
    case 'EQ':
      return order === 0;
    case 'LT':
      return order < 0;
    case 'LE':
      return order <= 0;
    case 'GT':
      return order > 0;
    case 'GE':
      return order >= 0;
    case 'BEGINS_WITH':
      return beginsWith(value, first);
    default:
      return order >= 0 && second !== undefined && (orderOf(value, second) ?? 1) <= 0;
  }
}

function boundsOf({ place }: Source, hash: AttributeValue, range: KeyCondition | undefined): ValueRange {
  const type = Object.keys(hash)[0] ?? '';
  const all = `${place}${arithmetic.hashPrefix(hash[type], type)}/${arithmetic.toRangeStr(hash)}/`;
  const [first, second] = (range?.AttributeValueList ?? []).map((value) => all + arithmetic.toRangeStr(value));
  if (range === undefined || first === undefined) return { gte: all, lt: all + END };
  // Each key goes on after its range key: `<range key>/…`.
  switch (range.ComparisonOperator) {
    case 'EQ':
      return { gte: `${first}/`, lt: `${first}/${END}` };
    case 'LT':
      return { gte: all, lt: `${first}/` };
    case 'LE':
      return { gte: all, lt: `${first}/${END}` };
    case 'GT':
      return { gte: `${first}/${END}`, lt: all + END };
    case 'GE':
      return { gte: `${first}/`, lt: all + END };
    case 'BEGINS_WITH':
      return { gte: first, lt: first + END };
    default:
      return { gte: `${first}/`, lt: `${second}/${END}` };
  }
}

function checkFilter({ keySchema }: Source, request: Fields): void {
  const { filter } = expressionsOf(request);
  const heads = new Set(filter?.paths.map(([head]) => head));
  const key = keySchema.find(({ AttributeName }) => heads.has(AttributeName));
  if (key === undefined) return;
  const what = request['QueryFilter'] === undefined ? 'Filter Expression' : 'QueryFilter';
  throw validationFault(
    `${what} can only contain non-primary key attributes: Primary key attribute: ${key.AttributeName}`,
  );
}
