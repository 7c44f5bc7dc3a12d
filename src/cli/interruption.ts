// Ctrl-C, SIGTERM and a terminal that is closed: the first asks the command to drain, the second leaves at once.

import type { EventEmitter } from 'node:events';

export interface Interruption {
  /** Aborted by the first signal. */
  readonly signal: AbortSignal;
  /** Aborts without a signal, as when the reader of stdout has gone. */
  abort(): void;
  /** As a signal does: where Ctrl-C comes as a key. */
  interrupt(): void;
  /** Gives the signals back to the process. */
  release(): void;
}

export interface InterruptionOptions {
  /** `process`; an emitter in tests. */
  readonly signals: EventEmitter;
  /** With a terminal, whose end is one. Without, as under nohup, whoever hung up is not to be heard. */
  readonly hasTerminal: boolean;
  onFirst(): void;
  onSecond(): void;
}

export function watchInterruption(options: InterruptionOptions): Interruption {
  const { signals, hasTerminal, onFirst, onSecond } = options;
  const controller = new AbortController();
  let received = 0;
  const receive = (): void => {
    received += 1;
    controller.abort();
    if (received === 1) onFirst();
    else onSecond();
  };
  // The shell and the system both tell of a terminal that is closed: that is once.
  const hangUp = (): void => {
    if (received === 0) receive();
  };
  const heard = [
    ['SIGINT', receive],
    ['SIGTERM', receive],
    ...(hasTerminal ? [['SIGHUP', hangUp] as const] : []),
  ] as const;
  for (const [name, hear] of heard) signals.on(name, hear);
  return {
    signal: controller.signal,
    abort: () => controller.abort(),
    interrupt: receive,
    release() {
      for (const [name, hear] of heard) signals.off(name, hear);
    },
  };
}
