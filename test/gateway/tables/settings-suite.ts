// The table tests of what stands beside items: time to live, tags, and indexes made later.

import {
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  ListTagsOfResourceCommand,
  PutItemCommand,
  QueryCommand,
  TagResourceCommand,
  UpdateTableCommand,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from '@jest/globals';
import { differs, type Engine } from './differences.ts';
import { N, refusal, S, type TestTables } from './table-client.ts';

export function settingsSuite(engine: Engine, connect: () => TestTables): void {
  describe('the settings of a table', () => {
    it('hold a time to live', async () => {
      const { client, accounts: TableName } = connect();
      const status = async () =>
        (await client.send(new DescribeTimeToLiveCommand({ TableName }))).TimeToLiveDescription;
      expect(await status()).toEqual({ TimeToLiveStatus: 'DISABLED' });
      const enable = new UpdateTimeToLiveCommand({
        TableName,
        TimeToLiveSpecification: { AttributeName: 'expires', Enabled: true },
      });
      await client.send(enable);
      expect(await status()).toEqual({ TimeToLiveStatus: 'ENABLED', AttributeName: 'expires' });
    });

    it('hold tags', async () => {
      const { client, accounts: TableName } = connect();
      const { Table } = await client.send(new DescribeTableCommand({ TableName }));
      const ResourceArn = Table?.TableArn;
      const tagged = client.send(new TagResourceCommand({ ResourceArn, Tags: [{ Key: 'team', Value: 'blue' }] }));
      if (differs(engine, 'tags')) {
        expect((await refusal(tagged)).name).toBe('UnknownOperationException');
        return;
      }
      await tagged;
      const { Tags } = await client.send(new ListTagsOfResourceCommand({ ResourceArn }));
      expect(Tags).toEqual([{ Key: 'team', Value: 'blue' }]);
    });

    it('take an index later, filled from the items that are there', async () => {
      const { client, accounts: TableName } = connect();
      await client.send(new PutItemCommand({ TableName, Item: { id: S('early'), team: S('blue'), n: N(1) } }));
      await client.send(
        new UpdateTableCommand({
          TableName,
          AttributeDefinitions: [{ AttributeName: 'team', AttributeType: 'S' }],
          GlobalSecondaryIndexUpdates: [
            {
              Create: {
                IndexName: 'byTeam',
                KeySchema: [{ AttributeName: 'team', KeyType: 'HASH' }],
                Projection: { ProjectionType: 'KEYS_ONLY' },
              },
            },
          ],
        }),
      );
      const active = async (): Promise<boolean> => {
        const { Table } = await client.send(new DescribeTableCommand({ TableName }));
        return Table?.GlobalSecondaryIndexes?.every(({ IndexStatus }) => IndexStatus === 'ACTIVE') === true;
      };
      while (!(await active())) await new Promise((resolve) => setTimeout(resolve, 50));
      await client.send(new PutItemCommand({ TableName, Item: { id: S('late'), team: S('blue'), n: N(1) } }));
      const { Items = [] } = await client.send(
        new QueryCommand({
          TableName,
          IndexName: 'byTeam',
          KeyConditionExpression: 'team = :t',
          ExpressionAttributeValues: { ':t': S('blue') },
        }),
      );
      expect(Items.map((item) => item['id']?.S).sort()).toEqual(['early', 'late']);
      expect(Items[0]).not.toHaveProperty('n');
    });

    it('are refused for a table that is not there', async () => {
      const { client } = connect();
      const asked = client.send(new DescribeTimeToLiveCommand({ TableName: 'no-such-table' }));
      expect((await refusal(asked)).name).toBe('ResourceNotFoundException');
    });
  });
}
