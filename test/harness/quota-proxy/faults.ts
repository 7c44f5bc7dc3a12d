// Failures on the way, injected by chance (replayable by seed) or by order: server errors before or after the change
// took effect, connections reset at either moment, and answers that never come.

import type { ControlCall } from './control-call.ts';
import { SeededDraw } from './seeded-draw.ts';

export type Fault =
  /** A hard limit of the account, under the name and status that throttles have too; the call is not sent on. */
  | 'limit'
  /** 500 without sending the call on. */
  | 'error-before'
  /** 503 though the emulator has carried the call out. */
  | 'error-after'
  | 'reset-before'
  | 'reset-after'
  /** The emulator carries the call out; the client waits for nothing. */
  | 'silence-after';

export interface OrderedFault {
  readonly fault: Fault;
  readonly operation: string;
  readonly service?: string | undefined;
  readonly resource?: string | undefined;
  /** Which of the matching calls, counted from 1. Default 1. */
  readonly nth?: number | undefined;
  /** How many from there on. Default 1. */
  readonly times?: number | undefined;
}

/** Shares of all control calls, each from 0 to 1. */
export type FaultShares = Readonly<Partial<Record<Fault, number>>>;

export class Faults {
  readonly #draw: SeededDraw;
  readonly #shares: readonly (readonly [Fault, number])[];
  readonly #ordered: { readonly order: OrderedFault; seen: number }[];

  constructor(seed: string, shares: FaultShares, ordered: readonly OrderedFault[]) {
    this.#draw = new SeededDraw(seed);
    this.#shares = Object.entries(shares) as [Fault, number][];
    this.#ordered = ordered.map((order) => ({ order, seen: 0 }));
  }

  add(order: OrderedFault): void {
    this.#ordered.push({ order, seen: 0 });
  }

  /** What shall happen to this call, if anything. */
  next(call: ControlCall): Fault | undefined {
    return this.#nextOrdered(call) ?? this.#nextByChance(call);
  }

  #nextOrdered(call: ControlCall): Fault | undefined {
    let due: Fault | undefined;
    for (const entry of this.#ordered) {
      const { operation, service, resource, nth = 1, times = 1, fault } = entry.order;
      if (operation !== call.operation) continue;
      if ((service ?? call.service) !== call.service || (resource ?? call.resource) !== call.resource) continue;
      entry.seen += 1;
      if (entry.seen >= nth && entry.seen < nth + times) due ??= fault;
    }
    return due;
  }

  #nextByChance(call: ControlCall): Fault | undefined {
    if (this.#shares.length === 0) return undefined;
    let left = this.#draw.next(`${call.service} ${call.operation} ${call.resource ?? ''}`);
    for (const [fault, share] of this.#shares) {
      if (left < share) return fault;
      left -= share;
    }
    return undefined;
  }
}
