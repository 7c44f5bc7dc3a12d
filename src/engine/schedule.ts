// Runs work over a dependency order with bounded parallelism. On a failure or an interruption nothing new starts,
// what runs is left to finish, and every error is reported: none hides another.

export interface ScheduleOptions {
  /** How many may run at once. */
  readonly parallel: number;
  readonly signal?: AbortSignal | undefined;
}

export interface ScheduleOutcome<T> {
  readonly done: readonly T[];
  readonly failures: readonly { readonly item: T; readonly error: unknown }[];
  /** Never started: something they need failed, or the run was stopped. */
  readonly notStarted: readonly T[];
}

/**
 * @param items in any order
 * @param needs items that must stand before; those outside `items` count as standing
 * @param work ends when its item is done; `stands`, called earlier, lets those that need it start while the rest of the
 * work (its row in the ledger) goes on
 */
export async function schedule<T>(
  items: readonly T[],
  needs: (item: T) => readonly T[],
  work: (item: T, stands: () => void) => Promise<void>,
  options: ScheduleOptions,
): Promise<ScheduleOutcome<T>> {
  const waiting = new Set(items);
  const open = new Set(items);
  const done: T[] = [];
  const failures: { item: T; error: unknown }[] = [];
  let running = 0;
  let wake = (): void => undefined;

  const isReady = (item: T): boolean => needs(item).every((need) => !open.has(need));
  const run = async (item: T): Promise<void> => {
    const stands = (): void => {
      open.delete(item);
      wake();
    };
    try {
      await work(item, stands);
      open.delete(item);
      done.push(item);
    } catch (error) {
      failures.push({ item, error });
    }
    running -= 1;
    wake();
  };

  for (;;) {
    const woken = new Promise<void>((resolve) => {
      wake = resolve;
    });
    if (failures.length === 0 && !options.signal?.aborted) {
      for (const item of waiting) {
        if (running >= options.parallel) break;
        if (!isReady(item)) continue;
        waiting.delete(item);
        running += 1;
        void run(item);
      }
    }
    if (running === 0) break;
    await woken;
  }
  return { done, failures, notStarted: [...waiting] };
}
