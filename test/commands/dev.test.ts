// `apigen dev` as the built program in a process of its own, with the environment of a careless shell.

import { EventEmitter } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { stripVTControlCharacters } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { runCli } from '../harness/cli.ts';
import { type StartedDev, startedDev } from '../harness/started-dev.ts';
import { type TemporaryProject, temporaryProject } from '../harness/temporary-project.ts';
import { terminalStream } from '../harness/terminal-stream.ts';

const yml = `name: shop
region: eu-west-1
apis:
  public:
    type: http
    auth: none
    routes:
      GET /hello: src/hello.handler
      GET /guarded: { handler: src/hello.handler, auth: iam }
  partner:
    type: rest
    auth: none
    routes:
      GET /hello: src/hello.handler
      GET /mock: { mock: { status: 200, body: { ok: true } } }
`;

const hello = `console.log('loading');
export const handler = async (event: { version?: string }) => {
  console.log('called');
  const { SHELL_SECRET, AWS_ACCESS_KEY_ID } = process.env;
  return { statusCode: 200, body: JSON.stringify({ zone: new Date().getTimezoneOffset(), SHELL_SECRET, AWS_ACCESS_KEY_ID }) };
};
`;

let project: TemporaryProject;

beforeAll(async () => {
  project = await temporaryProject({ 'apigen.yml': yml, 'src/hello.ts': hello });
});
afterAll(() => project.remove());

const start = (...args: string[]): Promise<StartedDev> =>
  startedDev(project.root, {
    args,
    env: { TZ: 'Asia/Tokyo', SHELL_SECRET: 'x', AWS_ACCESS_KEY_ID: 'AKIAOFTHESHELL' },
  });

