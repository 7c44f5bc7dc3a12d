// Which code answers an operation: ours on items, dynalite's on tables, and those that it lacks. No HTTP here.

import { type Fields, isOperation, type Operation } from './dynalite.ts';
import { fault, faultName, frameworkFault, isFault } from './fault.ts';
import { checkRequest } from './items/check-request.ts';
import type { TableBase } from './table-base.ts';
import { createTable, deleteTable, live, updateTable } from './table-operations.ts';
import { describeTimeToLive, tableNamed, updateTimeToLive } from './time-to-live.ts';
import { transactGet } from './transact-get.ts';
import { transactWrite } from './transact-write.ts';

type Answer = (base: TableBase, request: Fields) => Promise<Fields>;

const OWN: Readonly<Record<string, Answer>> = {
  TransactWriteItems: transactWrite,
  TransactGetItems: transactGet,
  DescribeTimeToLive: describeTimeToLive,
  UpdateTimeToLive: updateTimeToLive,
  DescribeContinuousBackups: describeContinuousBackups,
  PutItem: (base, request) => write(base, 'PutItem', request),
  UpdateItem: (base, request) => write(base, 'UpdateItem', request),
  DeleteItem: (base, request) => write(base, 'DeleteItem', request),
  BatchWriteItem: (base, request) => write(base, 'BatchWriteItem', request),
  CreateTable: (base, request) => base.gate.run(() => createTable(base, request)),
  UpdateTable: (base, request) => base.gate.run(() => updateTable(base, request)),
  DeleteTable: (base, request) => base.gate.run(() => deleteTable(base, request)),
  TagResource: (base, request) => base.gate.run(() => live(base, 'TagResource', request)),
  UntagResource: (base, request) => base.gate.run(() => live(base, 'UntagResource', request)),
};

/**
 * @param operation `PutItem`
 * @throws a fault (fault.ts) in DynamoDB's words
 */
export function answerRequest(base: TableBase, operation: string, request: Fields): Promise<Fields> {
  const own = Object.hasOwn(OWN, operation) ? OWN[operation] : undefined;
  if (own !== undefined) return own(base, request);
  if (isOperation(operation)) return base.read(operation, request);
  const elsewhere = 'apigen dev --dynamodb URL uses another DynamoDB';
  throw frameworkFault('UnknownOperationException', `The local tables do not answer ${operation}; ${elsewhere}.`);
}

function write(base: TableBase, operation: Operation, request: Fields): Promise<Fields> {
  const checked = checkRequest(base.store, operation, request);
  return base.gate.run(() => base.writeInGate(operation, checked));
}

/** Backups are AWS's business: always off here. */
async function describeContinuousBackups(base: TableBase, request: Fields): Promise<Fields> {
  await tableNamed(base, request).catch((error: unknown) => {
    if (!isFault(error) || faultName(error) !== 'ResourceNotFoundException') throw error;
    throw fault('TableNotFoundException', `Table not found: ${String(request['TableName'])}`);
  });
  return {
    ContinuousBackupsDescription: {
      ContinuousBackupsStatus: 'ENABLED',
      PointInTimeRecoveryDescription: { PointInTimeRecoveryStatus: 'DISABLED' },
    },
  };
}
