// A new project under `apigen dev`, as a stranger tries it: the first answer, an item written and read, a save; and a chat.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { WebSocket } from 'ws';

export interface DevCommand {
  readonly node: string;
  /** The program and its arguments up to `dev`. */
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
}

/** A project under dev. */
interface Running {
  readonly url: string;
  /** Waits for what `look` sees. @throws Error with all that dev printed */
  until<T>(what: string, look: () => Promise<T | undefined> | T | undefined): Promise<T>;
}

/** Runs dev while `act` does, and ends it. */
async function whileDev(
  { node, args, env }: DevCommand,
  project: string,
  act: (running: Running) => Promise<string>,
): Promise<string> {
  const dev = spawn(node, [...args, '--json', '--port', '0'], { cwd: project, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = once(dev, 'exit');
  let output = '';
  for (const stream of [dev.stdout, dev.stderr]) stream.on('data', (bytes: Buffer) => (output += bytes.toString()));
  const until: Running['until'] = async (what, look) => {
    const deadline = Date.now() + 60_000;
    for (;;) {
      const seen = await look();
      if (seen !== undefined) return seen;
      if (Date.now() > deadline || dev.exitCode !== null)
        throw new Error(`${what} did not happen:\n${output.slice(-3_000)}`);
      await sleep(50);
    }
  };
  try {
    return await act({ url: await until('ready', () => readyUrl(output)), until });
  } finally {
    dev.kill('SIGTERM');
    await ended;
  }
}

/**
 * A new HTTP API with a model.
 * @returns what it saw, a line for each step
 * @throws Error at the first step that fails, with all that dev printed
 */
export function underDev(command: DevCommand, project: string): Promise<string> {
  return whileDev(command, project, async ({ url, until }) => {
    const get = async (path: string, init?: RequestInit): Promise<string | undefined> => {
      const response = await fetch(url + path, init).catch(() => undefined);
      return response?.ok === true ? response.text() : undefined;
    };
    const first = await until('the first answer', () => get('/health'));
    const body = JSON.stringify({ name: 'Lamp', price: 20 });
    const created = await until('a created product', () =>
      get('/products', { method: 'POST', body, headers: { 'content-type': 'application/json' } }),
    );
    const { id } = JSON.parse(created);
    const read = await until('the product read again', () => get(`/products/${id}`));
    const file = join(project, 'src', 'health.ts');
    await writeFile(file, (await readFile(file, 'utf8')).replace('ok: true', 'ok: true, saved: true'));
    const saved = await until('a save', async () => {
      const answer = await get('/health');
      return answer?.includes('saved') === true ? answer : undefined;
    });
    return `first ${first}\nread ${read}\nsaved ${saved}\n`;
  });
}

/**
 * A new chat: two are there, one of them sends.
 * @returns what each heard, a line for each
 */
export function chatUnderDev(command: DevCommand, project: string): Promise<string> {
  return whileDev(command, project, async ({ url, until }) => {
    const sockets = [new WebSocket(url), new WebSocket(url)];
    const heard = sockets.map((socket) => {
      const messages: string[] = [];
      socket.on('message', (bytes) => messages.push(String(bytes)));
      return messages;
    });
    try {
      await Promise.all(sockets.map((socket) => once(socket, 'open')));
      sockets[0]?.send(JSON.stringify({ action: 'send', text: 'hello' }));
      const lines = heard.map((messages, index) => until(`a message to ${index}`, () => messages[0]));
      return `${(await Promise.all(lines)).join('\n')}\n`;
    } finally {
      for (const socket of sockets) socket.terminate();
    }
  });
}

function readyUrl(output: string): string | undefined {
  const line = output.split('\n').find((one) => one.startsWith('{"type":"ready"'));
  return line === undefined ? undefined : JSON.parse(line).apis[0].url;
}
