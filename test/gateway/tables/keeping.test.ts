import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { PutItemCommand, ScanCommand, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openStore } from '../../../src/gateway/tables/open-store.ts';
import { entryFormatPlace, indexPlace } from '../../../src/gateway/tables/places.ts';
import { startTables, type TablesOptions } from '../../../src/gateway/tables/start-tables.ts';
import type { TableSpec } from '../../../src/models/table-spec.ts';
import { clientOf, itemOf, N, S } from './table-client.ts';

const account: TableSpec = {
  model: 'Account',
  tableName: 'shop-dev-Account',
  keySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
  attributeDefinitions: [
    { AttributeName: 'id', AttributeType: 'S' },
    { AttributeName: 'round', AttributeType: 'N' },
  ],
  globalSecondaryIndexes: [
    {
      IndexName: 'byRound',
      KeySchema: [{ AttributeName: 'round', KeyType: 'HASH' }],
      Projection: { ProjectionType: 'ALL' },
    },
  ],
  localSecondaryIndexes: [],
  ttlAttribute: 'expires',
};

describe('tables kept in a folder', () => {
  let folder = '';
  const open: { close(): Promise<void> }[] = [];
  const start = async (options: Partial<TablesOptions> = {}) => {
    const tables = await startTables({ folder, fresh: false, tables: [account], ...options });
    const client = clientOf(tables.endpoint);
    const close = async (): Promise<void> => {
      open.splice(open.indexOf(running), 1);
      client.destroy();
      await tables.close();
    };
    const running = { ...tables, client, close };
    open.push(running);
    return running;
  };

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'apigen-tables-'));
  });
  afterEach(async () => {
    await Promise.all([...open].map((running) => running.close()));
    await rm(folder, { recursive: true, force: true });
  });

  it('have their items after a restart, and none when asked to forget', async () => {
    const Item = { id: S('kept'), n: N(1) };
    const first = await start();
    await first.client.send(new PutItemCommand({ TableName: account.tableName, Item }));
    await first.close();
    const second = await start();
    expect(await itemOf(second.client, account.tableName, { id: S('kept') })).toEqual(Item);
    await second.close();
    const third = await start({ fresh: true });
    expect(await itemOf(third.client, account.tableName, { id: S('kept') })).toBeUndefined();
  });

  it('do a transaction once for its token, across a restart, for ten minutes', async () => {
    let now = Date.now();
    const add = new TransactWriteItemsCommand({
      ClientRequestToken: 'one-token',
      TransactItems: [
        {
          Update: {
            TableName: account.tableName,
            Key: { id: S('once') },
            UpdateExpression: 'ADD n :n',
            ExpressionAttributeValues: { ':n': N(1) },
          },
        },
      ],
    });
    const first = await start({ now: () => now });
    await first.client.send(add);
    await first.close();
    const second = await start({ now: () => now });
    await second.client.send(add);
    expect(await itemOf(second.client, account.tableName, { id: S('once') })).toEqual({ id: S('once'), n: N(1) });
    now += 10 * 60_000;
    await second.client.send(add);
    expect(await itemOf(second.client, account.tableName, { id: S('once') })).toEqual({ id: S('once'), n: N(2) });
  });

  it('delete expired items now and then, and no others', async () => {
    const seconds = Math.floor(Date.now() / 1000);
    const { client } = await start({ sweepMs: 20 });
    const expires = { over: N(seconds - 60), ahead: N(seconds + 600), ancient: N(1), text: S('1') };
    for (const [id, at] of Object.entries(expires)) {
      await client.send(new PutItemCommand({ TableName: account.tableName, Item: { id: S(id), expires: at } }));
    }
    const ids = async () =>
      (await client.send(new ScanCommand({ TableName: account.tableName }))).Items?.map((item) => item['id']?.S).sort();
    while ((await ids())?.includes('over')) await new Promise((resolve) => setTimeout(resolve, 20));
    expect(await ids()).toEqual(['ahead', 'ancient', 'text']);
  });

  it('are served by one process at a time, and the second says why it is not', async () => {
    await start();
    await expect(start()).rejects.toMatchObject({ code: 'TABLES_IN_USE' });
    await expect(start({ fresh: true })).rejects.toMatchObject({ code: 'TABLES_IN_USE' });
  });

  it('have the entries of indexes that an earlier version placed otherwise made anew', async () => {
    const first = await start();
    const Item = { id: S('a'), round: N(1) };
    await first.client.send(new PutItemCommand({ TableName: account.tableName, Item }));
    await first.close();
    const store = await openStore({ folder, fresh: false });
    const place = indexPlace('global', account.tableName, 'byRound');
    await store.db.put(`${place}elsewhere`, { id: S('gone'), round: N(1) });
    await store.db.del(entryFormatPlace);
    await store.db.close();
    const { client } = await start();
    const scan = new ScanCommand({ TableName: account.tableName, IndexName: 'byRound' });
    expect((await client.send(scan)).Items).toEqual([Item]);
  });

  it('that cannot be read are an error with a way out', async () => {
    await (await start()).close();
    await writeFile(join(folder, 'tables', 'CURRENT'), 'MANIFEST-nonsense\n');
    await expect(start()).rejects.toMatchObject({
      code: 'TABLES_UNREADABLE',
      hint: expect.stringContaining('--fresh'),
    });
    const fresh = await start({ fresh: true });
    expect(await itemOf(fresh.client, account.tableName, { id: S('x') })).toBeUndefined();
  });

  it('hold whole transactions with their indexes only, however often the process is killed', async () => {
    await (await start()).close();
    for (let round = 1; round <= 3; round += 1) {
      await writeUntilKilled(folder, 150 * round);
      const { client, close } = await start();
      const scan = async (index: object) =>
        (await client.send(new ScanCommand({ TableName: account.tableName, ...index }))).Items ?? [];
      const items = await scan({});
      const rounds = new Set(items.map((item) => item['round']?.N));
      expect([items.length, rounds.size]).toEqual([10, 1]);
      const byId = (item: (typeof items)[number]) => item['id']?.S ?? '';
      const sorted = (list: typeof items) => [...list].sort((a, b) => (byId(a) < byId(b) ? -1 : 1));
      expect(sorted(await scan({ IndexName: 'byRound' }))).toEqual(sorted(items));
      await close();
    }
  });
});

/** Ten items that always bear the same number, rewritten as fast as it goes until the server dies by SIGKILL. */
async function writeUntilKilled(folder: string, killAfterMs: number): Promise<void> {
  const child = spawn(process.execPath, ['scripts/run.js', 'test/gateway/tables/tables-process.ts', folder], {
    env: { ...process.env, NODE_OPTIONS: '' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [endpoint] = await once(createInterface({ input: child.stdout }), 'line');
  const client = clientOf(String(endpoint));
  let written = 0;
  const writing = (async () => {
    for (let round = Date.now(); ; round += 1) {
      const TransactItems = Array.from({ length: 10 }, (_, n) => ({
        Put: { TableName: account.tableName, Item: { id: S(`k${n}`), round: N(round) } },
      }));
      await client.send(new TransactWriteItemsCommand({ TransactItems }));
      written += 1;
    }
  })().catch(() => undefined);
  await new Promise((resolve) => setTimeout(resolve, killAfterMs));
  while (written === 0) await new Promise((resolve) => setTimeout(resolve, 10));
  const exited = once(child, 'exit');
  child.kill('SIGKILL');
  await exited;
  await writing;
  client.destroy();
}
