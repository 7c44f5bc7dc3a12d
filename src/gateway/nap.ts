// A wait that can be cut short: after a save that heals a function what failed is tried again at once, and nothing
// waits any longer when all ends.

export class Nap {
  readonly #sleepers = new Set<() => void>();
  #over = false;

  /** Over for good: no sleep lasts from now on. */
  get isOver(): boolean {
    return this.#over;
  }

  /** Resolves after so long, or when {@link wake} is called. Keeps no process alive. */
  sleep(ms: number): Promise<void> {
    if (this.#over) return Promise.resolve();
    return new Promise((resolve) => {
      const end = (): void => {
        clearTimeout(timer);
        this.#sleepers.delete(end);
        resolve();
      };
      const timer = setTimeout(end, ms).unref();
      this.#sleepers.add(end);
    });
  }

  wake(): void {
    for (const end of [...this.#sleepers]) end();
  }

  end(): void {
    this.#over = true;
    this.wake();
  }
}
