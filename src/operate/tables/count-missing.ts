// How many items lack an attribute, by a scan of the first items alone.

import { ScanCommand } from '@aws-sdk/client-dynamodb';
import type { Aws } from '../../aws/aws.ts';

export interface Sample {
  readonly missing: number;
  readonly looked: number;
}

/** @param path of the attribute; what lies in lists cannot be asked for */
export async function countMissing(aws: Aws, TableName: string, path: string, sample: number): Promise<Sample> {
  const parts = path.split('.');
  const names = Object.fromEntries(parts.map((part, index) => [`#p${index}`, part]));
  let missing = 0;
  let looked = 0;
  let start: Record<string, never> | undefined;
  do {
    const page = await aws.dynamodb.send(
      new ScanCommand({
        TableName,
        Select: 'COUNT',
        Limit: sample - looked,
        FilterExpression: `attribute_not_exists(${Object.keys(names).join('.')})`,
        ExpressionAttributeNames: names,
        ...(start && { ExclusiveStartKey: start }),
      }),
    );
    missing += page.Count ?? 0;
    looked += page.ScannedCount ?? 0;
    start = page.LastEvaluatedKey as Record<string, never> | undefined;
  } while (start !== undefined && looked < sample);
  return { missing, looked };
}
