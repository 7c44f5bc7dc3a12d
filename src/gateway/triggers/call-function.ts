// One call of a function for a trigger, and what is told of it: the same for streams, queues, topics and schedules.

import { randomUUID } from 'node:crypto';
import type { InvocationResult } from '../exchange.ts';

export type TriggerSource = 'stream' | 'queue' | 'topic' | 'schedule';

/** Whom a trigger calls, and what it is called at the terminal. */
export interface TriggerTarget {
  readonly source: TriggerSource;
  /** The model, queue, topic or schedule, as apigen.yml names it. */
  readonly name: string;
  /** The function's logical name. */
  readonly function: string;
}

/** What became of a call. */
export type CallOutcome =
  | { readonly type: 'success'; readonly payload: string; readonly cold: boolean }
  /** `reason` is the error's own text; `kind` Lambda's `FunctionError`. */
  | { readonly type: 'error'; readonly reason: string; readonly cold: boolean }
  /** It cannot run as its files stand: nothing was called, and a save may heal it. */
  | { readonly type: 'broken'; readonly reason: string };

/** The functions of the project, as triggers call them. */
export interface TriggeredFunctions {
  /** @throws what says that the function cannot run as its files stand */
  run(
    name: string,
    event: string,
    options: { readonly route: string; readonly requestId: string; readonly timeoutMs: number; readonly depth: number },
  ): Promise<{ readonly result: InvocationResult; readonly cold: boolean }>;
}

/** One delivery, for the log line. */
export interface Delivery extends TriggerTarget {
  /** Records in the event; a schedule has one. */
  readonly records: number;
  readonly ms: number;
  readonly start?: 'cold' | 'warm';
  /** `partial`: the function named those that failed. `dropped`: they will not be tried again. */
  readonly outcome: 'done' | 'partial' | 'failed' | 'dropped' | 'waiting';
  /** Of `partial`. */
  readonly failed?: number;
  /** What went wrong. */
  readonly reason?: string;
  /** What comes next: `again in 2 s`. */
  readonly next?: string;
}

export type Report = (delivery: Delivery) => void;

/** What all triggers share. */
export interface TriggerPorts {
  readonly functions: TriggeredFunctions;
  readonly report: Report;
  /** Milliseconds before the next attempt, after so many; what AWS does in minutes is over in seconds here. */
  retryMs?(attempt: number): number;
}

export interface Called {
  readonly outcome: CallOutcome;
  readonly ms: number;
}

/** Lambda's longest. */
const LONGEST_MS = 900_000;

/** Never rejects. */
export async function callFunction(
  { functions }: TriggerPorts,
  target: TriggerTarget,
  event: unknown,
  depth: number,
): Promise<Called> {
  const started = performance.now();
  const outcome = await call(functions, target, JSON.stringify(event), depth);
  return { outcome, ms: performance.now() - started };
}

async function call(
  functions: TriggeredFunctions,
  { source, name, function: called }: TriggerTarget,
  event: string,
  depth: number,
): Promise<CallOutcome> {
  const options = { route: `${source} ${name}`, requestId: randomUUID(), timeoutMs: LONGEST_MS, depth };
  try {
    const { result, cold } = await functions.run(called, event, options);
    return outcomeOf(result, cold);
  } catch (cause) {
    return { type: 'broken', reason: cause instanceof Error ? cause.message : String(cause) };
  }
}

function outcomeOf(result: InvocationResult, cold: boolean): CallOutcome {
  switch (result.type) {
    case 'success':
      return { type: 'success', payload: result.payload, cold };
    case 'error':
      return { type: 'error', reason: errorText(result.payload), cold };
    case 'timeout':
      return { type: 'error', reason: `timed out after ${result.afterMs / 1000} s`, cold };
    case 'throttled':
      return { type: 'broken', reason: 'the function is not there' };
  }
}

/** `TypeError: x is no function`. */
export function errorText(payload: string): string {
  try {
    const { errorType, errorMessage } = JSON.parse(payload) as { errorType?: string; errorMessage?: string };
    return [errorType, errorMessage].filter((part) => part !== undefined && part !== '').join(': ') || payload;
  } catch {
    return payload;
  }
}

/** The line of a delivery: who was called, how long, how warm. */
export function delivered(
  target: TriggerTarget,
  records: number,
  { outcome, ms }: Called,
  end: Pick<Delivery, 'outcome' | 'failed' | 'reason' | 'next'>,
): Delivery {
  const start = outcome.type === 'broken' ? {} : { start: outcome.cold ? ('cold' as const) : ('warm' as const) };
  return { ...target, records, ms, ...start, ...end };
}

/** A function that cannot run as its files stand is tried again so often; a save does not wait for it. */
export const BROKEN_LOOK_MS = 2_000;
const FIRST_RETRY_MS = 1_000;
const LONGEST_RETRY_MS = 60_000;

/** 1 s, doubled with every attempt, up to a minute. */
export function retryDelay({ retryMs }: TriggerPorts, attempt: number): number {
  return retryMs?.(attempt) ?? Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** (attempt - 1));
}

/** `again in 2 s`. */
export const againIn = (ms: number): string => `again in ${ms < 1000 ? `${ms} ms` : `${Math.round(ms / 1000)} s`}`;
