// Ends what takes too long. One timer serves all calls of a worker, one after the other: setting one for each would
// cost more than many a handler. For a function under a debugger only the time counts in which its thread's event loop
// turns: one that is held at a breakpoint is not late.

const LOOK_EVERY_MS = 100;

export class TimeLimit {
  readonly #limitMs: number;
  readonly #onOver: () => void;
  readonly #beats: (() => number) | undefined;
  #timer: NodeJS.Timeout | undefined;
  #isRunning = false;
  #startedAt = 0;
  #beatenMs = 0;
  #lastBeat = 0;

  /** @param beats grows while the thread's event loop turns; absent: every millisecond counts */
  constructor(limitMs: number, onOver: () => void, beats?: () => number) {
    this.#limitMs = limitMs;
    this.#onOver = onOver;
    this.#beats = beats;
  }

  /** From now on; what was counted before is forgotten. */
  restart(): void {
    this.#isRunning = true;
    this.#startedAt = performance.now();
    this.#beatenMs = 0;
    // A timer that still stands ends early at worst, and is set again for the rest.
    if (this.#timer === undefined) this.#set(this.#limitMs);
    else this.#timer.ref();
  }

  /** Nothing is running. */
  stop(): void {
    this.#isRunning = false;
    this.#timer?.unref();
  }

  #set(forMs: number): void {
    const ms = this.#beats === undefined ? Math.ceil(forMs) : LOOK_EVERY_MS;
    this.#timer = setTimeout(() => this.#look(), ms);
  }

  #look(): void {
    this.#timer = undefined;
    if (!this.#isRunning) return;
    const leftMs = this.#limitMs - this.#countedMs();
    if (leftMs > 0) this.#set(leftMs);
    else this.#onOver();
  }

  #countedMs(): number {
    if (this.#beats === undefined) return performance.now() - this.#startedAt;
    const beat = this.#beats();
    if (beat !== this.#lastBeat) this.#beatenMs += LOOK_EVERY_MS;
    this.#lastBeat = beat;
    return this.#beatenMs;
  }
}
