// A lease that was won: renewed while its holder lives, asked before every call, let go at the end. AWS itself cannot
// be fenced, so `gate` lets a call out only while enough of the lease remains. Both the monotonic clock and the wall
// clock must agree that it does: the one stands still while a laptop sleeps, the other may be set back.

import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import type { Aws } from '../aws/aws.ts';
import { isNotFound } from '../aws/is-not-found.ts';
import { ApigenError } from '../errors.ts';
import { isConditionFailed } from './is-condition-failed.ts';
import { type LedgerScope, ledgerTable, partitionOf } from './ledger-table.ts';
import { type Item, lockSortKey } from './row-codec.ts';

/** How long a lease lasts and what keeps the others out after its end, in ms. */
export const leaseMs = { length: 60_000, renewEvery: 15_000, callMargin: 15_000, takeOverAfter: 30_000 } as const;

/** Both in milliseconds. */
export interface Clocks {
  /** Never set, but may stand still while the machine sleeps. */
  monotonic(): number;
  /** Since the epoch; may be set. */
  wall(): number;
}

export const systemClocks: Clocks = { monotonic: () => performance.now(), wall: () => Date.now() };

export interface Lock {
  /** Raised by each acquisition: writes of an earlier holder fail. */
  readonly token: number;
  readonly lease: string;
  /** Throws LOCK_LOST unless enough of the lease remains to send a call. */
  gate(): Promise<void>;
  /** Never fails: a lease that cannot be given back ends by itself. */
  release(): Promise<void>;
}

export const lockKey = (scope: LedgerScope): Item => ({ pk: { S: partitionOf(scope) }, sk: { S: lockSortKey } });

export class Lease implements Lock {
  readonly token: number;
  readonly lease: string;
  readonly #aws: Aws;
  readonly #scope: LedgerScope;
  readonly #clocks: Clocks;
  readonly #timer: NodeJS.Timeout;
  #renewed: { readonly monotonic: number; readonly wall: number };
  #lost = false;

  /** @param wonAt when the call that won it was sent: its end is counted from there */
  constructor(
    aws: Aws,
    scope: LedgerScope,
    won: { readonly lease: string; readonly token: number },
    wonAt: { readonly monotonic: number; readonly wall: number },
    clocks: Clocks,
  ) {
    this.token = won.token;
    this.lease = won.lease;
    this.#aws = aws;
    this.#scope = scope;
    this.#clocks = clocks;
    this.#renewed = wonAt;
    this.#timer = setInterval(() => void this.renew(), leaseMs.renewEvery);
    this.#timer.unref();
  }

  async gate(): Promise<void> {
    if (this.#remainingMs() < leaseMs.callMargin) this.#lost = true;
    if (this.#lost) throw lockLost(this.#scope);
  }

  /** One more lease's length from now, unless it is lost. A failure is tried again at the next tick. */
  async renew(): Promise<void> {
    const at = this.#timesForward();
    try {
      await this.gate();
      await this.#update('SET expiresAt = :end', { ':end': { N: String(at.wall + leaseMs.length) } });
      this.#renewed = at;
    } catch (error) {
      // Another holder, or no table: the lock keeps nobody out any more. Else the gate closes by itself in time.
      if (isConditionFailed(error) || isNotFound(error)) this.#lost = true;
    }
  }

  async release(): Promise<void> {
    clearInterval(this.#timer);
    if (this.#lost || this.#remainingMs() < leaseMs.callMargin) return;
    try {
      await this.#update('REMOVE holder, lease, since, expiresAt', {});
    } catch {
      // Whatever this run has to say counts for more; the lease ends by itself.
    }
  }

  /** A wall clock that was set back must not shorten, for the others, the lease that is renewed. */
  #timesForward(): { readonly monotonic: number; readonly wall: number } {
    const now = timesOf(this.#clocks);
    return { ...now, wall: Math.max(now.wall, this.#renewed.wall + now.monotonic - this.#renewed.monotonic) };
  }

  #remainingMs(): number {
    const now = timesOf(this.#clocks);
    const passed = Math.max(now.monotonic - this.#renewed.monotonic, now.wall - this.#renewed.wall);
    return leaseMs.length - passed;
  }

  async #update(UpdateExpression: string, values: Item): Promise<void> {
    await this.#aws.dynamodb.send(
      new UpdateItemCommand({
        TableName: ledgerTable,
        Key: lockKey(this.#scope),
        UpdateExpression,
        ConditionExpression: 'lease = :lease',
        ExpressionAttributeValues: { ':lease': { S: this.lease }, ...values },
      }),
    );
  }
}

export const timesOf = (clocks: Clocks): { readonly monotonic: number; readonly wall: number } => ({
  monotonic: clocks.monotonic(),
  wall: clocks.wall(),
});

export function lockLost(scope: LedgerScope): ApigenError {
  return new ApigenError({
    code: 'LOCK_LOST',
    summary: `The deploy lock of ${partitionOf(scope)} was lost`,
    detail: 'This process was held up for longer than its lease. It sends nothing more; what it had begun is recorded.',
    hint: 'apigen deploy    (goes on from here)',
  });
}
