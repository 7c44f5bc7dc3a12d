// The queues of a project, and what they keep between two starts: one file, written whole or not at all soon after
// something changed and when all ends. A kill may give a message of the last moment twice or lose it.

import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Message } from './message.ts';
import { Queue, type QueueSettings } from './queue.ts';

export interface QueueSetOptions {
  /** `.apigen/data/queues.json`; absent: in memory alone. */
  readonly file?: string;
  /** Forget what is there. */
  readonly fresh: boolean;
  /** Milliseconds since 1970; default the system's clock. */
  now?(): number;
  /** A sentence for the person at the terminal. */
  note(text: string): void;
}

type Kept = Readonly<Record<string, readonly Message[]>>;

const WRITE_AFTER_MS = 200;

export class QueueSet {
  readonly #options: QueueSetOptions;
  readonly #queues = new Map<string, Queue>();
  /** Of queues that are not there, by name: they may come back with the next save. */
  #kept: Kept;
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> = Promise.resolve();
  #tookMs = 0;

  private constructor(options: QueueSetOptions, kept: Kept) {
    this.#options = options;
    this.#kept = kept;
  }

  static async open(options: QueueSetOptions): Promise<QueueSet> {
    const { file, fresh, note } = options;
    if (file === undefined) return new QueueSet(options, {});
    if (fresh) await rm(file, { force: true });
    return new QueueSet(options, await read(file, note));
  }

  /** By its physical name. */
  get(name: string): Queue | undefined {
    return this.#queues.get(name);
  }

  /** These and no others; messages stay with their queue, whatever its settings. */
  converge(wanted: readonly QueueSettings[]): void {
    const kept: Record<string, readonly Message[]> = { ...this.#kept };
    for (const [name, queue] of this.#queues) {
      if (wanted.some((settings) => settings.name === name)) continue;
      kept[name] = queue.messages();
      queue.close();
      this.#queues.delete(name);
    }
    for (const settings of wanted) {
      const present = this.#queues.get(settings.name);
      if (present !== undefined) present.settings = settings;
      else this.#queues.set(settings.name, this.#make(settings, kept[settings.name] ?? []));
      delete kept[settings.name];
    }
    this.#kept = kept;
  }

  /** Nobody waits for a message any more, and what is there is kept. */
  async close(): Promise<void> {
    for (const queue of this.#queues.values()) queue.close();
    const isDue = this.#timer !== undefined;
    clearTimeout(this.#timer);
    await this.#writing;
    if (isDue) await this.#write();
  }

  #make(settings: QueueSettings, kept: readonly Message[]): Queue {
    const now = this.#options.now ?? Date.now;
    // Who held a message is gone.
    const messages = kept.map(({ receipt, ...message }) => ({
      ...message,
      visibleAt: receipt === undefined ? message.visibleAt : now(),
    }));
    const deadLetters = (queue: QueueSettings): Queue | undefined => this.#queues.get(queue.deadLetter?.name ?? '');
    return new Queue(settings, messages, deadLetters, () => this.#changed(), now);
  }

  #changed(): void {
    if (this.#options.file === undefined) return;
    // The more there is, the more rarely it is written.
    this.#timer ??= setTimeout(
      () => {
        this.#timer = undefined;
        this.#writing = this.#writing.then(() => this.#write());
      },
      WRITE_AFTER_MS + 10 * this.#tookMs,
    ).unref();
  }

  async #write(): Promise<void> {
    const { file, note } = this.#options;
    if (file === undefined) return;
    const started = performance.now();
    const held = [...this.#queues].map(([name, queue]) => [name, queue.messages()] as const);
    const all = Object.entries({ ...this.#kept, ...Object.fromEntries(held) }).filter(([, list]) => list.length > 0);
    try {
      await mkdir(dirname(file), { recursive: true });
      await writeFile(`${file}.${process.pid}`, JSON.stringify(Object.fromEntries(all)));
      await rename(`${file}.${process.pid}`, file);
    } catch (cause) {
      note(`Messages of queues could not be kept in ${file}: ${String(cause)}`);
    }
    this.#tookMs = performance.now() - started;
  }
}

async function read(file: string, note: (text: string) => void): Promise<Kept> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Kept;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'ENOENT') {
      note(`${file} cannot be read, so that the queues start empty: ${String(cause)}`);
    }
    return {};
  }
}
