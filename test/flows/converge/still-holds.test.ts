import { describe, expect, it } from '@jest/globals';
import type { LedgerRow } from '../../../src/engine/ledger.ts';
import { othersOf } from '../../../src/engine/other-versions.ts';
import { freshForMs, stillHolds } from '../../../src/flows/converge/still-holds.ts';
import type { StageLedger } from '../../../src/ledger/read-ledger.ts';

const row = (id: string, status: LedgerRow['status'] = 'live'): LedgerRow => ({
  id,
  kind: 'lambda-function',
  name: `shop-dev-${id}`,
  outputs: {},
  status,
  dependsOn: [],
});

/** As a plan reads it: `token` of the last holder, whether anybody holds the lock now. */
const ledger = (token: number, held = false, rows: readonly LedgerRow[] = [row('list')]): StageLedger => ({
  known: true,
  serial: 3,
  rows: new Map(rows.map((item) => [item.id, item])),
  releases: [],
  cleanupPending: false,
  lock: { token, held },
  others: othersOf([]),
  otherVersions: new Map(),
});

const lookedAt = { monotonic: 1000, wall: 50_000 };
const clocks = (passed: { readonly monotonic: number; readonly wall: number }) => ({
  monotonic: () => lookedAt.monotonic + passed.monotonic,
  wall: () => lookedAt.wall + passed.wall,
});
const soon = clocks({ monotonic: 800, wall: 800 });
const underLock = ledger(8, true);

describe('a plan made without the lock', () => {
  it('holds under it when nobody has held the lock since before it looked', () => {
    expect(stillHolds({ ledger: ledger(7), lookedAt }, underLock, { token: 8 }, soon)).toBe(true);
  });

  it('holds on the first deploy of all, which reads no ledger', () => {
    const none = { ...ledger(0, false, []), known: false, serial: 0 };
    expect(
      stillHolds({ ledger: none, lookedAt }, { ...none, lock: { token: 1, held: true } }, { token: 1 }, soon),
    ).toBe(true);
  });

  it('does not when another run held the lock in between, even one that wrote nothing', () => {
    expect(stillHolds({ ledger: ledger(6), lookedAt }, underLock, { token: 8 }, soon)).toBe(false);
  });

  it('does not when it was made in the midst of another run, or of one that was killed', () => {
    expect(stillHolds({ ledger: ledger(7, true), lookedAt }, underLock, { token: 8 }, soon)).toBe(false);
  });

  it('does not when the ledger is not what it read', () => {
    const other = ledger(8, true, [row('list', 'applying')]);
    expect(stillHolds({ ledger: ledger(7), lookedAt }, other, { token: 8 }, soon)).toBe(false);
    const journal = { release: { number: 1 }, moves: [] } as unknown as NonNullable<StageLedger['journal']>;
    expect(stillHolds({ ledger: ledger(7), lookedAt }, { ...underLock, journal }, { token: 8 }, soon)).toBe(false);
  });

  it.each([
    ['a minute has passed', { monotonic: freshForMs, wall: freshForMs }],
    ['the machine has slept, so that the monotonic clock stood still', { monotonic: 500, wall: freshForMs }],
    ['the clock was set back while time passed', { monotonic: freshForMs, wall: -5000 }],
  ])('does not when %s', (_when, passed) => {
    expect(stillHolds({ ledger: ledger(7), lookedAt }, underLock, { token: 8 }, clocks(passed))).toBe(false);
  });
});
