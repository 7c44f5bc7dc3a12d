// One writer at a time: what runs in the gate sees no other write of this process between its first read and its last
// write. Reads of single items need no gate, since LevelDB applies a batch whole.

export class WriteGate {
  #last: Promise<unknown> = Promise.resolve();

  /** Runs `work` after all earlier work has ended, well or not. */
  run<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(work, work);
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  /** Resolves when all that was asked for so far has ended. */
  async idle(): Promise<void> {
    await this.#last;
  }
}
