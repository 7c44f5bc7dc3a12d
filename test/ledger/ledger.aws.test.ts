import { DeleteTableCommand, PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Aws } from '../../src/aws/aws.ts';
import type { LedgerWriter } from '../../src/engine/ledger.ts';
import type { Lock } from '../../src/ledger/lease.ts';
import { leaseMs } from '../../src/ledger/lease.ts';
import { ensureLedgerTable, type LedgerScope, ledgerTable, partitionOf } from '../../src/ledger/ledger-table.ts';
import { acquireLock } from '../../src/ledger/lock.ts';
import { readLedger, type StageLedger } from '../../src/ledger/read-ledger.ts';
import { encode, sortKeysOf } from '../../src/ledger/row-codec.ts';
import { ledgerWriter } from '../../src/ledger/writer.ts';
import { startQuotaProxy } from '../harness/quota-proxy/quota-proxy.ts';
import { connectTo, emulators, endpointOf, freshScope, MovedClocks, releaseOf, rowOf } from './emulated.ts';

interface Open {
  readonly scope: LedgerScope;
  readonly lock: Lock;
  readonly state: StageLedger;
  readonly writer: LedgerWriter;
}

describe.each(emulators)('the ledger on %s', (emulator) => {
  let aws: Aws;
  beforeAll(async () => {
    aws = await connectTo(endpointOf(emulator));
    await ensureLedgerTable(aws);
  });

  const openAs = async (connection: Aws, scope: LedgerScope): Promise<Open> => {
    const lock = await acquireLock(connection, scope);
    const state = await readLedger(connection, scope);
    return { scope, lock, state, writer: ledgerWriter(connection, scope, lock, state) };
  };

  it('knows nothing of a stage that was never deployed', async () => {
    expect(await readLedger(aws, freshScope())).toEqual({
      known: false,
      serial: 0,
      rows: new Map(),
      releases: [],
      journal: undefined,
      cleanupPending: false,
      lock: { token: 0, held: false },
      others: { rows: new Map(), released: new Set(), policies: [], cutover: [] },
      otherVersions: new Map(),
    });
  });

  it('gives back what was written: rows, journal, releases newest first, and a serial that rises once a run', async () => {
    const { scope, lock, writer } = await openAs(aws, freshScope());
    await writer.put(rowOf('list'));
    await writer.journal({ release: releaseOf(1, 2), moves: releaseOf(1, 2).cutover });
    const during = await readLedger(aws, scope);
    expect([during.known, during.serial, during.cleanupPending]).toEqual([true, 1, false]);
    expect(during.rows.get('list')).toEqual(rowOf('list'));
    expect(during.journal?.moves).toEqual(releaseOf(1, 2).cutover);
    await writer.release(releaseOf(1, 2), []);
    const pending = await readLedger(aws, scope);
    expect([pending.journal, pending.cleanupPending]).toEqual([undefined, true]);
    await writer.cleanupDone();
    await lock.release();

    const second = await openAs(aws, scope);
    await second.writer.forget('list');
    await second.writer.release(releaseOf(2, 2), []);
    await second.writer.cleanupDone();
    await second.lock.release();
    const end = await readLedger(aws, scope);
    expect([end.serial, end.rows.size, end.cleanupPending]).toEqual([2, 0, false]);
    expect(end.releases).toEqual([releaseOf(2, 2), releaseOf(1, 2)]);
  });

  it('says with the rows whose turn it was: the token that each holder raises by one, and whether one holds it', async () => {
    const first = await openAs(aws, freshScope());
    expect(first.state.lock).toEqual({ token: first.lock.token, held: true });
    await first.lock.release();
    expect((await readLedger(aws, first.scope)).lock).toEqual({ token: first.lock.token, held: false });
    const second = await openAs(aws, first.scope);
    expect(second.state.lock).toEqual({ token: first.lock.token + 1, held: true });
    await second.lock.release();
  });

  it('drops the releases that leave retention with the one that comes', async () => {
    const { scope, lock, writer } = await openAs(aws, freshScope());
    for (const number of [1, 2, 3]) await writer.release(releaseOf(number, 1), []);
    await writer.release(releaseOf(4, 1), [1, 2]);
    await lock.release();
    expect((await readLedger(aws, scope)).releases.map((release) => release.number)).toEqual([4, 3]);
  });

  it('writes 250 rows that come together in three transactions, and keeps the order of each row', async () => {
    const proxy = await startQuotaProxy({ target: endpointOf(emulator), quotas: false });
    const { scope, lock, writer } = await openAs(await connectTo(proxy.endpoint), freshScope());
    const ids = Array.from({ length: 250 }, (_, index) => `f${index}`);
    await Promise.all(ids.map((id) => writer.put(rowOf(id))));
    // moto answers 500 now and then to what comes at once.
    const committed = proxy.calls().filter((call) => call.operation === 'TransactWriteItems' && call.status === 200);
    expect(committed).toHaveLength(3);
    const twice = [writer.put({ ...rowOf('f7'), status: 'applying' }), writer.put({ ...rowOf('f7'), status: 'live' })];
    await Promise.all([...twice, writer.forget('f8')]);
    await lock.release();
    await proxy.close();
    const { rows } = await readLedger(aws, scope);
    expect([rows.size, rows.get('f7')?.status, rows.has('f8')]).toEqual([249, 'live', false]);
  });

  it('takes the release and the journal of 600 functions, which are larger than an item may be', async () => {
    const release = releaseOf(1, 600);
    expect(JSON.stringify(release).length).toBeGreaterThan(400_000);
    const { scope, lock, writer } = await openAs(aws, freshScope());
    await writer.journal({ release, moves: release.cutover });
    expect((await readLedger(aws, scope)).journal).toEqual({ release, moves: release.cutover });
    await writer.release(release, []);
    await lock.release();
    expect((await readLedger(aws, scope)).releases).toEqual([release]);
  });

  it('refuses the writes of a holder that lost the lock, all of them', async () => {
    const { scope, lock, writer } = await openAs(aws, freshScope());
    await writer.put(rowOf('list'));
    const later = new MovedClocks();
    later.pass(leaseMs.length + leaseMs.takeOverAfter + 1000);
    const other = await acquireLock(aws, scope, later);
    const before = await readLedger(aws, scope);
    const writes = [
      () => writer.put(rowOf('create')),
      () => writer.forget('list'),
      () => writer.journal({ release: releaseOf(1, 1), moves: [] }),
      () => writer.release(releaseOf(1, 1), []),
      () => writer.cleanupDone(),
      () => writer.forgetAll(),
    ];
    for (const write of writes) await expect(write()).rejects.toMatchObject({ code: 'LOCK_LOST' });
    expect(await readLedger(aws, scope)).toEqual(before);
    await lock.release();
    await other.release();
  });

  it('writes once when the answer to a write is lost', async () => {
    const proxy = await startQuotaProxy({ target: endpointOf(emulator), quotas: false });
    const { scope, lock, writer } = await openAs(await connectTo(proxy.endpoint), freshScope());
    proxy.addFault({ fault: 'reset-after', operation: 'TransactWriteItems' });
    await Promise.all([writer.put(rowOf('list')), writer.put(rowOf('create'))]);
    await lock.release();
    await proxy.close();
    const { rows, serial } = await readLedger(aws, scope);
    expect([[...rows.keys()].sort(), serial]).toEqual([['create', 'list'], 1]);
  });

  it('forgets a stage to the last row but the lock’s, whose token must go on rising', async () => {
    const { scope, lock, writer } = await openAs(aws, freshScope());
    await Promise.all(Array.from({ length: 120 }, (_, index) => writer.put(rowOf(`f${index}`))));
    await writer.release(releaseOf(1, 1), []);
    const again = ledgerWriter(aws, scope, lock, await readLedger(aws, scope));
    await again.forgetAll();
    await lock.release();
    expect(await readLedger(aws, scope)).toMatchObject({ known: false, rows: new Map(), releases: [] });
    const { Items } = await aws.dynamodb.send(
      new QueryCommand({
        TableName: ledgerTable,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': { S: partitionOf(scope) } },
      }),
    );
    expect(Items?.map((item) => Object.keys(item).sort())).toEqual([['pk', 'sk', 'token']]);
  });

  it('keeps API versions apart under one lock, and tells each what the others have', async () => {
    const { scope, lock, writer } = await openAs(aws, freshScope());
    await writer.put(rowOf('list'));
    await writer.release(releaseOf(1, 1), []);
    const second = { ...scope, version: 'v2' };
    const two = ledgerWriter(aws, second, lock, await readLedger(aws, second));
    await two.put(rowOf('create'));
    await two.release(releaseOf(7, 2), []);
    const [one, other] = [await readLedger(aws, scope), await readLedger(aws, second)];
    expect([[...one.rows.keys()], one.releases.map(({ number }) => number)]).toEqual([['list'], [1]]);
    expect([[...other.rows.keys()], other.releases.map(({ number }) => number)]).toEqual([['create'], [7]]);
    expect([...one.others.rows.keys(), ...one.others.released]).toEqual(['create', ...releaseOf(7, 2).nodes]);
    expect([...other.otherVersions.keys()]).toEqual(['v1']);
    expect(other.lock).toEqual(one.lock);
    await ledgerWriter(aws, scope, lock, one).forgetAll();
    expect(await readLedger(aws, second)).toMatchObject({ rows: other.rows, otherVersions: new Map() });
    await lock.release();
  });

  it('refuses the rows of a newer layout by name, with what to do', async () => {
    const scope = freshScope();
    const meta = { schema: 2, serial: 1, cleanupPending: false };
    const Item = encode(partitionOf(scope), sortKeysOf().meta, meta);
    await aws.dynamodb.send(new PutItemCommand({ TableName: ledgerTable, Item }));
    await expect(readLedger(aws, scope)).rejects.toMatchObject({
      code: 'LEDGER_NEWER',
      detail: 'Its layout is 2; this version knows 1. Nothing was changed.',
      hint: 'npm install --save-dev @apigen/cli@latest',
    });
  });

  it('skips rows of a type that it does not know', async () => {
    const { scope, lock, writer } = await openAs(aws, freshScope());
    await writer.put(rowOf('list'));
    await lock.release();
    const Item = encode(partitionOf(scope), 'note#1', { text: 'from later' });
    await aws.dynamodb.send(new PutItemCommand({ TableName: ledgerTable, Item }));
    expect([...(await readLedger(aws, scope)).rows.keys()]).toEqual(['list']);
  });
});

// Emulators keep the tables of each region apart: the one deleted here is nobody else's.
describe.each(emulators)('a ledger table that goes away, on %s', (emulator) => {
  it('between two reads is an empty ledger; before a write it is said, and nothing is written', async () => {
    const aws = await connectTo(endpointOf(emulator), { region: 'ap-southeast-2' });
    const scope = freshScope();
    expect((await readLedger(aws, scope)).known).toBe(false);
    await Promise.all([ensureLedgerTable(aws), ensureLedgerTable(aws)]);
    const lock = await acquireLock(aws, scope);
    const writer = ledgerWriter(aws, scope, lock, await readLedger(aws, scope));
    await writer.put(rowOf('list'));
    expect((await readLedger(aws, scope)).known).toBe(true);
    await aws.dynamodb.send(new DeleteTableCommand({ TableName: ledgerTable }));
    expect((await readLedger(aws, scope)).known).toBe(false);
    await expect(writer.put(rowOf('create'))).rejects.toMatchObject({
      code: 'LEDGER_GONE',
      hint: 'apigen deploy    (makes the table again; releases before this one are lost)',
    });
    await expect(lock.release()).resolves.toBeUndefined();
  });
});
