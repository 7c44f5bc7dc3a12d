// A process of its own that runs both emulators for as long as its stdin stays open: however the tests end, killed
// included, the operating system closes that pipe and the emulators go. Prints where they listen as one JSON line.

import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from '../../src/flows/local/free-port.ts';
import {
  MINISTACK_REQUIREMENT,
  makeTempFolder,
  miniStackEnvironment,
  miniStackReadyUrl,
} from '../../src/flows/local/ministack.ts';
import {
  endProcessGroup,
  identifyProcess,
  isAlive,
  type ProcessIdentity,
} from '../../src/flows/local/process-identity.ts';
import { ensurePythonEnvironment } from '../../src/flows/local/python-environment.ts';
import { waitUntilReady } from '../../src/flows/local/wait-until-ready.ts';
import type { EmulatorAddresses } from './emulators.ts';

const cache = fileURLToPath(new URL('../../.cache/', import.meta.url));
const folder = join(cache, 'emulators', String(process.pid));
const running: ProcessIdentity[] = [];

interface Emulator {
  readonly module: string;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly readyUrl: string;
}

async function start(python: string, signal: AbortSignal): Promise<EmulatorAddresses> {
  const [ministackPort, motoPort] = [await freePort(), await freePort()];
  const { PATH, HOME } = process.env;
  await Promise.all([
    run(python, signal, {
      module: 'ministack',
      args: [],
      env: miniStackEnvironment(process.env, { port: ministackPort, tempFolder: folder }),
      readyUrl: miniStackReadyUrl(ministackPort),
    }),
    run(python, signal, {
      module: 'moto.server',
      args: ['-H', '127.0.0.1', '-p', String(motoPort)],
      env: { PATH, HOME, TMPDIR: folder },
      readyUrl: `http://127.0.0.1:${motoPort}/moto-api/`,
    }),
  ]);
  return { ministack: `http://127.0.0.1:${ministackPort}`, moto: `http://127.0.0.1:${motoPort}`, python };
}

async function run(python: string, signal: AbortSignal, emulator: Emulator): Promise<void> {
  const log = join(folder, `${emulator.module}.log`);
  const output = openSync(log, 'w');
  const child = spawn(python, ['-m', emulator.module, ...emulator.args], {
    cwd: folder,
    env: emulator.env,
    stdio: ['ignore', output, output],
    detached: true,
  });
  closeSync(output);
  const identity = child.pid === undefined ? undefined : identifyProcess(child.pid);
  if (identity === undefined) throw new Error(`${emulator.module} could not be run with ${python}`);
  running.push(identity);
  const outcome = await waitUntilReady({
    url: emulator.readyUrl,
    timeoutMs: 90_000,
    signal,
    isRunning: () => isAlive(identity),
  });
  if (outcome !== 'ready') throw new Error(`${emulator.module} ${outcome}:\n${readFileSync(log, 'utf8').slice(-2000)}`);
}

const parentGone = new AbortController();
const ended = new Promise<void>((resolve) => process.stdin.once('close', resolve).resume());
void ended.then(() => parentGone.abort());
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => process.stdin.destroy());

try {
  const python = await ensurePythonEnvironment({
    folder: cache,
    requirements: [MINISTACK_REQUIREMENT, 'moto[server,all]==5.2.5'],
    env: process.env,
    signal: parentGone.signal,
    say: (text) => process.stderr.write(`${text}\n`),
  });
  makeTempFolder(folder);
  process.stdout.write(`${JSON.stringify(await start(python, parentGone.signal))}\n`);
  await ended;
} catch (error) {
  if (!parentGone.signal.aborted) {
    process.stderr.write(`${error instanceof Error ? describe(error) : String(error)}\n`);
    process.exitCode = 1;
  }
} finally {
  await Promise.all(running.map((identity) => endProcessGroup(identity, 3_000)));
  await rm(folder, { recursive: true, force: true });
  process.stdin.destroy();
}

function describe(error: Error & { detail?: string; hint?: string }): string {
  return [error.message, error.detail, error.hint && `Try: ${error.hint}`].filter(Boolean).join('\n');
}
