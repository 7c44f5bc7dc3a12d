// Scan: all entries of a table or an index, or of one segment of it.

import type { Fields, Item, Store } from '../dynalite.ts';
import { validationFault } from '../fault.ts';
import { below } from '../places.ts';
import { checkStartShape, startKey } from './query.ts';
import { checkRead, readRange, sourceOf } from './read-range.ts';
import { tableOf } from './table-of.ts';

/** Keys begin with a hash in hexadecimal; its first digits divide them into segments. */
const HASHES = 2 ** 24;
const HASH_DIGITS = 6;
const MAX_SEGMENTS = 1_000_000;

export async function scan(store: Store, request: Fields): Promise<Fields> {
  checkSegments(request);
  const source = sourceOf(await tableOf(store, request), request);
  const start = request['ExclusiveStartKey'] as Item | undefined;
  if (start !== undefined) checkStartShape(source, start);
  checkRead(source, request);
  const { first, end } = segmentOf(request);
  const from = start && startKey(source, start);
  if (from !== undefined && (from < first || (end !== undefined && from >= end))) {
    throw validationFault(
      `The provided starting key is invalid: Invalid ExclusiveStartKey. Please use ExclusiveStartKey with correct Segment. TotalSegments: ${String(request['TotalSegments'])} Segment: ${String(request['Segment'])}`,
    );
  }
  return readRange(store, source, request, {
    ...(from === undefined ? { gte: source.place + first } : { gt: source.place + from }),
    lt: end === undefined ? (below(source.place).lt ?? '') : source.place + end,
  });
}

/** What dynalite leaves unchecked. */
function checkSegments(request: Fields): void {
  const [segment, total] = [request['Segment'], request['TotalSegments']];
  if (segment !== undefined && total === undefined) {
    throw validationFault(
      'The TotalSegments parameter is required but was not present in the request when Segment parameter is present',
    );
  }
  if (Number(total ?? 1) <= MAX_SEGMENTS) return;
  throw validationFault(
    `1 validation error detected: Value '${String(total)}' at 'totalSegments' failed to satisfy constraint: Member must have value less than or equal to ${MAX_SEGMENTS}`,
  );
}

interface Segment {
  readonly first: string;
  /** Absent: to the end. */
  readonly end?: string;
}

function segmentOf(request: Fields): Segment {
  const [segment, total] = [Number(request['Segment'] ?? 0), Number(request['TotalSegments'] ?? 1)];
  const bound = (number: number): string =>
    Math.ceil((HASHES * number) / total)
      .toString(16)
      .padStart(HASH_DIGITS, '0');
  return { first: segment === 0 ? '' : bound(segment), ...(segment + 1 < total && { end: bound(segment + 1) }) };
}
