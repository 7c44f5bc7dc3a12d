// `apigen local start|stop|status` with the true MiniStack, from the environment that the test run installed.

import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { freePort } from '../../../src/flows/local/free-port.ts';
import { localEndpoint } from '../../../src/flows/local/local-endpoint.ts';
import { runCli } from '../../harness/cli.ts';

let project = '';
let env: NodeJS.ProcessEnv = {};

beforeEach(async () => {
  project = await mkdtemp(join(tmpdir(), 'apigen-local-'));
  await writeFile(join(project, 'apigen.yml'), 'name: shop\n');
  await mkdir(join(project, 'src'));
  // MiniStack on PATH: a link to the script beside the interpreter would name the folder it was installed from.
  await mkdir(join(project, 'bin'));
  const python = process.env['EMULATOR_PYTHON'] ?? '';
  await writeFile(join(project, 'bin', 'ministack'), `#!/bin/sh\nexec ${python} -m ministack "$@"\n`, { mode: 0o755 });
  await symlink(python, join(project, 'bin', 'python3'));
  env = { PATH: `${join(project, 'bin')}:${dirname(process.execPath)}:/usr/bin:/bin`, HOME: project };
});

afterEach(async () => {
  await runCli(['local', 'stop'], { cwd: project, env });
  await rm(project, { recursive: true, force: true });
});

const local = async (...words: string[]): Promise<Record<string, unknown>> => {
  const { code, stdout } = await runCli(['local', ...words, '--json'], { cwd: project, env });
  return { code, ...JSON.parse(stdout) };
};

describe('apigen local', () => {
  it('starts an emulator that outlives the command, finds it from any folder of the project, and stops it', async () => {
    const port = await freePort();
    const endpoint = `http://127.0.0.1:${port}`;
    await expect(localEndpoint(project)).rejects.toMatchObject({
      code: 'LOCAL_NOT_RUNNING',
      hint: 'apigen local start',
    });
    await expect(local('start', '--port', String(port))).resolves.toMatchObject({
      code: 0,
      wasRunning: false,
      endpoint,
    });
    await expect(local('status')).resolves.toMatchObject({ running: true, answers: true, endpoint });
    await expect(localEndpoint(join(project, 'src'))).resolves.toBe(endpoint);
    await expect(local('start')).resolves.toMatchObject({ code: 0, wasRunning: true, endpoint });
    await expect(local('start', '--port', '1')).resolves.toMatchObject({ code: 1, error: { code: 'LOCAL_RUNNING' } });
    await expect(local('stop')).resolves.toMatchObject({ code: 0, stopped: true });
    await expect(local('status')).resolves.toMatchObject({ code: 0, running: false });
    await expect(fetch(endpoint)).rejects.toThrow();
    await expect(local('stop')).resolves.toMatchObject({ code: 0, stopped: false });
  });

  it('gives the emulator an environment without anything of the shell it was started from', async () => {
    const secrets = { AWS_SECRET_ACCESS_KEY: 'topsecret', GITHUB_TOKEN: 'topsecret' };
    await runCli(['local', 'start'], { cwd: project, env: { ...env, ...secrets } });
    const { pid } = await local('status');
    const environment = (await readFile(`/proc/${String(pid)}/environ`, 'utf8')).split('\0');
    expect(environment.join('\n')).not.toContain('topsecret');
    expect(environment).toContain('AWS_SHARED_CREDENTIALS_FILE=/dev/null');
    expect(environment.find((line) => line.startsWith('PATH='))).toContain(dirname(process.execPath));
  });

  it('keeps what was made for the next start, and forgets it when asked to', async () => {
    await local('start');
    await call(String((await local('status'))['endpoint']), 'CreateTable', {
      TableName: 'kept',
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      BillingMode: 'PAY_PER_REQUEST',
    });
    await local('stop');
    const second = String((await local('start'))['endpoint']);
    await expect(call(second, 'ListTables', {})).resolves.toMatchObject({ TableNames: ['kept'] });
    await local('stop');
    const third = String((await local('start', '--fresh'))['endpoint']);
    await expect(call(third, 'ListTables', {})).resolves.toMatchObject({ TableNames: [] });
  });

  it('does not take a stranger with a recorded pid for its emulator', async () => {
    const folder = join(project, '.apigen', 'local');
    await mkdir(folder, { recursive: true });
    const stale = { pid: process.pid, startedAt: 'in another life', port: 1, endpoint: 'http://127.0.0.1:1' };
    await writeFile(join(folder, 'instance.json'), JSON.stringify(stale));
    await expect(local('status')).resolves.toMatchObject({ running: false });
    await expect(local('stop')).resolves.toMatchObject({ stopped: false });
  });

  it('refuses a port that is taken or none at all', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    await expect(local('start', '--port', String(port))).resolves.toMatchObject({
      code: 2,
      error: { code: 'PORT_TAKEN' },
    });
    await expect(local('start', '--port', '99999')).resolves.toMatchObject({
      code: 2,
      error: { code: 'INVALID_PORT' },
    });
    server.close();
  });

  it('shows the last words of an emulator that ends at once, and records nothing', async () => {
    await writeFile(join(project, 'bin', 'ministack'), '#!/bin/sh\necho "no such module" >&2; exit 3\n', {
      mode: 0o755,
    });
    const failed = await local('start');
    expect(failed).toMatchObject({ code: 1, error: { code: 'LOCAL_NOT_STARTED' } });
    expect(JSON.stringify(failed)).toContain('no such module');
    await expect(local('status')).resolves.toMatchObject({ running: false });
  });
});

async function call(endpoint: string, operation: string, body: unknown): Promise<unknown> {
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': `DynamoDB_20120810.${operation}`,
      authorization:
        'AWS4-HMAC-SHA256 Credential=test/20260101/eu-west-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0',
    },
    body: JSON.stringify(body),
  });
  return response.json();
}
