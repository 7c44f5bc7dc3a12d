// What a quota proxy can be asked to do, and what it offers while it runs.

import type { LoggedCall } from './call-log.ts';
import type { ControlCall } from './control-call.ts';
import type { FaultShares, OrderedFault } from './faults.ts';

/**
 * `received`: nothing was sent on; `committed`: carried out, not answered; `answered`: the client has its answer. A call
 * that is refused on the way is never committed.
 */
export type Phase = 'received' | 'committed' | 'answered';

export interface HookedCall extends ControlCall {
  /** Counts control calls from 1. */
  readonly number: number;
}

/** May take its time, which holds the call; `drop` cuts the client's connection and goes no further. */
export type Hook = (call: HookedCall, phase: Phase) => undefined | 'drop' | Promise<undefined | 'drop'>;

export interface QuotaProxyOptions {
  /** The emulator: `http://127.0.0.1:4566`. */
  readonly target: string;
  /** Default: any free one. */
  readonly port?: number | undefined;
  /** Added to every control call. Default 0. */
  readonly latencyMs?: number | undefined;
  /** Enforce the documented quotas. Default true. */
  readonly quotas?: boolean | undefined;
  /** Until a new role can be used by Lambda. Default 0. */
  readonly rolePropagationMs?: number | undefined;
  /** How long functions stay Pending or InProgress. Default 0. */
  readonly functionStatesMs?: number | undefined;
  /** How long reads lag behind writes. Default 0. */
  readonly staleReadsMs?: number | undefined;
  /** For faults by chance; print it, and a run can be replayed. */
  readonly seed?: string | undefined;
  readonly faultShares?: FaultShares | undefined;
  readonly faults?: readonly OrderedFault[] | undefined;
  /** From the call after this one on, credentials are expired. */
  readonly credentialsExpireAfter?: number | undefined;
  /** NDJSON, one call a line. */
  readonly logFile?: string | undefined;
  readonly hook?: Hook | undefined;
}

export interface QuotaProxy {
  readonly endpoint: string;
  /** Calls so far, in the order of their arrival. */
  calls(): readonly LoggedCall[];
  /** Forgets the log and counts calls from 1 again; what AWS would remember (quotas, roles, states) stays. */
  restart(): void;
  setHook(hook: Hook | undefined): void;
  addFault(fault: OrderedFault): void;
  /** True: every call is refused as signed with an expired token, until set back. */
  setCredentialsExpired(expired: boolean): void;
  close(): Promise<void>;
}
