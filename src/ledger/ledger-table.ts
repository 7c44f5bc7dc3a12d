// The ledger's DynamoDB table: one per account and region, on demand, shared by every project and stage there.
// Partition `{project}/{stage}`; sort keys `lock`, and for each API version `meta`, `journal`, `node#{id}` and
// `release#{number}`, those of a version but v1 behind its name: `v2/meta`.

import { CreateTableCommand, DescribeTableCommand } from '@aws-sdk/client-dynamodb';
import type { Aws } from '../aws/aws.ts';
import { isNotFound } from '../aws/is-not-found.ts';
import { KindFaultError } from '../engine/kind.ts';
import { ApigenError } from '../errors.ts';

export const ledgerTable = 'apigen-ledger';

/** The layout of rows; a ledger written by a newer layout is refused, an older one migrated. */
export const ledgerSchema = 1;

/** The API version whose rows carry no name of a version. */
export const unprefixedVersion = 'v1';

/** Whose rows: one project, stage and API version. The lock is the stage's. */
export interface LedgerScope {
  readonly project: string;
  readonly stage: string;
  /** Default: {@link unprefixedVersion}. */
  readonly version?: string | undefined;
}

export const partitionOf = (scope: LedgerScope): string => `${scope.project}/${scope.stage}`;

/** Creates the table, unless it is there, and waits until it can be written; up to a minute. */
export async function ensureLedgerTable(aws: Aws): Promise<void> {
  try {
    await aws.dynamodb.send(
      new CreateTableCommand({
        TableName: ledgerTable,
        BillingMode: 'PAY_PER_REQUEST',
        KeySchema: [
          { AttributeName: 'pk', KeyType: 'HASH' },
          { AttributeName: 'sk', KeyType: 'RANGE' },
        ],
        AttributeDefinitions: [
          { AttributeName: 'pk', AttributeType: 'S' },
          { AttributeName: 'sk', AttributeType: 'S' },
        ],
        Tags: [{ Key: 'apigen:ledger', Value: String(ledgerSchema) }],
      }),
    );
  } catch (error) {
    // It is there, or another first deploy of this account made it at the same moment.
    if (!(error instanceof KindFaultError)) throw error;
  }
  for (let waitedMs = 0; waitedMs < 60_000; waitedMs += 500) {
    if ((await tableStatus(aws)) === 'ACTIVE') return;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  throw new ApigenError({
    code: 'LEDGER_NOT_READY',
    summary: `Table ${ledgerTable} is still being created after 60 s`,
    hint: 'apigen deploy',
  });
}

async function tableStatus(aws: Aws): Promise<string | undefined> {
  try {
    const { Table } = await aws.dynamodb.send(new DescribeTableCommand({ TableName: ledgerTable }));
    return Table?.TableStatus;
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}
