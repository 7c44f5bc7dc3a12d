// What an item must be, beyond what dynalite checks: sizes in bytes, depth, names, and keys of indexes.

import { type AttributeValue, arithmetic, type Item, type Table } from '../dynalite.ts';
import { validationFault } from '../fault.ts';
import { indexesOf } from '../table-indexes.ts';
import { itemSize } from './item-size.ts';

/** "400 KB", and levels of lists and maps (developer guide, "Quotas"). */
const MAX_BYTES = 400 * 1024;
const MAX_LEVELS = 32;
const MAX_HASH_BYTES = 2048;
const MAX_RANGE_BYTES = 1024;

/** @throws `ValidationException` for attributes that nest too deep or have no name */
export function checkAttributes(attributes: Item, level = 1): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (name === '' && level === 1) throw validationFault('Empty attribute name');
    checkLevels(value, level);
  }
}

export function checkLevels(value: AttributeValue, level: number): void {
  if (level > MAX_LEVELS) {
    throw validationFault(
      'Nesting Levels have exceeded supported limits: Attributes in the item have nested levels beyond supported limit',
    );
  }
  if (value['L'] !== undefined) {
    for (const member of value['L'] as readonly AttributeValue[]) checkLevels(member, level + 1);
  } else if (value['M'] !== undefined) checkAttributes(value['M'] as Item, level + 1);
}

/** @throws `ValidationException` */
export function checkPutItem(item: Item, table: Table): void {
  if (itemSize(item) > MAX_BYTES) throw validationFault('Item size has exceeded the maximum allowed size');
  refuse(arithmetic.validateItem(item, table));
  checkKeySizes(item, table);
  checkIndexKeys(item, table);
}

/** @throws `ValidationException` */
export function checkUpdatedItem(item: Item, table: Table): void {
  if (itemSize(item) > MAX_BYTES) {
    throw validationFault('Item size to update has exceeded the maximum allowed size');
  }
  checkAttributes(item);
  for (const { KeySchema } of allIndexes(table)) {
    for (const { AttributeName } of KeySchema) {
      const value = item[AttributeName];
      if (value !== undefined && value[typeIn(table, AttributeName)] === undefined) {
        throw validationFault('The update expression attempted to update the secondary index key to unsupported type');
      }
    }
  }
  checkIndexKeys(item, table, true);
}

/** @throws `ValidationException` */
export function checkKey(key: Item, table: Table): void {
  checkEmptyKeys(key, table);
  refuse(arithmetic.validateKey(key, table));
  checkKeySizes(key, table);
}

export function checkKeyPaths(paths: readonly (readonly (string | number)[])[], table: Table): void {
  const nested: Record<string, true> = {};
  for (const path of paths) if (path.length > 1) nested[String(path[0])] = true;
  refuse(arithmetic.validateKeyPaths(nested, table));
}

export const allIndexes = (table: Table) => [...indexesOf(table, 'global'), ...indexesOf(table, 'local')];

export const typeIn = (table: Table, attribute: string): string =>
  table.AttributeDefinitions.find(({ AttributeName }) => AttributeName === attribute)?.AttributeType ?? '';

function checkEmptyKeys(key: Item, table: Table): void {
  for (const { AttributeName } of table.KeySchema) {
    const empty = emptyOf(key[AttributeName]);
    if (empty !== undefined && key[AttributeName]?.[typeIn(table, AttributeName)] !== undefined) {
      throw validationFault(`One or more parameter values are not valid. ${emptyKey(empty)} Key: ${AttributeName}`);
    }
  }
}

/** `string` or `binary`, if the value is an empty one. */
export function emptyOf(value: AttributeValue | undefined): string | undefined {
  if (value?.['S'] === '') return 'string';
  return value?.['B'] === '' ? 'binary' : undefined;
}

export const emptyKey = (type: string): string =>
  `The AttributeValue for a key attribute cannot contain an empty ${type} value.`;

function checkIndexKeys(item: Item, table: Table, isUpdate = false): void {
  for (const { IndexName, KeySchema } of allIndexes(table)) {
    for (const { AttributeName } of KeySchema) {
      const value = item[AttributeName];
      const empty = emptyOf(value);
      if (empty === undefined) continue;
      throw validationFault(
        isUpdate
          ? `One or more parameter values are not valid. The update expression attempted to update a secondary index key to a value that is not supported. ${emptyKey(empty)}`
          : `One or more parameter values are not valid. A value specified for a secondary index key is not supported. ${emptyKey(empty)} IndexName: ${IndexName}, IndexKey: ${AttributeName}`,
      );
    }
    checkSchemaSizes(KeySchema, item);
  }
}

const checkKeySizes = (item: Item, table: Table): void => checkSchemaSizes(table.KeySchema, item);

function checkSchemaSizes(schema: Table['KeySchema'], item: Item): void {
  for (const { AttributeName, KeyType } of schema) {
    const { S, B } = item[AttributeName] ?? {};
    const bytes = S === undefined ? Buffer.byteLength(String(B ?? ''), 'base64') : Buffer.byteLength(String(S));
    if (KeyType === 'HASH' && bytes > MAX_HASH_BYTES) {
      throw validationFault(
        'One or more parameter values were invalid: Size of hashkey has exceeded the maximum size limit of2048 bytes',
      );
    }
    if (KeyType === 'RANGE' && bytes > MAX_RANGE_BYTES) {
      throw validationFault(
        'One or more parameter values were invalid: Aggregated size of all range keys has exceeded the size limit of 1024 bytes',
      );
    }
  }
}

/** dynalite returns what is wrong. */
function refuse(wrong: unknown): void {
  if (wrong) throw wrong;
}
