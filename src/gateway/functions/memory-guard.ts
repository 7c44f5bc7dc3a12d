// Ends a function that fills the process's memory without ever letting its own thread look: a loop that allocates
// buffers, which lie outside the heap that V8 bounds. Threads that still beat are left to their own check.

export interface Guarded {
  readonly limitBytes: number;
  /** Grows while the thread's event loop turns. */
  beats(): number;
  /** Ends the thread for its memory. */
  kill(): void;
}

interface Watched {
  beats: number;
  /** When it was last seen beating, by `performance.now()`. */
  seenAt: number;
}

const LOOK_EVERY_MS = 50;
/** Threads beat every 100 ms; one that is merely busy must not be taken for blocked. */
const BLOCKED_AFTER_MS = 250;
/** The server's own work may grow so much beside them. */
const SLACK_BYTES = 256 * 1024 * 1024;
/** What a warm thread without work may hold. */
const IDLE_BYTES = 128 * 1024 * 1024;
const BASELINE_EVERY_MS = 1_000;

export class MemoryGuard {
  readonly #alive = new Set<Guarded>();
  readonly #running = new Map<Guarded, Watched>();
  #timer: NodeJS.Timeout | undefined;
  #baselineBytes = 0;
  #baselineAt = Number.NEGATIVE_INFINITY;

  /** A thread starts. */
  add(guarded: Guarded): void {
    this.#alive.add(guarded);
  }

  /** It is gone. */
  remove(guarded: Guarded): void {
    this.#alive.delete(guarded);
    this.#running.delete(guarded);
  }

  /** An invocation starts. */
  enter(guarded: Guarded): void {
    const now = performance.now();
    if (this.#running.size === 0 && now - this.#baselineAt > BASELINE_EVERY_MS) {
      this.#baselineBytes = process.memoryUsage.rss();
      this.#baselineAt = now;
    }
    this.#running.set(guarded, { beats: guarded.beats(), seenAt: now });
    this.#timer ??= setInterval(() => this.#look(), LOOK_EVERY_MS).unref();
  }

  /** It ended. */
  leave(guarded: Guarded): void {
    this.#running.delete(guarded);
  }

  close(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  #look(): void {
    if (this.#running.size === 0) {
      this.close();
      return;
    }
    const now = performance.now();
    let allowed = this.#baselineBytes + SLACK_BYTES;
    for (const idle of this.#alive) if (!this.#running.has(idle)) allowed += Math.min(idle.limitBytes, IDLE_BYTES);
    let suspect: readonly [Guarded, Watched] | undefined;
    for (const [guarded, watched] of this.#running) {
      allowed += guarded.limitBytes;
      const beats = guarded.beats();
      if (beats !== watched.beats) Object.assign(watched, { beats, seenAt: now });
      if (now - watched.seenAt < BLOCKED_AFTER_MS) continue;
      if (suspect === undefined || watched.seenAt < suspect[1].seenAt) suspect = [guarded, watched];
    }
    if (suspect === undefined || process.memoryUsage.rss() <= allowed) return;
    this.leave(suspect[0]);
    suspect[0].kill();
  }
}
