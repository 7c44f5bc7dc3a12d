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
 * @param needs items that must be done before; those outside `items` count as done
 */
export async function schedule<T>(
  items: readonly T[],
  needs: (item: T) => readonly T[],
  work: (item: T) => Promise<void>,
  options: ScheduleOptions,
): Promise<ScheduleOutcome<T>> {
  const waiting = new Set(items);
  const open = new Set(items);
  const running = new Set<Promise<void>>();
  const done: T[] = [];
  const failures: { item: T; error: unknown }[] = [];

  const isReady = (item: T): boolean => needs(item).every((need) => !open.has(need));
  const start = (item: T): void => {
    waiting.delete(item);
    const task = (async () => {
      try {
        await work(item);
        open.delete(item);
        done.push(item);
      } catch (error) {
        failures.push({ item, error });
      }
    })().finally(() => running.delete(task));
    running.add(task);
  };

  for (;;) {
    if (failures.length === 0 && !options.signal?.aborted) {
      for (const item of waiting) {
        if (running.size >= options.parallel) break;
        if (isReady(item)) start(item);
      }
    }
    if (running.size === 0) break;
    await Promise.race(running);
  }
  return { done, failures, notStarted: [...waiting] };
}
