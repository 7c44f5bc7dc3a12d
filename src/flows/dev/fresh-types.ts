// Generated types under dev: brought up to date beside every reload, where a project has them. One run at a time; what
// changes meanwhile makes another. A project that is broken keeps its types: dev says what is wrong with it anyway.

import { refreshTypes } from '../types/refresh-types.ts';

export class FreshTypes {
  readonly #root: string;
  readonly #note: (text: string) => void;
  #running: Promise<void> | undefined;
  #again = false;

  /** @param note told which files changed */
  constructor(root: string, note: (text: string) => void) {
    this.#root = root;
    this.#note = note;
  }

  refresh(): void {
    this.#again = this.#running !== undefined;
    this.#running ??= this.#run().finally(() => {
      this.#running = undefined;
      if (this.#again) this.refresh();
    });
  }

  /** Starts no more, and waits for the one that runs. */
  async close(): Promise<void> {
    this.#again = false;
    await this.#running;
  }

  async #run(): Promise<void> {
    try {
      const files = (await refreshTypes(this.#root))?.files ?? [];
      if (files.length > 0) this.#note(`Types: ${files.join(', ')}`);
    } catch (cause) {
      this.#note(`Types stayed as they were: ${String(cause)}`);
    }
  }
}
