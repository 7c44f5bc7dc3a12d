// The calls that a worker holds, in the order in which it answers them: the first is running, the others were sent
// ahead, so that a quick function need not wait for its next event.

import type { InvocationResult } from '../exchange.ts';
import { Claims, MOST_HELD } from './claims.ts';

export interface Call {
  readonly event: string;
  readonly route: string;
  readonly requestId: string;
  /** How many functions in a row brought it about, this one included; absent: nothing of that is known. */
  readonly depth?: number | undefined;
}

/** What became of a call; nothing when it was taken back before it began, and another worker is to run it. */
export type CallEnd = InvocationResult | undefined;

export interface HeldCall {
  readonly call: Call;
  readonly number: number;
  readonly finish: (end: CallEnd) => void;
}

export class HeldCalls {
  readonly claims = new Claims();
  readonly #held: HeldCall[] = [];
  #added = 0;
  #answered = 0;

  get count(): number {
    return this.#held.length;
  }

  get first(): HeldCall | undefined {
    return this.#held[0];
  }

  /** Calls that were taken back count until the thread has passed them. */
  get hasRoom(): boolean {
    return this.#added - this.#answered < MOST_HELD;
  }

  add(call: Call, finish: (end: CallEnd) => void): HeldCall {
    const held = { call, number: this.#added, finish };
    this.#added += 1;
    this.claims.offer(held.number);
    this.#held.push(held);
    return held;
  }

  /** The first has its end. */
  answer(result: InvocationResult): void {
    const held = this.#held.shift();
    if (held === undefined) return;
    this.#answered = held.number + 1;
    held.finish(result);
  }

  /** Takes back what has not begun behind the first. @returns whether the first is all that is left */
  takeBack(): boolean {
    const ahead = this.#held.splice(1);
    const taken = ahead.filter(({ number }) => this.claims.takeBack(number));
    this.#held.push(...ahead.filter((held) => !taken.includes(held)));
    const isAlone = this.#held.length === 1;
    for (const { finish } of taken) finish(undefined);
    return isAlone;
  }

  /**
   * The worker is gone: what ran fails, the rest is taken back. The very first call of a worker fails in any case: a
   * module that ends its thread once it is loaded would otherwise be started for ever.
   */
  fail(resultOf: (call: Call) => InvocationResult): void {
    for (const { call, number, finish } of this.#held.splice(0)) {
      const isLost = number > 0 && this.claims.takeBack(number);
      finish(isLost ? undefined : resultOf(call));
    }
  }
}
