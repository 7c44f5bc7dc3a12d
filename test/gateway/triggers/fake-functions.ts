// Functions that answer as a test says, and all they were called with.

import type { InvocationResult } from '../../../src/gateway/exchange.ts';
import type { Delivery, TriggerPorts } from '../../../src/gateway/triggers/call-function.ts';

export interface Call<Event> {
  readonly function: string;
  readonly event: Event;
  readonly depth: number;
}

export interface FakeFunctions<Event> {
  readonly calls: Call<Event>[];
  readonly deliveries: Delivery[];
  readonly ports: TriggerPorts;
  /** Once `count` deliveries were reported. */
  reported(count: number): Promise<readonly Delivery[]>;
}

export const succeeds = (value: unknown = null): InvocationResult => ({
  type: 'success',
  payload: JSON.stringify(value),
});
export const fails = (errorMessage = 'boom'): InvocationResult => ({
  type: 'error',
  payload: JSON.stringify({ errorType: 'Error', errorMessage }),
});

/** @param answer may throw: the function cannot run as its files stand */
export function fakeFunctions<Event>(
  answer: (event: Event, call: number) => InvocationResult | Promise<InvocationResult>,
): FakeFunctions<Event> {
  const calls: Call<Event>[] = [];
  const deliveries: Delivery[] = [];
  let told = (): void => undefined;
  return {
    calls,
    deliveries,
    ports: {
      functions: {
        async run(name, text, { depth }) {
          const event = JSON.parse(text) as Event;
          calls.push({ function: name, event, depth });
          return { result: await answer(event, calls.length), cold: calls.length === 1 };
        },
      },
      report(delivery) {
        deliveries.push(delivery);
        told();
      },
      retryMs: () => 1,
    },
    async reported(count) {
      while (deliveries.length < count) {
        await new Promise<void>((resolve) => {
          told = resolve;
        });
      }
      return deliveries;
    },
  };
}
