// A function that a topic or a schedule calls: each event by itself, tried twice again when it fails, as Lambda does
// with asynchronous calls. https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html

import { Nap } from '../nap.ts';
import {
  againIn,
  BROKEN_LOOK_MS,
  callFunction,
  delivered,
  retryDelay,
  type TriggerPorts,
  type TriggerTarget,
} from './call-function.ts';
import { LOOP_LIMIT, stoppedLoop } from './lineage.ts';

const RETRIES = 2;
/** What may wait for a function at once; Lambda drops after six hours. */
const MOST_WAITING = 10_000;

export class AsyncTrigger {
  readonly #target: TriggerTarget;
  readonly #ports: TriggerPorts;
  readonly #nap = new Nap();
  #waiting = 0;
  #told = '';

  constructor(target: TriggerTarget, ports: TriggerPorts) {
    this.#target = target;
    this.#ports = ports;
  }

  /** @param depth how many functions in a row brought the event about */
  fire(event: unknown, depth = 0): void {
    if (depth >= LOOP_LIMIT) {
      this.#drop(stoppedLoop(this.#target.function, 'sends'));
    } else if (this.#waiting >= MOST_WAITING) this.#drop(`more than ${MOST_WAITING} events wait`);
    else void this.#run(event, depth + 1);
  }

  wake(): void {
    this.#nap.wake();
  }

  close(): void {
    this.#nap.end();
  }

  async #run(event: unknown, depth: number): Promise<void> {
    this.#waiting += 1;
    for (let calls = 1; !this.#nap.isOver; calls += 1) {
      const called = await callFunction(this.#ports, this.#target, event, depth);
      const { outcome } = called;
      if (outcome.type === 'broken') {
        calls -= 1;
        await this.#hold(outcome.reason);
        continue;
      }
      this.#told = '';
      const isLast = outcome.type === 'success' || calls > RETRIES;
      const delayMs = retryDelay(this.#ports, calls);
      const end =
        outcome.type === 'success'
          ? ({ outcome: 'done' } as const)
          : isLast
            ? ({ outcome: 'dropped', reason: outcome.reason, next: 'given up' } as const)
            : ({ outcome: 'failed', reason: outcome.reason, next: againIn(delayMs) } as const);
      this.#ports.report(delivered(this.#target, 1, called, end));
      if (isLast) break;
      await this.#nap.sleep(delayMs);
    }
    this.#waiting -= 1;
  }

  /** Said once for all that wait. */
  async #hold(reason: string): Promise<void> {
    if (this.#told !== reason) {
      const end = { outcome: 'waiting', reason, next: 'again once it runs' } as const;
      this.#ports.report({ ...this.#target, records: 1, ms: 0, ...end });
    }
    this.#told = reason;
    await this.#nap.sleep(BROKEN_LOOK_MS);
  }

  #drop(reason: string): void {
    this.#ports.report({ ...this.#target, records: 1, ms: 0, outcome: 'dropped', reason });
  }
}
