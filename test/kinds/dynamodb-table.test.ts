import { describe, expect, it } from '@jest/globals';
import { type RecordedAnswer, recordedKinds, type Sent } from './recorded/recorded-kinds.ts';

const target = { id: 'table:Order', name: 'shop-prod-Order' } as const;

function tableKind(answers: readonly RecordedAnswer[]) {
  const sent: Sent[] = [];
  const kind = recordedKinds(answers, sent).get('dynamodb-table');
  if (!kind) throw new Error('there is no kind of tables');
  return { kind, sent };
}

describe('a table', () => {
  it.each([
    ['AWS', 'aws'],
    ['CUSTOMER', 'arn:aws:kms:eu-west-1:123456789012:key/9c1f'],
  ])('whose key KMS calls %s is encrypted as %s', async (KeyManager, expected) => {
    const KeyId = 'arn:aws:kms:eu-west-1:123456789012:key/9c1f';
    const SSEDescription = { Status: 'ENABLED', SSEType: 'KMS', KMSMasterKeyArn: KeyId };
    const { kind } = tableKind([
      { operation: 'DescribeTable', answer: { Table: { TableStatus: 'ACTIVE', SSEDescription } } },
      { operation: 'DescribeKey', input: { KeyId }, answer: { KeyMetadata: { KeyId, KeyManager } } },
      { operation: 'ListTagsOfResource' },
      { operation: 'DescribeTimeToLive' },
      { operation: 'DescribeContinuousBackups' },
    ]);
    expect((await kind.read(target, { encryption: 'aws' }))?.props['encryption']).toBe(expected);
  });

  it('goes after each of its replicas, which would outlive it', async () => {
    const Table = { TableStatus: 'ACTIVE', Replicas: [{ RegionName: 'us-west-2', ReplicaStatus: 'ACTIVE' }] };
    const { kind, sent } = tableKind([
      { operation: 'DescribeTable', answer: { Table }, once: true },
      { operation: 'DescribeTable', answer: { Table: { TableStatus: 'ACTIVE' } }, once: true },
      { operation: 'DescribeTable', answer: { Table: { TableStatus: 'ACTIVE' } }, once: true },
      { operation: 'UpdateTable' },
      { operation: 'DeleteTable' },
      { operation: 'DescribeTable', error: 'ResourceNotFoundException' },
    ]);
    await kind.remove(target);
    expect(sent.filter(([operation]) => operation !== 'DescribeTable')).toMatchObject([
      ['UpdateTable', { ReplicaUpdates: [{ Delete: { RegionName: 'us-west-2' } }] }],
      ['DeleteTable', {}],
    ]);
  });
});
