// A hook that kills a client at one chosen moment of one chosen call, for sweeps over all of them.

import type { Hook, Phase } from './options.ts';

export interface CrashPoint {
  /** Counts control calls from 1. */
  readonly call: number;
  readonly phase: Phase;
}

/**
 * Calls `kill` at the point, and cuts that call's connection: one killed before the emulator saw it is never carried
 * out. Calls that arrived earlier go their way, as they would at AWS.
 */
export function crashAt(point: CrashPoint, kill: () => void): Hook {
  return (call, phase) => {
    if (call.number !== point.call || phase !== point.phase) return undefined;
    kill();
    return 'drop';
  };
}
