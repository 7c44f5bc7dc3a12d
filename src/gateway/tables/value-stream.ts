// What dynalite's queries read: values of a range, as events. dynalite's own stream asks LevelDB for one value at a
// time, and lets an error in a filter end the process; this one reads in blocks and hands the error to the request.

import { Stream } from 'node:stream';
import type { Level, ValueRange } from './dynalite.ts';

const BLOCK = 128;

export class ValueStream extends Stream {
  #stopped = false;

  /** @param failed what a listener threw: the answer cannot be computed */
  constructor(level: Level, range: ValueRange, failed: (error: unknown) => void) {
    super();
    // Listeners come after construction.
    setImmediate(() => void this.#pump(level, range).catch(failed));
  }

  /** dynalite calls this when it has enough. */
  destroy(): void {
    this.#stopped = true;
  }

  async #pump(level: Level, range: ValueRange): Promise<void> {
    // The iterator reads a snapshot: a batch applied meanwhile is not seen by halves.
    const values = level.values(range);
    try {
      while (!this.#stopped) {
        const block = await values.nextv(BLOCK);
        if (block.length === 0) break;
        for (const value of block) {
          if (this.#stopped) break;
          this.emit('data', value);
        }
      }
    } finally {
      await values.close();
    }
    this.emit('end');
  }
}
