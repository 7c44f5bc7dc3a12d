// WebSockets: messages that are answered, and the memory of many clients that say nothing.

import { setTimeout as sleep } from 'node:timers/promises';
import { memoryMb } from './memory.ts';
import type { Contender, Running } from './server.ts';
import { SocketClient } from './socket-client.ts';

const MESSAGE = '{"action":"f1"}';
const CONNECTIONS = 32;
const WARM_UP_MS = 2_000;
const LOAD_MS = 4_000;
/** So many clients, opened so many at a time. */
const IDLE_CLIENTS = 1_000;
const AT_A_TIME = 50;
const IDLE_MS = 10_000;

export interface SocketFigures {
  /** With no client, after a first answer. */
  readonly aloneMb: number;
  /** With a thousand clients that say nothing. */
  readonly idleMb: number;
  /** Messages answered to 32 others meanwhile. */
  readonly perSecond: number;
}

export async function measureSockets(contender: Contender): Promise<SocketFigures> {
  const running = contender.start();
  try {
    await firstAnswer(running);
    await sleep(IDLE_MS);
    const aloneMb = memoryMb(running.pid);
    const clients: SocketClient[] = [];
    while (clients.length < IDLE_CLIENTS) {
      clients.push(...(await Promise.all(Array.from({ length: AT_A_TIME }, () => open(running)))));
    }
    await sleep(IDLE_MS);
    const idleMb = memoryMb(running.pid);
    await load(running, WARM_UP_MS);
    const perSecond = ((await load(running, LOAD_MS)) / LOAD_MS) * 1_000;
    const [oldest] = clients;
    if (!(await oldest?.ask())?.includes('version')) throw new Error(`a client was lost:\n${running.output()}`);
    for (const client of clients) client.close();
    return { perSecond, aloneMb, idleMb };
  } finally {
    await running.stop();
  }
}

function open({ socketPort, socketPath }: Running): Promise<SocketClient> {
  return SocketClient.open(socketPort, socketPath, MESSAGE);
}

async function firstAnswer(running: Running): Promise<void> {
  const deadline = performance.now() + 60_000;
  for (;;) {
    const client = await open(running).catch(() => undefined);
    const answer = await client?.ask();
    client?.close();
    if (answer !== undefined) return;
    if (performance.now() > deadline) throw new Error(`no WebSocket opens:\n${running.output()}`);
    await sleep(20);
  }
}

/** How many messages were answered. */
async function load(running: Running, forMs: number): Promise<number> {
  const clients = await Promise.all(Array.from({ length: CONNECTIONS }, () => open(running)));
  const until = performance.now() + forMs;
  let answered = 0;
  const talk = async (client: SocketClient): Promise<void> => {
    while (performance.now() < until) {
      const answer = await client.ask();
      if (!answer.includes('version')) throw new Error(`${answer} under load:\n${running.output()}`);
      answered += 1;
    }
    client.close();
  };
  await Promise.all(clients.map(talk));
  return answered;
}
