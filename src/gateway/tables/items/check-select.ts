// Select, which says how much of each item a query or scan returns, and what it must not be said with.

import type { Fields } from '../dynalite.ts';
import { validationFault } from '../fault.ts';

/** @throws `ValidationException` */
export function checkSelect(request: Fields): void {
  const select = request['Select'];
  const picked = ['AttributesToGet', 'ProjectionExpression'].find((name) => request[name] !== undefined);
  if (select === undefined) return;
  if (select === 'SPECIFIC_ATTRIBUTES') {
    if (picked !== undefined) return;
    throw validationFault(
      'Must specify the AttributesToGet or ProjectionExpression when choosing to get SPECIFIC_ATTRIBUTES',
    );
  }
  if (select === 'ALL_PROJECTED_ATTRIBUTES' && request['IndexName'] === undefined) {
    throw validationFault('ALL_PROJECTED_ATTRIBUTES can be used only when Querying using an IndexName');
  }
  if (picked === undefined) return;
  throw validationFault(
    `Cannot specify the ${picked} when choosing to get ${select === 'COUNT' ? 'only the Count' : String(select)}`,
  );
}
