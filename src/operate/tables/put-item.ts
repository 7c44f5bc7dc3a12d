// Puts one item, if need be only where there is none.

import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { Aws } from '../../aws/aws.ts';
import { hasAwsName } from '../../aws/aws-fault.ts';
import type { StoredItem } from './item-json.ts';

/**
 * @param absentHash the hash key's name: the item is stored only where no item has its key
 * @returns false when there is one
 */
export async function putItem(
  aws: Aws,
  TableName: string,
  Item: StoredItem,
  absentHash: string | undefined,
): Promise<boolean> {
  const condition = absentHash !== undefined && {
    ConditionExpression: 'attribute_not_exists(#hash)',
    ExpressionAttributeNames: { '#hash': absentHash },
  };
  try {
    await aws.dynamodb.send(new PutItemCommand({ TableName, Item, ...condition }));
    return true;
  } catch (error) {
    if (hasAwsName(error, 'ConditionalCheckFailedException')) return false;
    throw error;
  }
}
