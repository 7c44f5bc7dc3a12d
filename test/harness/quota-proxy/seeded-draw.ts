// Chance that can be replayed: a number for each call from the seed, what the call is, and how often it came, so that
// the order in which parallel calls arrive does not matter.

import { createHash } from 'node:crypto';

export class SeededDraw {
  readonly #seed: string;
  readonly #times = new Map<string, number>();

  constructor(seed: string) {
    this.#seed = seed;
  }

  /** In [0, 1); a new one each time the same key is drawn. */
  next(key: string): number {
    const time = (this.#times.get(key) ?? 0) + 1;
    this.#times.set(key, time);
    const digest = createHash('sha256').update(`${this.#seed}\n${key}\n${time}`).digest();
    return digest.readUInt32BE(0) / 2 ** 32;
  }
}
