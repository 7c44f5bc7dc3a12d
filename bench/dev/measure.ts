// The measurements themselves, each on a server of its own.

import { setTimeout as sleep } from 'node:timers/promises';
import { ask, Connection } from './client.ts';
import { memoryMb } from './memory.ts';
import type { BenchProject } from './project.ts';
import type { Contender, Running } from './server.ts';

const CONNECTIONS = 32;
const LOAD_MS = 4_000;
const WARM_UP_MS = 2_000;
/** Idle means: nothing asked for so long. */
const IDLE_MS = 20_000;

/** Milliseconds from the start of the process to the first answer of one of its functions. */
export async function measureStart(contender: Contender): Promise<number> {
  const started = performance.now();
  const running = contender.start();
  try {
    await answers(running, '/f1');
    return performance.now() - started;
  } finally {
    await running.stop();
  }
}

export async function measureThroughput(contender: Contender): Promise<{ perSecond: number; overheadMs: number }> {
  const running = contender.start();
  try {
    await answers(running, '/f1');
    await load(running, 1, 1_000);
    const alone = await load(running, 1, LOAD_MS / 2);
    await load(running, CONNECTIONS, WARM_UP_MS);
    const together = await load(running, CONNECTIONS, LOAD_MS);
    return {
      perSecond: (together.length / LOAD_MS) * 1_000,
      overheadMs: alone.sort((a, b) => a - b)[Math.floor(alone.length / 2)] ?? 0,
    };
  } finally {
    await running.stop();
  }
}

/** Milliseconds from each save to the first answer that shows it. */
export async function measureSaves(
  contender: Contender,
  project: BenchProject,
  path: string,
  count: number,
): Promise<number[]> {
  const running = contender.start();
  const route = path.replace(/^src(.*)\.js$/, '$1');
  try {
    await answers(running, route);
    const times: number[] = [];
    for (let version = 1; version <= count; version += 1) {
      await sleep(250);
      const saved = performance.now();
      await project.save(path, version);
      const connection = new Connection(running.port, route);
      while (JSON.parse((await connection.ask()).body).version !== version) await sleep(1);
      times.push(performance.now() - saved);
      connection.close();
    }
    return times;
  } finally {
    await running.stop();
    await project.save(path, 0);
  }
}

/** Memory of the process and all it started: after its first answer, and idle after all of `names` were called. */
export async function measureMemory(
  contender: Contender,
  names: readonly string[],
): Promise<{ startedMb: number; warmMb: number }> {
  const running = contender.start();
  try {
    await answers(running, `/${names[0]}`);
    await sleep(1_000);
    const startedMb = memoryMb(running.pid);
    for (const name of names) await answers(running, `/${name}`);
    await sleep(IDLE_MS);
    return { startedMb, warmMb: memoryMb(running.pid) };
  } finally {
    await running.stop();
  }
}

async function answers(running: Running, path: string): Promise<void> {
  const deadline = performance.now() + 60_000;
  for (;;) {
    const answer = await ask(running.port, running.prefix + path).catch(() => undefined);
    if (answer?.status === 200) return;
    if (performance.now() > deadline) throw new Error(`${path} does not answer:\n${running.output()}`);
    await sleep(2);
  }
}

/** Times of all answers in milliseconds. */
async function load(running: Running, connections: number, forMs: number): Promise<number[]> {
  const until = performance.now() + forMs;
  const times: number[] = [];
  const one = async (): Promise<void> => {
    const connection = new Connection(running.port, `${running.prefix}/f1`);
    for (let asked = performance.now(); asked < until; asked = performance.now()) {
      const { status } = await connection.ask();
      if (status !== 200) throw new Error(`${status} under load:\n${running.output()}`);
      times.push(performance.now() - asked);
    }
    connection.close();
  };
  await Promise.all(Array.from({ length: connections }, one));
  return times;
}
