// Bounds what the clients of an API can make it hold: messages in hand per client and in all, and answers a client
// leaves unread. A client over its bound is not read from, so that what it sends waits in its own buffers.

import type { WebSocketLimits } from './limits.ts';

/** One client's stream of messages. */
export interface Tap {
  pause(): void;
  resume(): void;
  /** The client has not read what it was sent. */
  congested(): boolean;
}

export class Intake {
  readonly #limits: WebSocketLimits;
  // Clients that could go on but for what all others have in hand.
  readonly #waiting = new Set<TapState>();
  #bytes = 0;

  constructor(limits: WebSocketLimits) {
    this.#limits = limits;
  }

  open(tap: Tap): TapState {
    return new TapState(tap, this.#limits, this);
  }

  get full(): boolean {
    return this.#bytes >= this.#limits.allBytesInHand;
  }

  take(bytes: number): void {
    this.#bytes += bytes;
  }

  release(bytes: number): void {
    this.#bytes -= bytes;
    let resumed = 0;
    // All of them once there is much room: one that was let go first may have nothing to send.
    const roomy = this.#bytes < this.#limits.allBytesInHand / 2;
    for (const state of this.#waiting) {
      if (this.full || (resumed >= 4 && !roomy)) return;
      this.#waiting.delete(state);
      state.reconsider();
      resumed += 1;
    }
  }

  wait(state: TapState): void {
    this.#waiting.add(state);
  }

  forget(state: TapState): void {
    this.#waiting.delete(state);
  }
}

export class TapState {
  readonly #tap: Tap;
  readonly #limits: WebSocketLimits;
  readonly #intake: Intake;
  #inHand = 0;
  #paused = false;
  #ended = false;

  constructor(tap: Tap, limits: WebSocketLimits, intake: Intake) {
    this.#tap = tap;
    this.#limits = limits;
    this.#intake = intake;
  }

  /** A message of that size is in hand until the returned function is called. */
  begin(bytes: number): () => void {
    this.#inHand += 1;
    this.#intake.take(bytes);
    this.reconsider();
    return () => {
      this.#inHand -= 1;
      this.#intake.release(bytes);
      this.reconsider();
    };
  }

  /** Reads on or stops reading, as things stand now. */
  reconsider(): void {
    if (this.#ended) return;
    const own = this.#inHand >= this.#limits.messagesInHand || this.#tap.congested();
    const blocked = own || this.#intake.full;
    if (!own && blocked) this.#intake.wait(this);
    if (blocked === this.#paused) return;
    this.#paused = blocked;
    if (blocked) this.#tap.pause();
    else this.#tap.resume();
  }

  end(): void {
    this.#ended = true;
    this.#intake.forget(this);
  }
}
