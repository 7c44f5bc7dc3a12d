// Starts the project's emulator and leaves it running. The record is written before it is ready, so that a start
// that is killed half way leaves nothing that the next one would not find.

import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ApigenError, UsageError } from '../../errors.ts';
import { withFileLock } from './file-lock.ts';
import { type FindMiniStackOptions, findMiniStack, type Launch } from './find-ministack.ts';
import { freePort, isPortFree } from './free-port.ts';
import { forgetInstance, type LocalInstance, localFolder, readInstance, recordInstance } from './local-instance.ts';
import { DEFAULT_PORT, makeTempFolder, miniStackEnvironment, miniStackReadyUrl } from './ministack.ts';
import { endProcessGroup, identifyProcess, isAlive } from './process-identity.ts';
import { waitUntilReady } from './wait-until-ready.ts';

export interface StartOptions extends FindMiniStackOptions {
  readonly cwd: string;
  /** Must be free. Without one: 4566, or any other when that is taken. */
  readonly port: number | undefined;
  /** Forgets what an earlier run kept. */
  readonly fresh: boolean;
}

export interface Started {
  readonly instance: LocalInstance;
  readonly wasRunning: boolean;
}

/** It starts in a second or two; a loaded machine may need much longer. */
const READY_TIMEOUT_MS = 60_000;

export async function startLocal(options: StartOptions): Promise<Started> {
  const folder = localFolder(options.cwd);
  const wait = (): void => options.say('Another run is starting the emulator: waiting for it');
  return withFileLock(join(folder, 'start.lock'), wait, async () => {
    const running = await readInstance(folder);
    if (running !== undefined) return { instance: await confirmRunning(running, options), wasRunning: true };
    const port = await choosePort(options);
    const launch = await findMiniStack(options);
    if (options.fresh) await rm(join(folder, 'state'), { recursive: true, force: true });
    const instance = launchDetached(launch, folder, port, options.env);
    await recordInstance(folder, instance);
    try {
      await requireReady(instance, options.signal);
    } catch (error) {
      await endProcessGroup(instance);
      await forgetInstance(folder);
      throw error;
    }
    return { instance, wasRunning: false };
  });
}

async function confirmRunning(instance: LocalInstance, options: StartOptions): Promise<LocalInstance> {
  const contradiction =
    options.port !== undefined && options.port !== instance.port ? `on port ${instance.port}` : undefined;
  if (contradiction !== undefined || options.fresh) {
    throw new ApigenError({
      code: 'LOCAL_RUNNING',
      summary: `The emulator runs already${contradiction === undefined ? '' : ` ${contradiction}`}`,
      hint: 'apigen local stop',
    });
  }
  await requireReady(instance, options.signal);
  return instance;
}

async function choosePort({ port, say }: StartOptions): Promise<number> {
  const wanted = port ?? DEFAULT_PORT;
  if (await isPortFree(wanted)) return wanted;
  if (port !== undefined) {
    throw new UsageError({
      code: 'PORT_TAKEN',
      summary: `Port ${port} is in use`,
      hint: 'apigen local start    (without --port it takes a free one)',
    });
  }
  const other = await freePort();
  say(`Port ${wanted} is in use: taking ${other}`);
  return other;
}

function launchDetached(
  [command, ...args]: Launch,
  folder: string,
  port: number,
  env: NodeJS.ProcessEnv,
): LocalInstance {
  const [stateFolder, tempFolder, log] = [join(folder, 'state'), join(folder, 'tmp'), join(folder, 'ministack.log')];
  mkdirSync(stateFolder, { recursive: true });
  makeTempFolder(tempFolder);
  const output = openSync(log, 'w');
  const child = spawn(command, args, {
    cwd: folder,
    env: miniStackEnvironment(env, { port, stateFolder, tempFolder }),
    stdio: ['ignore', output, output],
    detached: true,
  });
  child.on('error', () => {});
  child.unref();
  closeSync(output);
  const identity = child.pid === undefined ? undefined : identifyProcess(child.pid);
  if (identity === undefined) throw notStarted('It could not be run.', log);
  return { ...identity, port, endpoint: `http://127.0.0.1:${port}`, log, stateFolder };
}

async function requireReady(instance: LocalInstance, signal: AbortSignal): Promise<void> {
  const outcome = await waitUntilReady({
    url: miniStackReadyUrl(instance.port),
    timeoutMs: READY_TIMEOUT_MS,
    signal,
    isRunning: () => isAlive(instance),
  });
  if (outcome === 'ready') return;
  const what = outcome === 'ended' ? 'It ended by itself.' : `It did not answer within ${READY_TIMEOUT_MS / 1000} s.`;
  throw notStarted(what, instance.log);
}

function notStarted(what: string, log: string): ApigenError {
  return new ApigenError({
    code: 'LOCAL_NOT_STARTED',
    summary: 'MiniStack did not start',
    detail: [what, ...lastLines(log)].join('\n'),
    hint: `less ${log}`,
  });
}

function lastLines(file: string): string[] {
  try {
    return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-5);
  } catch {
    return [];
  }
}
