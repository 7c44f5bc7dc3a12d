// ClientRequestToken: the same transaction sent again within ten minutes is done once. The record is written in the
// batch of the transaction itself, so a restart forgets neither or both.

import { createHash } from 'node:crypto';
import type { UnitsByTable } from './consumed-capacity.ts';
import type { Change, Fields } from './dynalite.ts';
import { fault, validationFault } from './fault.ts';
import { below, tokenPlace } from './places.ts';
import type { TableBase } from './table-base.ts';

export interface RequestToken {
  readonly token: string;
  readonly digest: string;
}

interface TokenRecord {
  readonly digest: string;
  readonly units: UnitsByTable;
  readonly atMs: number;
}

/** "The token is valid for 10 minutes after the first request that used it is finished", API reference. */
const VALID_MS = 10 * 60_000;
const MAX_LENGTH = 36;

export function tokenOf(request: Fields): RequestToken | undefined {
  const token = request['ClientRequestToken'];
  if (typeof token !== 'string') return undefined;
  if (token.length === 0 || token.length > MAX_LENGTH) {
    const rule = token.length === 0 ? 'greater than or equal to 1' : `less than or equal to ${MAX_LENGTH}`;
    throw validationFault(
      `1 validation error detected: Value '${token}' at 'clientRequestToken' failed to satisfy constraint: Member must have length ${rule}`,
    );
  }
  // What is done, not what is asked to be told of it.
  return { token, digest: createHash('sha256').update(sortedJson(request['TransactItems'])).digest('base64') };
}

/** The finished transaction with this token, if it is the same one. */
export async function recallToken(base: TableBase, { token, digest }: RequestToken): Promise<TokenRecord | undefined> {
  const record = (await base.store.db.get(tokenPlace(token))) as TokenRecord | undefined;
  if (record === undefined || isOver(record, base.now())) return undefined;
  if (record.digest !== digest) {
    throw fault(
      'IdempotentParameterMismatchException',
      'DynamoDB rejected the request because you retried a request with a different payload but with an idempotent token that was already used.',
    );
  }
  return record;
}

export function rememberToken(base: TableBase, { token, digest }: RequestToken, units: UnitsByTable): Change {
  const value: TokenRecord = { digest, units, atMs: base.now() };
  return { type: 'put', key: tokenPlace(token), value };
}

/** Drops the records that no request can meet any more. */
export async function forgetOldTokens(base: TableBase): Promise<void> {
  const old: Change[] = [];
  for await (const [key, record] of base.store.db.iterator(below(tokenPlace('')))) {
    if (isOver(record as TokenRecord, base.now())) old.push({ type: 'del', key });
  }
  await base.store.db.batch(old);
}

const isOver = ({ atMs }: TokenRecord, nowMs: number): boolean => nowMs - atMs >= VALID_MS;

function sortedJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
