// Reads the parts of TransactWriteItems and TransactGetItems, and refuses what is wrong whatever the tables hold.
// Limits and words: the API reference of both operations, and what DynamoDB Local 2.6 answers.

import type { Fields, Item, Operation } from './dynalite.ts';
import { validationFault } from './fault.ts';
import { itemSize } from './items/item-size.ts';

export type Verb = 'ConditionCheck' | 'Put' | 'Update' | 'Delete' | 'Get';

export interface TransactPart {
  readonly verb: Verb;
  readonly table: string;
  /** The single request that does this part, or, for a check, the one whose condition is the same. */
  readonly operation: Operation;
  readonly request: Fields;
  /** The item it is about: a whole item for a put, else its key. */
  readonly item: Item;
  /** `ReturnValuesOnConditionCheckFailure: ALL_OLD`. */
  readonly wantsItem: boolean;
}

/** Parts in one transaction, and bytes of their items. */
const MAX_PARTS = 100;
const MAX_BYTES = 4 * 1024 * 1024;

const OPERATION: Readonly<Record<Verb, Operation>> = {
  // Only its condition is evaluated; the deletion itself is dropped.
  ConditionCheck: 'DeleteItem',
  Put: 'PutItem',
  Update: 'UpdateItem',
  Delete: 'DeleteItem',
  Get: 'GetItem',
};
const NEEDS: Readonly<Record<Verb, readonly string[]>> = {
  ConditionCheck: ['TableName', 'Key', 'ConditionExpression'],
  Put: ['TableName', 'Item'],
  Update: ['TableName', 'Key', 'UpdateExpression'],
  Delete: ['TableName', 'Key'],
  Get: ['TableName', 'Key'],
};

export function transactParts(request: Fields, verbs: readonly Verb[]): readonly TransactPart[] {
  const items = request['TransactItems'];
  if (!Array.isArray(items)) throw constraint('null', 'transactItems', 'Member must not be null');
  if (items.length === 0) {
    throw constraint("'[]'", 'transactItems', 'Member must have length greater than or equal to 1');
  }
  if (items.length > MAX_PARTS) {
    throw constraint("'[...]'", 'transactItems', `Member must have length less than or equal to ${MAX_PARTS}`);
  }
  return items.map((item: unknown, index) => partOf(fields(item), verbs, `transactItems.${index + 1}.member`));
}

/** @throws `ValidationException` for more than 4 MB of items */
export function checkSize(items: readonly Item[]): void {
  const bytes = items.reduce((sum, item) => sum + itemSize(item), 0);
  if (bytes > MAX_BYTES) {
    throw validationFault(`Transaction payload size cannot exceed 4MB. Payload Size: ${bytes}`);
  }
}

/** @throws `ValidationException`: two parts are about one item */
export function checkDistinct(identities: readonly string[]): void {
  if (new Set(identities).size < identities.length) {
    throw validationFault('Transaction request cannot include multiple operations on one item');
  }
}

function partOf(item: Fields, verbs: readonly Verb[], place: string): TransactPart {
  const named = verbs.filter((verb) => item[verb] !== undefined && item[verb] !== null);
  const [verb] = named;
  if (verb === undefined) {
    throw verbs.includes('Get')
      ? constraint('null', `${place}.get`, 'Member must not be null')
      : validationFault('Invalid Request: TransactWriteRequest should contain Delete or Put or Update request');
  }
  if (named.length > 1) throw validationFault('TransactItems can only contain one of Check, Put, Update or Delete');
  const { ReturnValuesOnConditionCheckFailure: onFailure, ...part } = fields(item[verb]);
  const memberPlace = `${place}.${lowerFirst(verb)}`;
  for (const name of NEEDS[verb]) {
    if (part[name] === undefined || part[name] === null) {
      throw constraint('null', `${memberPlace}.${lowerFirst(name)}`, 'Member must not be null');
    }
  }
  if (onFailure !== undefined && onFailure !== 'ALL_OLD' && onFailure !== 'NONE') {
    throw constraint(
      `'${String(onFailure)}'`,
      `${memberPlace}.returnValuesOnConditionCheckFailure`,
      'Member must satisfy enum value set: [ALL_OLD, NONE]',
    );
  }
  return {
    verb,
    table: String(part['TableName']),
    operation: OPERATION[verb],
    request: { ...part, ReturnConsumedCapacity: 'TOTAL' },
    item: fields(part['Item'] ?? part['Key']) as Item,
    wantsItem: onFailure === 'ALL_OLD',
  };
}

const constraint = (value: string, place: string, rule: string): Error =>
  validationFault(`1 validation error detected: Value ${value} at '${place}' failed to satisfy constraint: ${rule}`);

export const fields = (value: unknown): Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};

const lowerFirst = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1);
