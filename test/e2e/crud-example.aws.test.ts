// examples/crud-games from its model to a safe change of it: the table stays, old items are read, new ones say more.

import { execFile } from 'node:child_process';
import { cpSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { runCli } from '../harness/cli.ts';
import { clientOf } from '../harness/crud-walk.ts';
import { type TemporaryProject, temporaryProject } from '../harness/temporary-project.ts';

const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
const endpoint = process.env['MINISTACK_ENDPOINT'] ?? '';
const dynamodb = new DynamoDBClient({ region: 'eu-west-1', credentials, endpoint });
const env = { AWS_ENDPOINT_URL: endpoint, AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' };
const model = 'src/models/game.ts';

let project: TemporaryProject;
const apigen = (...args: readonly string[]) => runCli(args, { cwd: project.root, env });

beforeAll(async () => {
  project = await temporaryProject({});
  cpSync(resolve('examples/crud-games'), project.root, {
    recursive: true,
    filter: (path) => !path.includes('.apigen'),
  });
});
afterAll(async () => {
  await apigen('destroy', '--confirm', 'crud-games/dev', '--allow-data-loss', 'crud-games-dev-Game');
  await project.remove();
  dynamodb.destroy();
});

/** Deploys; the API's address. */
async function deployed(): Promise<string> {
  const { code, stdout, stderr } = await apigen('deploy', '--yes', '--json');
  expect({ code, stderr: code === 0 ? '' : stderr + stdout }).toEqual({ code: 0, stderr: '' });
  const routes: readonly { readonly url: string }[] = JSON.parse(stdout).routes;
  return routes.find(({ url }) => url.endsWith('/health'))?.url.replace(/\/health$/, '') ?? '';
}

const tableId = async () => (await dynamodb.send(new DescribeTableCommand({ TableName: 'crud-games-dev-Game' }))).Table;

const compiles = () =>
  promisify(execFile)(process.execPath, [resolve('node_modules/.bin/tsc'), '--noEmit'], { cwd: project.root });

it('a model becomes a table, checked routes and types, and changes without losing an item', async () => {
  expect(await apigen('types', '--check')).toMatchObject({ code: 0 });
  await compiles();
  const { call, status } = clientOf(await deployed());
  const chess = { title: 'Chess', category: 'board', price: 20, released: '1475-01-01T00:00:00.000Z', tags: ['old'] };
  const created = await call('POST', '/games', chess);
  expect(created).toMatchObject({ status: 201, body: chess });
  expect(await status('POST', '/games', { ...chess, id: created.body['id'] })).toBe(409);
  expect(await status('POST', '/games', { ...chess, players: 2 })).toBe(400);
  const before = await tableId();

  const code = readFileSync(resolve(project.root, model), 'utf8')
    .replace(
      "'video'], required: true }",
      "'video'], required: true, index: { name: 'byCategory', rangeKey: 'price' } }",
    )
    .replace('    tags: {', '    players: { type: Number },\n    tags: {')
    .replace('  tags?:', '  players?: number;\n  tags?:');
  await project.write({ [model]: code });
  expect(await apigen('types')).toMatchObject({ code: 0 });
  await compiles();
  const plan = JSON.parse((await apigen('plan', '--json')).stdout);
  expect(plan.models).toEqual([
    expect.objectContaining({ subject: 'players', kind: 'new-optional', needsCare: false }),
    expect.objectContaining({ subject: 'byCategory', kind: 'new-index', needsCare: false }),
  ]);

  const after = clientOf(await deployed());
  const table = await tableId();
  expect(table?.TableId).toBe(before?.TableId);
  expect(table?.GlobalSecondaryIndexes?.map(({ IndexName }) => IndexName)).toEqual(['byCategory']);
  const path = `/games/${created.body['id']}`;
  expect((await after.call('GET', path)).body).toEqual(created.body);
  expect(await after.call('PATCH', path, { players: 2 })).toMatchObject({
    status: 200,
    body: { ...chess, players: 2 },
  });
  expect(await after.status('PATCH', path, { players: 'two' })).toBe(400);
});
