import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type CliResult, runCli } from '../harness/cli.ts';
import { type TemporaryProject, temporaryProject } from '../harness/temporary-project.ts';

const model = `import * as dynamoose from 'dynamoose';
export const Product = dynamoose.model('Product', new dynamoose.Schema({
  id: { type: String, hashKey: true },
  name: { type: String, required: true, set: (name) => String(name).trim() },
  price: { type: Number, required: true, index: { name: 'byPrice' } },
  added: Date,
  tags: { type: Set, schema: [String] },
}));
`;
const yaml = `name: tables
region: eu-west-1
models:
  Product: { file: src/product.ts, backups: continuous }
`;

describe('the tables commands on MiniStack', () => {
  let project: TemporaryProject;
  const env = {
    AWS_ENDPOINT_URL: process.env['MINISTACK_ENDPOINT'],
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
  };
  const apigen = (...args: readonly string[]): Promise<CliResult> => runCli(args, { cwd: project.root, env });
  const json = async (...args: readonly string[]) => JSON.parse((await apigen(...args, '--json')).stdout);
  const lines = async (...args: readonly string[]) =>
    (await apigen(...args, '--json')).stdout
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line));

  beforeAll(async () => {
    project = await temporaryProject({ 'apigen.yml': yaml, 'src/product.ts': model });
  });
  afterAll(async () => {
    await apigen('destroy', '--confirm', 'tables/dev', '--allow-data-loss', 'tables-dev-Product');
    await project.remove();
  });

  it('say that a table is not there before its first deploy', async () => {
    expect(await json('tables', 'list')).toMatchObject([{ model: 'Product', status: 'absent' }]);
    await writeFile(join(project.root, 'p.ndjson'), '{"id":"a","name":"Chess","price":1}\n');
    const { code, stderr } = await apigen('tables', 'seed', 'Product', 'p.ndjson');
    expect(code).toBe(1);
    expect(stderr).toContain('Table tables-dev-Product is not there');
    expect(stderr).toContain('Try: apigen deploy');
  });

  it('store an item as a function would, and show it as it was given', async () => {
    expect((await apigen('deploy', '--yes')).code).toBe(0);
    const item = { id: 'a', name: ' Chess ', price: 20, added: '2026-01-31T12:00:00.000Z', tags: ['wood', 'old'] };
    const stored = { ...item, name: 'Chess', tags: expect.arrayContaining(['wood', 'old']) };
    expect(await json('tables', 'put', 'Product', JSON.stringify(item))).toEqual(stored);
    expect(await json('tables', 'get', 'Product', 'a')).toEqual(stored);
    const again = await apigen('tables', 'put', 'Product', JSON.stringify(item), '--new');
    expect([again.code, again.stderr]).toEqual([1, expect.stringContaining('has an item of that key already')]);
  });

  it.each([
    [['put', 'Product', '{"id":"b"}'], 1, 'name is required'],
    [['put', 'Product', '{id:1}'], 2, 'The item is no JSON'],
    [['get', 'Product', 'nothing'], 1, 'Product has no item with the key nothing'],
    [['get', 'Product', 'a', 'b'], 2, 'It wants id; 2 given.'],
    [['get', 'Prodct', 'a'], 2, 'Did you mean Product?'],
    [['scan', 'Product', '--filter', 'price'], 2, '"price" is no filter'],
    [['scan', 'Product', '--limit', 'few'], 2, '--limit few is no number of items'],
    [['scan', 'Product', '--index', 'byName'], 2, 'Its indexes are byPrice.'],
    [['scan', 'Product', '--from', '!'], 2, '--from is no place that a scan gave'],
    [['seed', 'Product', 'nowhere.json'], 1, 'cannot be read'],
    [['restore', 'Product'], 2, 'one of --backup and --to'],
    [['restore', 'Product', '--backup', 'none', '--as', 'tables-dev-Other'], 1, 'has no backup none'],
    [['restore', 'Product', '--to', 'yesterday'], 2, '--to yesterday is no moment'],
    [['export', 'Product'], 2, 'An export needs a bucket'],
  ])('refuse `tables %j` with what is wrong', async (args, code, expected) => {
    const result = await apigen('tables', ...args);
    expect({ code: result.code, stderr: result.stderr }).toEqual({ code, stderr: expect.stringContaining(expected) });
  });

  it('seed a list and lines alike, and leave out what is wrong when they are told to', async () => {
    const items = Array.from({ length: 60 }, (_, n) => ({ id: `s${n}`, name: `Game ${n}`, price: n }));
    await writeFile(join(project.root, 'list.json'), JSON.stringify(items, undefined, 2));
    expect(await json('tables', 'seed', 'Product', 'list.json')).toMatchObject({ written: 60, bad: 0 });
    const text = [
      '{"id":"x","name":"X","price":1}',
      '{broken',
      '',
      '{"id":"y","name":"Y"}',
      '{"id":"z","name":"Z","price":2}',
    ];
    await writeFile(join(project.root, 'lines.ndjson'), text.join('\n'));
    const stopped = await apigen('tables', 'seed', 'Product', 'lines.ndjson');
    expect([stopped.code, stopped.stderr]).toEqual([1, expect.stringMatching(/line 2 is no JSON.*\n.*--skip 1,/s)]);
    const { code, stdout, stderr } = await apigen('tables', 'seed', 'Product', 'lines.ndjson', '--continue');
    expect([code, stdout]).toEqual([3, expect.stringContaining('2 items in tables-dev-Product, 2 left out')]);
    expect(stderr).toContain('line 4: price is required');
    const skipped = await json('tables', 'seed', 'Product', 'lines.ndjson', '--skip', '3');
    expect(skipped).toMatchObject({ written: 1, bad: 0, done: 4 });
  });

  it('name an item that is too large for DynamoDB, and store the others', async () => {
    const large = { id: 'large', name: 'x'.repeat(410_000), price: 1 };
    await writeFile(join(project.root, 'large.json'), JSON.stringify([large, { id: 'x', name: 'X', price: 1 }]));
    const { code, stdout, stderr } = await apigen('tables', 'seed', 'Product', 'large.json', '--continue');
    expect([code, stdout]).toEqual([3, expect.stringContaining('1 item in tables-dev-Product, 1 left out')]);
    expect(stderr).toContain('item 1: is 401 KB; DynamoDB takes items of 400 KB at most');
  });

  it('scan in pages that go on where the one before ended, with filters', async () => {
    const all = await lines('tables', 'scan', 'Product', '--limit', 'all');
    const ids = all.map((item) => item.id);
    expect([ids.length, new Set(ids).size]).toEqual([63, 63]);
    const dear = await lines('tables', 'scan', 'Product', '--filter', 'price >= 50', '--filter', 'id begins_with s');
    expect(dear.map((item) => item.price).sort()).toEqual([50, 51, 52, 53, 54, 55, 56, 57, 58, 59]);
    expect(await lines('tables', 'scan', 'Product', '--filter', 'added exists')).toHaveLength(1);
    const seen: string[] = [];
    for (let from: string | undefined, turn = 0; turn < 10; turn += 1) {
      const page = await apigen('tables', 'scan', 'Product', '--limit', '10', ...(from ? ['--from', from] : []));
      seen.push(
        ...page.stdout
          .split('\n')
          .slice(1)
          .flatMap((line) => /^\S+/.exec(line)?.[0] ?? []),
      );
      from = /--from (\S+)/.exec(page.stderr)?.[1];
      if (from === undefined) break;
    }
    expect(seen.sort()).toEqual(ids.sort());
  });

  it('back up, and restore beside the table', async () => {
    expect((await apigen('tables', 'backup', 'Product', '--name', 'first')).code).toBe(0);
    const described = await json('tables', 'describe', 'Product');
    expect(described).toMatchObject({
      settings: { keys: 'id', capacity: 'on-demand', backups: expect.stringContaining('continuous') },
      indexes: [{ name: 'byPrice', keys: 'price', kind: 'global' }],
      backups: [{ name: 'first', status: 'AVAILABLE' }],
    });
    const taken = await apigen('tables', 'restore', 'Product', '--backup', 'first');
    expect([taken.code, taken.stderr]).toEqual([1, expect.stringContaining('Table tables-dev-Product is there')]);
    const restored = await json('tables', 'restore', 'Product', '--backup', 'first', '--as', 'tables-copy');
    expect(restored).toEqual({ tableName: 'tables-copy', from: 'first', isOwn: false });
  });

  // MiniStack writes no file, and moto answers 500.
  it('export to a bucket of S3, and say where the manifest is', async () => {
    const stored = await lines('tables', 'scan', 'Product', '--limit', 'all');
    const exported = await json('tables', 'export', 'Product', '--bucket', 'tables-exports', '--prefix', 'daily');
    expect(exported).toMatchObject({
      status: 'COMPLETED',
      items: stored.length,
      manifest: expect.stringMatching(/^daily\/AWSDynamoDB\/.+\/manifest-summary\.json$/),
    });
    const begun = await json('tables', 'export', 'Product', '--bucket', 'tables-exports', '--no-wait');
    expect(begun).toMatchObject({ status: 'IN_PROGRESS', arn: expect.stringContaining('tables-dev-Product/export/') });
  });
});