describe('apigen dev', () => {
  it('serves each API on a port of its own, prints what happens as NDJSON, and ends cleanly on Ctrl-C', async () => {
    const running = await start('--port', '0');
    const { apis } = running;
    expect(apis.map(({ name }) => name)).toEqual(['public', 'partner']);
    const [web, partner] = apis.map(({ url }) => url);
    expect(web).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(partner).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/dev$/);

    const answer = await fetch(`${web}/hello`);
    expect(await answer.json()).toEqual({ zone: 0, AWS_ACCESS_KEY_ID: 'AKIAAPIGENLOCAL00000' });
    expect((await fetch(`${web}/guarded`)).status).toBe(403);
    expect((await fetch(`${partner}/hello`)).status).toBe(200);
    expect(await (await fetch(`${partner}/mock`)).json()).toEqual({ ok: true });

    expect(await running.stop('SIGINT')).toBe(0);
    const requests = running.events().flatMap((event) => (event.type === 'request' ? [event] : []));
    expect(requests.map(({ api, path, status, start: how }) => [api, path, status, how])).toEqual([
      ['public', '/hello', 200, 'cold'],
      ['public', '/guarded', 403, undefined],
      ['partner', '/dev/hello', 200, 'warm'],
      ['partner', '/dev/mock', 200, undefined],
    ]);
    const output = running.events().filter(({ type }) => type === 'output');
    expect(output).toContainEqual(
      expect.objectContaining({ function: 'hello', route: 'GET /hello', text: 'called\n' }),
    );
  });

  it('shows routes with who may call them, and takes the keys c, r and q on a terminal', async () => {
    const keys = terminalStream(100);
    const running = runCli(['dev', '--port', '0'], { cwd: project.root, columns: 100, keys });
    setTimeout(() => keys.write('c'), 1_000);
    setTimeout(() => keys.write('r'), 1_100);
    setTimeout(() => keys.write('q'), 3_000);
    const { code, stdout, stderr } = await running;
    expect(code).toBe(0);
    const plain = stripVTControlCharacters(stdout);
    expect(plain).toMatch(/GET \/hello +public +hello/);
    expect(plain).toMatch(/GET \/guarded +iam +hello/);
    expect(plain).toContain('the project');
    expect(stripVTControlCharacters(stderr)).toContain('r restart · c clear · q quit');
  });

  it('lists schedules with their next time, and calls what they call with the key s', async () => {
    const nightly = await temporaryProject({
      'apigen.yml': `name: nightly
region: eu-west-1
functions: { report: { handler: src/report.handler, on: [{ schedule: cron(0 3 * * ? *) }] } }
apis: { public: { type: http, auth: none, routes: { GET /: src/report.handler } } }
`,
      'src/report.ts': 'export const handler = async () => ({});',
    });
    try {
      const keys = terminalStream(100);
      const running = runCli(['dev', '--port', '0'], { cwd: nightly.root, columns: 100, keys });
      setTimeout(() => keys.write('s'), 1_500);
      setTimeout(() => keys.write('q'), 4_000);
      const { code, stdout, stderr } = await running;
      expect(code).toBe(0);
      const plain = stripVTControlCharacters(stdout);
      expect(plain).toMatch(/schedule +cron\(0 3 \* \* \? \*\) +report +next \d{4}-\d\d-\d\d 03:00:00 UTC/);
      expect(plain).toMatch(/ok schedule cron\(0 3 \* \* \? \*\) → report \d/);
      expect(stripVTControlCharacters(stderr)).toContain('s schedules now');
    } finally {
      await nightly.remove();
    }
  });

  it('takes the next port when its own is taken, says so, and with --strict-port fails', async () => {
    const other = createServer();
    await new Promise<void>((done) => other.listen(0, '127.0.0.1', done));
    const { port } = other.address() as AddressInfo;
    try {
      const running = await start('--port', String(port));
      const { apis } = running;
      expect(apis[0]?.url).not.toBe(`http://127.0.0.1:${port}`);
      expect(running.events()).toContainEqual({ type: 'note', text: expect.stringContaining(`Port ${port} is taken`) });
      expect(await running.stop('SIGTERM')).toBe(0);

      const strict = await runCli(['dev', '--port', String(port), '--strict-port', '--json'], { cwd: project.root });
      expect(strict.code).toBe(1);
      expect(JSON.parse(strict.stdout).error.code).toBe('PORT_TAKEN');
    } finally {
      other.close();
    }
  });

  it.each(['::1', '::', '0.0.0.0'])('listens on %s, and gives an address that can be called', async (host) => {
    const running = await start('--port', '0', '--host', host);
    expect((await fetch(`${running.url('public')}/hello`)).status).toBe(200);
    expect(await running.stop()).toBe(0);
  });

  it('leaves nothing behind when its terminal is closed, and a second Ctrl-C ends it at once', async () => {
    const keys = terminalStream(100);
    const exits: number[] = [];
    const running = runCli(['dev', '--port', '0'], {
      cwd: project.root,
      columns: 100,
      keys,
      signals: new EventEmitter(),
      onExit: (code) => exits.push(code),
    });
    setTimeout(() => keys.write('\u0003\u0003'), 1_500);
    expect((await running).stderr).toContain('Ctrl-C again leaves at once');
    expect(exits).toEqual([130]);
  });

  it.each([
    [['--port', 'web'], 'INVALID_PORT'],
    [['--port', '70000'], 'INVALID_PORT'],
    [['--dynamodb', 'table.db'], 'INVALID_ENDPOINT'],
  ])('refuses %j before anything is started', async (args, code) => {
    const { code: exit, stdout } = await runCli(['dev', ...args, '--json'], { cwd: project.root });
    expect([exit, JSON.parse(stdout).error.code]).toEqual([2, code]);
  });
});

describe('apigen dev token', () => {
  it('mints a token with the claims that were asked for', async () => {
    const args = ['--sub', 'me', '--scope', 'a', '--scope', 'b', '--audience', 'shop', '--claim', 'roles=["x"]'];
    const { code, stdout } = await runCli(['dev', 'token', ...args], { cwd: project.root });
    expect(code).toBe(0);
    const payload = JSON.parse(Buffer.from(stdout.split('.')[1] ?? '', 'base64url').toString());
    const expected = { iss: 'http://127.0.0.1:3000', sub: 'me', scope: 'a b', aud: 'shop', roles: ['x'] };
    expect(payload).toMatchObject(expected);
    expect(payload.exp - payload.iat).toBe(3600);
  });

  it.each([
    [['--issuer', 'me'], 'INVALID_ISSUER'],
    [['--claim', 'role'], 'INVALID_CLAIM'],
    [['--expires-in', 'soon'], 'INVALID_TOKEN_REQUEST'],
  ])('refuses %j', async (args, code) => {
    const { stdout } = await runCli(['dev', 'token', ...args, '--json'], { cwd: project.root });
    expect(JSON.parse(stdout).error.code).toBe(code);
  });
});
