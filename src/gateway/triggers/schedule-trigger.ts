// A function that a schedule calls: with EventBridge's event, or the one that apigen.yml gives it.

import { randomUUID } from 'node:crypto';
import { Nap } from '../nap.ts';
import { AsyncTrigger } from './async-trigger.ts';
import type { TriggerPorts, TriggerTarget } from './call-function.ts';
import type { ScheduleTimes } from './schedule-times.ts';

export interface ScheduleTriggerOptions {
  readonly target: TriggerTarget;
  readonly ports: TriggerPorts;
  readonly times: ScheduleTimes;
  readonly rule: { readonly arn: string; readonly region: string; readonly account: string };
  /** Instead of EventBridge's event. */
  readonly input?: unknown;
  /** Milliseconds since 1970; default the system's clock. */
  now?(): number;
}

/** A clock that is set, or a machine that slept, is noticed within this time; timers hold no longer than 24 days. */
const LOOK_MS = 30_000;

export class ScheduleTrigger {
  readonly #options: ScheduleTriggerOptions;
  readonly #called: AsyncTrigger;
  readonly #nap = new Nap();

  constructor(options: ScheduleTriggerOptions) {
    this.#options = options;
    this.#called = new AsyncTrigger(options.target, options.ports);
    void this.#run();
  }

  next(): Date | undefined {
    return this.#options.times.next(this.#now());
  }

  /** Calls its function now, as if it were due. */
  fire(): void {
    this.#called.fire(this.#event(this.#now()));
  }

  /** Tries at once what failed; the time of the next call stays. */
  wake(): void {
    this.#called.wake();
  }

  close(): void {
    this.#nap.end();
    this.#called.close();
  }

  async #run(): Promise<void> {
    for (let due = this.next(); due !== undefined && !this.#nap.isOver; ) {
      const leftMs = due.getTime() - this.#now().getTime();
      if (leftMs > 0) await this.#nap.sleep(Math.min(leftMs, LOOK_MS));
      else {
        this.#called.fire(this.#event(due));
        // What a machine missed while it slept is not made up for.
        due = this.next();
      }
    }
  }

  /** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-run-lambda-schedule.html */
  #event(due: Date): unknown {
    const { input, rule } = this.#options;
    if (input !== undefined) return input;
    return {
      version: '0',
      id: randomUUID(),
      'detail-type': 'Scheduled Event',
      source: 'aws.events',
      account: rule.account,
      time: due.toISOString().replace(/\.\d+/, ''),
      region: rule.region,
      resources: [rule.arn],
      detail: {},
    };
  }

  #now(): Date {
    return new Date(this.#options.now?.() ?? Date.now());
  }
}
