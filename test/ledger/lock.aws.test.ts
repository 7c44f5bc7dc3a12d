import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Aws } from '../../src/aws/aws.ts';
import { breakLock } from '../../src/ledger/break-lock.ts';
import { thisProcess } from '../../src/ledger/holder.ts';
import { Lease, type Lock, leaseMs, lockKey } from '../../src/ledger/lease.ts';
import { ensureLedgerTable, type LedgerScope, ledgerTable } from '../../src/ledger/ledger-table.ts';
import { acquireLock, lockHolder } from '../../src/ledger/lock.ts';
import { apigenError } from '../aws/connected.ts';
import { startQuotaProxy } from '../harness/quota-proxy/quota-proxy.ts';
import { connectTo, emulators, endpointOf, freshScope, MovedClocks } from './emulated.ts';

/** The margin after a lease's end, and a second more. */
const overForGood = leaseMs.length + leaseMs.takeOverAfter + 1000;

describe.each(emulators)('the lock of a stage, on %s', (emulator) => {
  let aws: Aws;
  beforeAll(async () => {
    aws = await connectTo(endpointOf(emulator));
    await ensureLedgerTable(aws);
  });

  const open = async (lock: Lock): Promise<boolean> =>
    lock.gate().then(
      () => true,
      () => false,
    );

  /** As if the lock had been taken by somebody else. */
  const heldBy = async (scope: LedgerScope, holder: object): Promise<void> => {
    await aws.dynamodb.send(
      new UpdateItemCommand({
        TableName: ledgerTable,
        Key: lockKey(scope),
        UpdateExpression: 'SET holder = :holder',
        ExpressionAttributeValues: { ':holder': { S: JSON.stringify(holder) } },
      }),
    );
  };

  /** Two attempts: at once where the emulator writes atomically, as DynamoDB does; moto's threads do not. */
  const both = async <T>(attempt: () => Promise<T>): Promise<readonly PromiseSettledResult<T>[]> =>
    emulator === 'MiniStack'
      ? Promise.allSettled([attempt(), attempt()])
      : [...(await Promise.allSettled([attempt()])), ...(await Promise.allSettled([attempt()]))];

  it('of two that want it at once, one gets it and the other learns who has it, since when and what to do', async () => {
    const scope = freshScope();
    const outcomes = await both(() => acquireLock(aws, scope));
    const won = outcomes.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    const lost = outcomes.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
    expect([won.length, lost.length]).toEqual([1, 1]);
    const { who, pid } = thisProcess();
    expect(lost[0]).toMatchObject({
      code: 'LOCKED',
      summary: `Another deploy of ${scope.project}/${scope.stage} is running`,
      detail: expect.stringMatching(
        new RegExp(`^${who} \\(process ${pid}\\) holds the lock since \\d{4}-.*in at most (8|9)\\d s\\.$`),
      ),
      hint: 'apigen deploy --wait    (or, once its lease is over: apigen unlock)',
    });
    await won[0]?.release();
    const next = await acquireLock(aws, scope);
    expect(next.token).toBeGreaterThan(won[0]?.token ?? Number.POSITIVE_INFINITY);
    await next.release();
  });

  it('other stages go on meanwhile', async () => {
    const [one, other] = await Promise.all([acquireLock(aws, freshScope()), acquireLock(aws, freshScope())]);
    expect([await open(one), await open(other)]).toEqual([true, true]);
    await Promise.all([one.release(), other.release()]);
  });

  it('is taken over at once when its process on this machine is gone', async () => {
    const scope = freshScope();
    const old = await acquireLock(aws, scope);
    const child = spawn(process.execPath, ['-e', '']);
    await once(child, 'exit');
    await heldBy(scope, { ...thisProcess(), pid: child.pid, started: '' });
    const lock = await acquireLock(aws, scope);
    expect(lock.token).toBe(old.token + 1);
    await lock.release();
    await old.release();
  });

  it('is taken over at once when the process number was given to another process since', async () => {
    const scope = freshScope();
    const old = await acquireLock(aws, scope);
    await heldBy(scope, { ...thisProcess(), started: '1' });
    await (await acquireLock(aws, scope)).release();
    await old.release();
  });

  it('of a process on another machine stays closed until its lease and 30 s are over, then opens', async () => {
    const scope = freshScope();
    const old = await acquireLock(aws, scope);
    await heldBy(scope, { ...thisProcess(), machine: 'another one' });
    const clocks = new MovedClocks();
    clocks.pass(leaseMs.length + leaseMs.takeOverAfter - 20_000);
    await expect(acquireLock(aws, scope, clocks)).rejects.toMatchObject({ code: 'LOCKED' });
    clocks.pass(21_000);
    const lock = await acquireLock(aws, scope, clocks);
    expect(lock.token).toBe(old.token + 1);
    await lock.release();
    await old.release();
  });

  it('of two that want to take over a dead one at once, one gets it', async () => {
    const scope = freshScope();
    const old = await acquireLock(aws, scope);
    await heldBy(scope, { ...thisProcess(), machine: 'another one' });
    const later = new MovedClocks();
    later.pass(overForGood);
    const outcomes = await both(() => acquireLock(aws, scope, later));
    expect(outcomes.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected']);
    for (const one of outcomes) if (one.status === 'fulfilled') await one.value.release();
    await old.release();
  });

  it.each(['reset-after', 'error-after'] as const)(
    'is held although the answer to taking it was lost (%s), free or taken over',
    async (fault) => {
      const proxy = await startQuotaProxy({ target: endpointOf(emulator), quotas: false });
      const faulty = await connectTo(proxy.endpoint);
      const scope = freshScope();
      try {
        proxy.addFault({ fault, operation: 'UpdateItem' });
        const lock = await acquireLock(faulty, scope);
        expect(proxy.calls().filter((call) => call.operation === 'UpdateItem')).toHaveLength(2);
        expect(await open(lock)).toBe(true);
        const later = new MovedClocks();
        later.pass(overForGood);
        proxy.addFault({ fault, operation: 'UpdateItem' });
        const next = await acquireLock(faulty, scope, later);
        expect(next.token).toBeGreaterThan(lock.token);
        expect((await lockHolder(aws, scope))?.holder.pid).toBe(process.pid);
        await next.release();
        expect(await lockHolder(aws, scope)).toBeUndefined();
      } finally {
        await proxy.close();
      }
    },
  );

  it('a renewed lease lasts on; one that another took is lost at the next renewal', async () => {
    const scope = freshScope();
    const clocks = new MovedClocks();
    const lock = await acquireLock(aws, scope, clocks);
    if (!(lock instanceof Lease)) throw new Error('no lease');
    for (let renewals = 0; renewals < 5; renewals += 1) {
      clocks.pass(leaseMs.renewEvery);
      await lock.renew();
      expect(await open(lock)).toBe(true);
    }
    expect((await lockHolder(aws, scope))?.expiresAt).toBeGreaterThan(Date.now() + 2 * leaseMs.length);
    clocks.pass(overForGood);
    const other = await acquireLock(aws, scope, clocks);
    await lock.renew();
    expect(await apigenError(lock.gate())).toMatchObject({ code: 'LOCK_LOST' });
    await lock.release();
    expect(await lockHolder(aws, scope)).toBeDefined();
    await other.release();
  });

  it('renewed under a wall clock that was set back, ends no earlier for the others', async () => {
    const scope = freshScope();
    const clocks = new MovedClocks();
    const lock = await acquireLock(aws, scope, clocks);
    if (!(lock instanceof Lease)) throw new Error('no lease');
    const end = (await lockHolder(aws, scope))?.expiresAt ?? 0;
    clocks.setWall(-3_600_000);
    clocks.pass(leaseMs.renewEvery);
    await lock.renew();
    expect((await lockHolder(aws, scope))?.expiresAt).toBeGreaterThan(end);
    await lock.release();
  });

  it('lets no call out with less than 15 s of the lease left, whichever clock says so', async () => {
    const left = leaseMs.length - leaseMs.callMargin;
    const cases: readonly (readonly [(clocks: MovedClocks) => void, boolean])[] = [
      [(clocks) => clocks.pass(left - 5000), true],
      [(clocks) => clocks.pass(left + 1000), false],
      [(clocks) => clocks.sleep(left + 1000), false],
      [(clocks) => clocks.setWall(-3_600_000), true],
    ];
    for (const [change, expected] of cases) {
      const scope = freshScope();
      const clocks = new MovedClocks();
      const lock = await acquireLock(aws, scope, clocks);
      change(clocks);
      expect(await open(lock)).toBe(expected);
      // Once lost it stays lost: what was planned under it is stale.
      clocks.pass(-left);
      expect(await open(lock)).toBe(expected);
      await lock.release();
    }
  });

  it('is not broken by `unlock` while the lease runs, and is when it is over', async () => {
    const scope = freshScope();
    expect(await breakLock(aws, scope)).toBeUndefined();
    const lock = await acquireLock(aws, scope);
    await expect(breakLock(aws, scope)).rejects.toMatchObject({ code: 'LOCKED' });
    expect(await open(lock)).toBe(true);
    const broken = await breakLock(aws, scope, Date.now() + overForGood);
    expect(broken?.holder.pid).toBe(process.pid);
    const next = await acquireLock(aws, scope);
    expect(next.token).toBeGreaterThan(lock.token + 1);
    await lock.release();
    expect(await lockHolder(aws, scope)).toBeDefined();
    await next.release();
  });

  it('that cannot be given back does not fail the run: it ends by itself', async () => {
    const proxy = await startQuotaProxy({ target: endpointOf(emulator), quotas: false });
    const lock = await acquireLock(await connectTo(proxy.endpoint), freshScope());
    proxy.setCredentialsExpired(true);
    await expect(lock.release()).resolves.toBeUndefined();
    await proxy.close();
  });
});
