// The one way every call to AWS goes: pace → (gate) → send → classify → again, or throw. Invariant: a call that may
// have minted an id is never sent twice, and nothing leaves here but ApigenError, KindFaultError or the gate's error.

import { setTimeout as sleep } from 'node:timers/promises';
import { KindFaultError } from '../engine/kind.ts';
import { ApigenError } from '../errors.ts';
import type { AwsCall } from './aws-call.ts';
import { type AwsFault, awsFault } from './aws-fault.ts';
import type { CallEvent, WaitEvent } from './call-events.ts';
import { classifyError, type Verdict } from './classify-error.ts';
import type { Pacer } from './pacer.ts';
import { redactException } from './redact.ts';
import { Retries } from './retry-policy.ts';
import { type CallPlace, translateError } from './translate-error.ts';

/** What the gate threw, carried past the SDK unchanged. */
export class GateRefusal extends Error {
  constructor(cause: unknown) {
    super('the gate refused the call', { cause });
    this.name = 'GateRefusal';
  }
}

export interface PipelineOptions {
  readonly pacer: Pacer;
  readonly signal: AbortSignal | undefined;
  readonly onCall: (event: CallEvent) => void;
  readonly onWait: (event: WaitEvent) => void;
}

export interface PipelineRequest<T> {
  readonly call: AwsCall;
  /** Values that no message may repeat. */
  readonly secrets: readonly string[];
  /** Sends once. The signal, where given, cuts it off. */
  readonly attempt: (abortSignal: AbortSignal | undefined) => Promise<T>;
  readonly place: () => CallPlace;
}

interface Failure {
  readonly fault: AwsFault;
  readonly verdict: Verdict;
}

export class CallPipeline {
  readonly #options: PipelineOptions;

  constructor(options: PipelineOptions) {
    this.#options = options;
  }

  /**
   * @throws ApigenError in a person's words, the SDK's exception as its cause
   * @throws KindFaultError `exists` when a creation met its thing; `uncertain` when the call may have happened and
   * must not be repeated
   */
  async run<T>(request: PipelineRequest<T>): Promise<T> {
    const { call } = request;
    const retries = new Retries();
    let mayHaveHappened = false;
    let pauseMs = 0;
    for (let attempt = 1; ; attempt += 1) {
      const held = performance.now();
      await this.#hold(call, pauseMs);
      const sent = performance.now();
      const outcome = await this.#attempt(request, attempt, sent - held, sent);
      if ('answer' in outcome) return outcome.answer;
      const { fault, verdict } = outcome;
      mayHaveHappened ||= verdict === 'unanswered';
      const next = verdict === 'unanswered' && call.mints ? undefined : retries.next(verdict, fault, performance.now());
      if (next === undefined) throw this.#final(request, outcome, mayHaveHappened);
      pauseMs = next;
      if (pauseMs >= 1)
        this.#options.onWait({ service: call.service, operation: call.operation, ms: pauseMs, reason: verdict });
    }
  }

  /** Waits out the pause after a failure, then for the quotas. */
  async #hold(call: AwsCall, pauseMs: number): Promise<void> {
    const { pacer, signal, onWait } = this.#options;
    try {
      if (pauseMs > 0) await sleep(pauseMs, undefined, { signal });
      await pacer.take(call, signal, (ms) => {
        onWait({ service: call.service, operation: call.operation, ms, reason: 'quota' });
      });
    } catch (error) {
      throw signal?.aborted === true ? interruption(signal) : error;
    }
  }

  async #attempt<T>(
    { call, secrets, attempt }: PipelineRequest<T>,
    number: number,
    waitedMs: number,
    sent: number,
  ): Promise<{ readonly answer: T } | Failure> {
    const { pacer, signal, onCall } = this.#options;
    const event = { service: call.service, operation: call.operation, resource: call.resource, mutates: call.mutates };
    const tell = (rest: Pick<CallEvent, 'status' | 'outcome' | 'error' | 'requestId'>): void => {
      onCall({ ...event, attempt: number, ms: performance.now() - sent, waitedMs, ...rest });
    };
    let throttled = false;
    try {
      // A change that is under way is let finish, in seconds: cut off, nobody would know whether it happened.
      const answer = await attempt(call.mutates ? undefined : signal);
      tell({ outcome: 'ok', error: undefined, ...metadataOf(answer) });
      return { answer };
    } catch (error) {
      if (error instanceof GateRefusal) throw error.cause;
      if (signal?.aborted === true && !call.mutates) throw interruption(signal);
      const raw = awsFault(error);
      if (raw === undefined) throw error;
      const exception = redactException(raw.exception, secrets);
      const fault = { ...raw, exception, message: exception.message };
      const failure = { fault, verdict: classifyError(call, raw) };
      throttled = failure.verdict === 'throttled';
      tell({ outcome: failure.verdict, error: fault.name, status: fault.status, requestId: fault.requestId });
      return failure;
    } finally {
      pacer.answered(call, throttled);
    }
  }

  #final({ call, place }: PipelineRequest<unknown>, { fault, verdict }: Failure, mayHaveHappened: boolean): Error {
    const error = translateError(call, fault, verdict, place());
    if (verdict === 'exists') return new KindFaultError('exists', error);
    if (verdict === 'unanswered' && call.mints) return new KindFaultError('uncertain', error);
    // The revision we named is gone, perhaps because our own unanswered attempt took effect.
    if (mayHaveHappened && fault.status === 412) return new KindFaultError('uncertain', error);
    return error;
  }
}

function interruption(signal: AbortSignal): ApigenError {
  if (signal.reason instanceof ApigenError) return signal.reason;
  return new ApigenError({
    code: 'INTERRUPTED',
    summary: 'Interrupted',
    detail: 'No further call was sent to AWS.',
    hint: 'run the same command again; finished resources are skipped',
    exitCode: 130,
  });
}

function metadataOf(answer: unknown): Pick<CallEvent, 'status' | 'requestId'> {
  const metadata =
    typeof answer === 'object' && answer !== null && '$metadata' in answer ? answer.$metadata : undefined;
  if (typeof metadata !== 'object' || metadata === null) return { status: undefined, requestId: undefined };
  return {
    status: 'httpStatusCode' in metadata ? Number(metadata.httpStatusCode) : undefined,
    requestId: 'requestId' in metadata && metadata.requestId !== undefined ? String(metadata.requestId) : undefined,
  };
}
