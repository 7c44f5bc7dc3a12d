// What stands under `apigen local`: processes that are known again, locks over processes, ports.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { withFileLock } from '../../../src/flows/local/file-lock.ts';
import { freePort, isPortFree } from '../../../src/flows/local/free-port.ts';
import { endProcessGroup, identifyProcess, isAlive } from '../../../src/flows/local/process-identity.ts';
import { waitUntilReady } from '../../../src/flows/local/wait-until-ready.ts';

/** A group of two: a shell that leads it, and a child that ignores the polite signal. */
async function startGroup(): Promise<{ readonly leader: number; readonly child: number }> {
  const shell = spawn('sh', ['-c', "trap '' TERM; sleep 300 & child=$!; trap 'exit 0' TERM; echo $child; wait"], {
    detached: true,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [line] = await once(shell.stdout, 'data');
  return { leader: shell.pid ?? 0, child: Number(String(line)) };
}

describe('a process', () => {
  it('is known again while it runs, and not after its end', async () => {
    const { leader } = await startGroup();
    const identity = identifyProcess(leader);
    if (identity === undefined) throw new Error('a running process must be found');
    expect(isAlive(identity)).toBe(true);
    await endProcessGroup(identity);
    expect(isAlive(identity)).toBe(false);
  });

  it('is ended with its children, those that ignore the polite signal too', async () => {
    const { leader, child } = await startGroup();
    const [identity, childIdentity] = [identifyProcess(leader), identifyProcess(child)];
    if (identity === undefined || childIdentity === undefined) throw new Error('both must run');
    await endProcessGroup(identity, 1_000);
    for (let tries = 0; isAlive(childIdentity) && tries < 50; tries += 1) await sleep(20);
    expect(isAlive(childIdentity)).toBe(false);
  });

  it('that got the pid of an earlier one is left alone', async () => {
    const { leader } = await startGroup();
    const identity = identifyProcess(leader);
    if (identity === undefined) throw new Error('a running process must be found');
    await endProcessGroup({ pid: leader, startedAt: 'in another life' });
    expect(isAlive(identity)).toBe(true);
    await endProcessGroup(identity);
  });

  it('that never was is not alive', () => {
    expect(identifyProcess(2 ** 22 + 1)).toBeUndefined();
  });
});

describe('a file lock', () => {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'apigen-lock-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('lets one at a time work, tells who waits, and is gone afterwards', async () => {
    const file = join(folder, 'deep', 'a.lock');
    const events: string[] = [];
    const work = (name: string) => async (): Promise<void> => {
      events.push(`${name} begins`);
      await sleep(50);
      events.push(`${name} ends`);
    };
    const waited: string[] = [];
    await Promise.all(['a', 'b'].map((name) => withFileLock(file, () => waited.push(name), work(name))));
    expect(events).toHaveLength(4);
    expect(events[0]?.slice(0, 1)).toBe(events[1]?.slice(0, 1));
    expect(waited).toHaveLength(1);
    await expect(readFile(file)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('is let go when the work fails', async () => {
    const file = join(folder, 'a.lock');
    const failing = withFileLock(
      file,
      () => {},
      () => Promise.reject(new Error('broken')),
    );
    await expect(failing).rejects.toThrow('broken');
    await expect(
      withFileLock(
        file,
        () => {},
        () => Promise.resolve('again'),
      ),
    ).resolves.toBe('again');
  });

  it.each([
    ['of a process that has ended', JSON.stringify({ pid: process.pid, startedAt: 'in another life' })],
    ['whose holder was killed before it wrote its name', ''],
  ])('%s is taken over', async (_name, content) => {
    const file = join(folder, 'a.lock');
    await writeFile(file, content);
    const longAgo = new Date(Date.now() - 60_000);
    await utimes(file, longAgo, longAgo);
    await expect(
      withFileLock(
        file,
        () => {},
        () => Promise.resolve('mine'),
      ),
    ).resolves.toBe('mine');
  });
});

describe('a port', () => {
  it('is free until somebody listens', async () => {
    const port = await freePort();
    expect(await isPortFree(port)).toBe(true);
    const server = createServer().listen(port, '127.0.0.1');
    await once(server, 'listening');
    expect(await isPortFree(port)).toBe(false);
    server.close();
  });
});

describe('waiting for a server', () => {
  it('notices at once when its process has ended', async () => {
    const url = `http://127.0.0.1:${await freePort()}/`;
    await expect(waitUntilReady({ url, timeoutMs: 60_000, isRunning: () => false })).resolves.toBe('ended');
  });

  it('gives up when nothing answers in time', async () => {
    const url = `http://127.0.0.1:${await freePort()}/`;
    await expect(waitUntilReady({ url, timeoutMs: 200, isRunning: () => true })).resolves.toBe('silent');
  });

  it('ends with an interruption', async () => {
    const signal = AbortSignal.abort();
    const waiting = waitUntilReady({ url: 'http://127.0.0.1:1/', timeoutMs: 200, signal, isRunning: () => true });
    await expect(waiting).rejects.toMatchObject({ name: 'AbortError' });
  });
});
