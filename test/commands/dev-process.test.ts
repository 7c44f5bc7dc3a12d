// `apigen dev` as a process: what it holds when nothing is asked of it, and what is left when it ends.

import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { memoryMb } from '../../bench/dev/memory.ts';
import { childProcesses, hasEnded } from '../harness/child-processes.ts';
import { type StartedDev, startedDev } from '../harness/started-dev.ts';
import { type TemporaryProject, temporaryProject } from '../harness/temporary-project.ts';

const names = Array.from({ length: 20 }, (_, index) => `note${index}`);

const yml = `name: shop
region: eu-west-1
models: { Note: src/note.ts }
apis:
  public:
    type: http
    auth: none
    routes:
${names.map((name) => `      GET /${name}: src/${name}.handler`).join('\n')}
`;

const model = `import dynamoose from 'dynamoose';
export const Note = dynamoose.model('Note', new dynamoose.Schema({ id: { type: String, hashKey: true }, text: String }));
`;

const handler = `import { Note } from './note.ts';
let calls = 0;
export const handler = async () => {
  await Note.create({ id: 'one', text: 'written' }, { overwrite: true });
  const { text } = await Note.get('one');
  return { statusCode: 200, body: JSON.stringify({ calls: ++calls, text }) };
};
`;

/** Idle workers end after 10 s, and V8 gives memory back when it has been idle for some seconds more. */
const IDLE_MB = 200;
const WITHIN_MS = 40_000;

let project: TemporaryProject;
let running: StartedDev | undefined;

beforeAll(async () => {
  const handlers = names.map((name) => [`src/${name}.ts`, handler]);
  project = await temporaryProject({ 'apigen.yml': yml, 'src/note.ts': model, ...Object.fromEntries(handlers) });
});
afterEach(async () => {
  await running?.stop('SIGKILL');
  running = undefined;
});
afterAll(() => project.remove());

async function start(): Promise<StartedDev> {
  running = await startedDev(project.root);
  return running;
}

async function ask(dev: StartedDev, name: string): Promise<unknown> {
  return (await fetch(`${dev.url('public')}/${name}`)).json();
}

async function until(holds: () => boolean | Promise<boolean>, withinMs: number): Promise<void> {
  for (const deadline = performance.now() + withinMs; !(await holds()) && performance.now() < deadline; ) {
    await sleep(100);
  }
}

describe('the process of apigen dev', () => {
  it(
    'comes back under 200 MB, with all it started, when 20 functions with Dynamoose were called and nothing is asked',
    async () => {
      const dev = await start();
      const { pid } = dev;
      for (const name of names) expect(await ask(dev, name)).toEqual({ calls: 1, text: 'written' });
      const builders = await childProcesses(pid);
      expect(builders.map(({ command }) => command)).toEqual(['esbuild']);
      // Elsewhere than on Linux it is not told what a process holds alone.
      if (process.platform === 'linux') {
        expect(memoryMb(pid)).toBeGreaterThan(IDLE_MB);
        await until(() => memoryMb(pid) < IDLE_MB, WITHIN_MS);
        expect(memoryMb(pid)).toBeLessThan(IDLE_MB);
        expect(await childProcesses(pid)).toEqual([]);
      }
      // The last is still warm, the first starts anew, and a save is built as ever.
      expect(await ask(dev, 'note19')).toEqual({ calls: 2, text: 'written' });
      expect(await ask(dev, 'note0')).toEqual({ calls: 1, text: 'written' });
      const starts = () => dev.events().flatMap((event) => (event.type === 'request' ? [event.start] : []));
      // The line of a request comes after its answer.
      await until(() => starts().length === names.length + 2, 5_000);
      expect(starts()).toEqual([...names.map(() => 'cold'), 'warm', 'cold']);
      await project.write({ 'src/note0.ts': handler.replace('calls: ++calls, text', "text: 'saved'") });
      await until(async () => JSON.stringify(await ask(dev, 'note0')).includes('saved'), 15_000);
      expect(await ask(dev, 'note0')).toMatchObject({ text: 'saved' });
      expect(await dev.stop()).toBe(0);
    },
    WITHIN_MS + 60_000,
  );

  it.each(['SIGINT', 'SIGTERM', 'SIGKILL'] as const)(
    'ends soon on %s, and leaves none of its own behind',
    async (signal) => {
      const dev = await start();
      await ask(dev, 'note1');
      const started = await childProcesses(dev.pid);
      expect(started).not.toEqual([]);
      const asked = performance.now();
      expect(await dev.stop(signal)).toBe(signal === 'SIGKILL' ? -1 : 0);
      await until(async () => (await Promise.all(started.map(({ pid }) => hasEnded(pid)))).every(Boolean), 5_000);
      expect(await Promise.all(started.map(({ pid }) => hasEnded(pid)))).toEqual(started.map(() => true));
      expect(performance.now() - asked).toBeLessThan(3_000);
    },
  );

  it('ends as soon while it builds and reads models', async () => {
    const dev = await start();
    const asked = names.slice(0, 3).map((name) => ask(dev, name).catch(() => undefined));
    await until(async () => (await childProcesses(dev.pid)).some(({ command }) => command === 'esbuild'), 5_000);
    const started = await childProcesses(dev.pid);
    const told = performance.now();
    expect(await dev.stop()).toBe(0);
    expect(performance.now() - told).toBeLessThan(3_000);
    await Promise.all(asked);
    await until(async () => (await Promise.all(started.map(({ pid }) => hasEnded(pid)))).every(Boolean), 5_000);
    expect(await Promise.all(started.map(({ pid }) => hasEnded(pid)))).toEqual(started.map(() => true));
  });
});
