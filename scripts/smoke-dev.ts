// A new project under `apigen dev`, as a stranger tries it: the first answer, an item written and read, a save.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

export interface DevCommand {
  readonly node: string;
  /** The program and its arguments up to `dev`. */
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
}

/**
 * Runs it to its end.
 * @returns what it saw, a line for each step
 * @throws Error at the first step that fails, with all that dev printed
 */
export async function underDev({ node, args, env }: DevCommand, project: string): Promise<string> {
  const dev = spawn(node, [...args, '--json', '--port', '0'], { cwd: project, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = once(dev, 'exit');
  let output = '';
  for (const stream of [dev.stdout, dev.stderr]) stream.on('data', (bytes: Buffer) => (output += bytes.toString()));
  const until = async <T>(what: string, look: () => Promise<T | undefined> | T | undefined): Promise<T> => {
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
    const url = await until('ready', () => readyUrl(output));
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
  } finally {
    dev.kill('SIGTERM');
    await ended;
  }
}

function readyUrl(output: string): string | undefined {
  const line = output.split('\n').find((one) => one.startsWith('{"type":"ready"'));
  return line === undefined ? undefined : JSON.parse(line).apis[0].url;
}
