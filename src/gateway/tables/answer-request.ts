// Which code answers an operation: reads and writes of dynalite, and the operations it lacks. No HTTP here.

import { checkRequest, type Fields, type Item, isOperation, type Operation } from './dynalite.ts';
import { fault, faultMessage, faultName, frameworkFault, isFault } from './fault.ts';
import type { TableBase } from './table-base.ts';
import { createTable, deleteTable, live, updateTable } from './table-operations.ts';
import { describeTimeToLive, tableNamed, updateTimeToLive } from './time-to-live.ts';
import { transactGet } from './transact-get.ts';
import { fields } from './transact-parts.ts';
import { transactWrite } from './transact-write.ts';

type Answer = (base: TableBase, request: Fields) => Promise<Fields>;

const OWN: Readonly<Record<string, Answer>> = {
  TransactWriteItems: transactWrite,
  TransactGetItems: transactGet,
  DescribeTimeToLive: describeTimeToLive,
  UpdateTimeToLive: updateTimeToLive,
  DescribeContinuousBackups: describeContinuousBackups,
  PutItem: conditional('PutItem'),
  UpdateItem: conditional('UpdateItem'),
  DeleteItem: conditional('DeleteItem'),
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
  throw frameworkFault('UnknownOperationException', `The local tables do not answer ${operation}.`);
}

function write(base: TableBase, operation: Operation, request: Fields): Promise<Fields> {
  const checked = checkRequest(base.store, operation, request);
  return base.gate.run(() => base.writeInGate(operation, checked));
}

/** With ReturnValuesOnConditionCheckFailure, which dynalite does not know. */
function conditional(operation: 'PutItem' | 'UpdateItem' | 'DeleteItem'): Answer {
  return (base, request) => {
    if (request['ReturnValuesOnConditionCheckFailure'] !== 'ALL_OLD') return write(base, operation, request);
    const checked = checkRequest(base.store, operation, request);
    return base.gate.run(async () => {
      try {
        return await base.writeInGate(operation, checked);
      } catch (error) {
        if (!isFault(error) || faultName(error) !== 'ConditionalCheckFailedException') throw error;
        const table = await base.table(String(request['TableName']));
        const subject = fields(request['Item'] ?? request['Key']) as Item;
        const item = await base.item(table.TableName, base.keyOf(table, subject));
        throw fault(faultName(error), faultMessage(error), item && { Item: item });
      }
    });
  };
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
