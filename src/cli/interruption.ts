// Ctrl-C and SIGTERM: the first asks the command to drain, the second leaves at once.

import type { EventEmitter } from 'node:events';

export interface Interruption {
  /** Aborted by the first signal. */
  readonly signal: AbortSignal;
  /** Aborts without a signal, as when the reader of stdout has gone. */
  abort(): void;
  /** Gives the signals back to the process. */
  release(): void;
}

export interface InterruptionOptions {
  /** `process`; an emitter in tests. */
  readonly signals: EventEmitter;
  onFirst(): void;
  onSecond(): void;
}

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

export function watchInterruption({ signals, onFirst, onSecond }: InterruptionOptions): Interruption {
  const controller = new AbortController();
  let received = 0;
  const receive = (): void => {
    received += 1;
    controller.abort();
    if (received === 1) onFirst();
    else onSecond();
  };
  for (const name of SIGNALS) signals.on(name, receive);
  return {
    signal: controller.signal,
    abort: () => controller.abort(),
    release() {
      for (const name of SIGNALS) signals.off(name, receive);
    },
  };
}
