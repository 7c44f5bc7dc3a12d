// The tables that both engines have in the differential tests: a key of each kind, and indexes of each projection.

import { type Fields, type Step, send } from './wire.ts';

const hash = (AttributeName: string) => ({ AttributeName, KeyType: 'HASH' });
const range = (AttributeName: string) => ({ AttributeName, KeyType: 'RANGE' });
const typed = (types: Readonly<Record<string, string>>) =>
  Object.entries(types).map(([AttributeName, AttributeType]) => ({ AttributeName, AttributeType }));

const tables: readonly Fields[] = [
  {
    TableName: 'Thing',
    KeySchema: [hash('id')],
    AttributeDefinitions: typed({ id: 'S' }),
  },
  {
    TableName: 'Event',
    KeySchema: [hash('pk'), range('sk')],
    AttributeDefinitions: typed({ pk: 'S', sk: 'N', kind: 'S', at: 'N', place: 'B', score: 'N' }),
    GlobalSecondaryIndexes: [
      { IndexName: 'byKind', KeySchema: [hash('kind'), range('at')], Projection: { ProjectionType: 'ALL' } },
      { IndexName: 'byPlace', KeySchema: [hash('place')], Projection: { ProjectionType: 'KEYS_ONLY' } },
    ],
    LocalSecondaryIndexes: [
      {
        IndexName: 'byScore',
        KeySchema: [hash('pk'), range('score')],
        Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['note'] },
      },
    ],
  },
  {
    TableName: 'Bytes',
    KeySchema: [hash('pk'), range('sk')],
    AttributeDefinitions: typed({ pk: 'B', sk: 'B' }),
  },
  {
    TableName: 'Words',
    KeySchema: [hash('pk'), range('sk')],
    AttributeDefinitions: typed({ pk: 'N', sk: 'S' }),
  },
];

/** Makes them anew, empty. */
export async function remakeTables(endpoint: string): Promise<void> {
  for (const table of tables) {
    await send(endpoint, ['DeleteTable', { TableName: table['TableName'] }]);
    const made: Step = ['CreateTable', { BillingMode: 'PAY_PER_REQUEST', ...table }];
    for (;;) {
      const { error, body } = await send(endpoint, made);
      if (error === undefined) break;
      if (error !== 'ResourceInUseException') throw new Error(`CreateTable: ${error} ${JSON.stringify(body)}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}
