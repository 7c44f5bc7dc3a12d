// Authorizers and routes that use them, added by command and accepted by check.

import { mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { runCli } from '../harness/cli.ts';

let cwd: string;
beforeEach(async () => {
  const parent = realpathSync(mkdtempSync(join(tmpdir(), 'apigen-auth-')));
  await runCli(['init', 'shop', '--yes', '--region', 'eu-west-1'], { cwd: parent });
  cwd = join(parent, 'shop');
  symlinkSync(resolve('node_modules'), join(cwd, 'node_modules'));
});
afterEach(() => rmSync(join(cwd, '..'), { recursive: true }));

const apigen = (...args: string[]) => runCli(args, { cwd });
const yaml = () => readFileSync(join(cwd, 'apigen.yml'), 'utf8');

it('adds authorizers and routes that want them, which check accepts', async () => {
  const clients = ['add-auth', 'clients', '--jwt', 'https://idp.example.com/', '--audience', 'shop'];
  const legacy = [
    'add-auth',
    'legacy',
    '--lambda',
    'src/auth/legacy.check',
    '--identity',
    'header.X-Token',
    '--ttl',
    '60',
  ];
  const create = ['add-route', 'PUT /things', '--auth', 'clients', '--scope', 'things/write', '--body', 'Product'];
  for (const args of [
    clients,
    legacy,
    create,
    ['add-route', 'GET /old', '--url', 'https://old.example.com/', '--auth', 'legacy'],
  ]) {
    expect(await apigen(...args)).toMatchObject({ code: 0 });
  }
  expect(yaml()).toContain('  clients: { jwt: { issuer: https://idp.example.com/, audience: [ shop ] } }\n');
  expect(yaml()).toContain('  legacy: { lambda: src/auth/legacy.check, identity: header.X-Token, ttl: 60 }\n');
  expect(yaml()).toContain('auth: { clients: [ things/write ] }, body: Product }');
  expect(yaml()).toContain('GET /old: { url: https://old.example.com/, auth: legacy }');
  expect(readFileSync(join(cwd, 'src/auth/legacy.ts'), 'utf8')).toContain('export async function check(');
  expect(await apigen('check')).toMatchObject({ code: 0 });
});

it.each([
  [['x'], 'What decides who may call?'],
  [['x', '--jwt', 'https://a.example/'], '--jwt does not say what tokens must be meant for'],
  [['x', '--jwt', 'https://a.example/', '--lambda', 'src/a.handler'], 'exclude each other'],
  [['x', '--cognito', 'pool'], 'must be the id of a user pool'],
  [['none', '--cognito', 'eu-west-1_A'], 'neither none nor iam'],
  [['x', '--cognito', 'eu-west-1_A', '--ttl', '5'], '--ttl belongs to --lambda'],
  [['x', '--lambda', 'src/a.ts'], 'must name an export, not a file'],
])('refuses add-auth %j and writes nothing', async (args, expected) => {
  const before = yaml();
  const { code, stderr } = await apigen('add-auth', ...args);
  expect(code).not.toBe(0);
  expect(stderr).toContain(expected);
  expect(yaml()).toBe(before);
});
