// Whose a call is that was sent to a worker before the worker was free: one word for each, in memory that both threads
// see. The thread claims it when it begins, the server when it takes it back; whoever comes first has it, so that no
// call is ever run twice and none is lost with its worker.

/** A worker may hold so many calls that it has not answered. */
export const MOST_HELD = 32;

// Words are used again. Answers come in order, so that those of the last 32 calls are all that can still be asked for.
const WORDS = 2 * MOST_HELD;
const SENT = 0;
const BEGUN = 1;
const TAKEN_BACK = 2;

/** Calls are numbered from 0 in the order in which they were sent. */
export class Claims {
  readonly buffer: SharedArrayBuffer;
  readonly #words: Int32Array;

  constructor(buffer = new SharedArrayBuffer(WORDS * Int32Array.BYTES_PER_ELEMENT)) {
    this.buffer = buffer;
    this.#words = new Int32Array(buffer);
  }

  /** Of the server: the call is about to be sent. */
  offer(call: number): void {
    Atomics.store(this.#words, call % WORDS, SENT);
  }

  /** Of the thread. @returns false: it was taken back and is to be forgotten */
  begin(call: number): boolean {
    return this.#claim(call, BEGUN);
  }

  /** Of the server. @returns false: it is running already, or ran */
  takeBack(call: number): boolean {
    return this.#claim(call, TAKEN_BACK);
  }

  hasBegun(call: number): boolean {
    return Atomics.load(this.#words, call % WORDS) === BEGUN;
  }

  #claim(call: number, as: number): boolean {
    return Atomics.compareExchange(this.#words, call % WORDS, SENT, as) === SENT;
  }
}
