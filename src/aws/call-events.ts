// What the pipeline tells about its calls: for `--debug`, for the progress line and for tests. No event carries an
// input, an answer or anything secret.

import type { AwsService } from './aws-call.ts';
import type { Verdict } from './classify-error.ts';

/** One attempt has ended. */
export interface CallEvent {
  readonly service: AwsService;
  readonly operation: string;
  readonly resource: string | undefined;
  readonly mutates: boolean;
  /** Counts from 1. */
  readonly attempt: number;
  /** How long the attempt itself took. */
  readonly ms: number;
  /** How long it was held back before: for a quota, or between attempts. */
  readonly waitedMs: number;
  /** The HTTP status; absent when no answer came. */
  readonly status: number | undefined;
  readonly outcome: 'ok' | Verdict;
  /** AWS's error name, of an attempt that failed. */
  readonly error: string | undefined;
  readonly requestId: string | undefined;
}

/** A call is about to be held back. */
export interface WaitEvent {
  readonly service: AwsService;
  readonly operation: string;
  /** A lower bound. */
  readonly ms: number;
  /** `quota`: to stay within AWS's published rate; otherwise what the last attempt ended with. */
  readonly reason: 'quota' | Verdict;
}

/** One line for `--debug`: `lambda CreateFunction shop-dev-list 201 in 143 ms (waited 60 ms)`. */
export function callLine(event: CallEvent): string {
  const subject = [event.service, event.operation, event.resource].filter((word) => word !== undefined).join(' ');
  const failed = event.outcome === 'ok' ? '' : ` ${event.outcome} ${event.error ?? ''}`.trimEnd();
  const waited = event.waitedMs >= 1 ? ` (waited ${Math.round(event.waitedMs)} ms)` : '';
  const again = event.attempt > 1 ? ` attempt ${event.attempt}` : '';
  return `${subject} ${event.status ?? '-'}${failed} in ${Math.round(event.ms)} ms${waited}${again}`;
}
