// TransactGetItems: in the gate, so that no transaction or other write falls between its reads.

import { consumed, type UnitsByTable } from './consumed-capacity.ts';
import type { Fields } from './dynalite.ts';
import { isFault } from './fault.ts';
import { checkRequest } from './items/check-request.ts';
import { runAction } from './staged-action.ts';
import type { TableBase } from './table-base.ts';
import { checkDistinct, transactParts } from './transact-parts.ts';
import { cancelled, identitiesOf, reasonOf, tablesOf } from './transact-write.ts';

/** @throws faults: `TransactionCanceledException`, `ValidationException`, `ResourceNotFoundException` */
export async function transactGet(base: TableBase, request: Fields): Promise<Fields> {
  const parts = transactParts(request, ['Get']).map((part) => ({
    ...part,
    checked: { ...checkRequest(base.store, part.operation, part.request), ConsistentRead: true },
  }));
  return base.gate.run(async () => {
    checkDistinct(identitiesOf(base, parts, await tablesOf(base, parts)));
    const units: UnitsByTable = {};
    const found: (Fields | Error)[] = [];
    for (const { operation, checked, table } of parts) {
      const outcome = await runAction(base.store, operation, checked).catch((error: Error) => error);
      if (outcome instanceof Error && !isFault(outcome)) throw outcome;
      found.push(outcome);
      const capacity = outcome instanceof Error ? undefined : (outcome['ConsumedCapacity'] as Capacity | undefined);
      units[table] = (units[table] ?? 0) + 2 * (capacity?.CapacityUnits ?? 1);
    }
    if (found.some((outcome) => outcome instanceof Error)) {
      throw cancelled(found.map((outcome) => (outcome instanceof Error ? reasonOf(outcome) : { Code: 'None' })));
    }
    return {
      ...consumed(request, units, 'ReadCapacityUnits'),
      Responses: found.map((outcome) => ('Item' in outcome ? { Item: outcome.Item } : {})),
    };
  });
}

interface Capacity {
  readonly CapacityUnits: number;
}
