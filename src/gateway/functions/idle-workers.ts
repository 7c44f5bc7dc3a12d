// Which workers stay warm: those that were used last, as far as what they hold fits a budget. Beyond it the longest
// unused end, as Lambda reclaims environments; never one that runs, or that was used a moment ago.

export interface IdleWorker {
  /** Its heap and buffers, as its thread measured them last. */
  readonly heldBytes: number;
}

export interface IdleBudget {
  /** What idle workers may hold together. */
  readonly bytes: number;
  /** So long after its last call a worker stays in any case. */
  readonly graceMs: number;
}

/** Some six workers with Dynamoose, or twice as many without. */
export const IDLE_BUDGET: IdleBudget = { bytes: 80 * 1024 * 1024, graceMs: 10_000 };
/** Stay however much they hold: whoever calls two large functions in turn must not load them each time. */
const ALWAYS_KEPT = 2;

interface Resting {
  /** By `performance.now()`. */
  readonly since: number;
  readonly end: () => void;
}

export class IdleWorkers {
  readonly #budget: IdleBudget;
  /** The longest unused first. */
  readonly #resting = new Map<IdleWorker, Resting>();
  #timer: NodeJS.Timeout | undefined;

  constructor(budget: IdleBudget) {
    this.#budget = budget;
  }

  /** It has nothing to do from now on. @param end ends it; called at most once, and not after {@link wake} */
  rest(worker: IdleWorker, end: () => void): void {
    this.#resting.delete(worker);
    this.#resting.set(worker, { since: performance.now(), end });
    if (this.#timer === undefined) this.#lookIn(this.#budget.graceMs);
  }

  /** It is called, or gone. */
  wake(worker: IdleWorker): void {
    this.#resting.delete(worker);
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#resting.clear();
  }

  #lookIn(ms: number): void {
    this.#timer = setTimeout(() => this.#look(), Math.ceil(ms)).unref();
  }

  #look(): void {
    this.#timer = undefined;
    const { bytes, graceMs } = this.#budget;
    const dueBefore = performance.now() - graceMs;
    let held = 0;
    for (const worker of this.#resting.keys()) held += worker.heldBytes;
    let latest = Number.NEGATIVE_INFINITY;
    for (const [worker, { since, end }] of this.#resting) {
      latest = since;
      if (since > dueBefore || held <= bytes || this.#resting.size <= ALWAYS_KEPT) continue;
      held -= worker.heldBytes;
      this.#resting.delete(worker);
      end();
    }
    if (latest > dueBefore) this.#lookIn(latest - dueBefore);
  }
}
