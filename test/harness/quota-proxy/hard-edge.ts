// One behaviour of AWS that emulators leave out. The proxy asks each in turn before it sends a call on, and shows each
// the answer before it goes back.

import type { IncomingHttpHeaders } from 'node:http';
import type { Answer } from './aws-answers.ts';
import type { ControlCall, ProxiedRequest } from './control-call.ts';

export interface Passing {
  readonly call: ControlCall;
  readonly request: ProxiedRequest;
  readonly requestId: string;
  /** Milliseconds of the monotonic clock. */
  readonly now: number;
}

export interface UpstreamAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

export interface Refused {
  /** Shown in the call log: `role-not-ready`. */
  readonly outcome: string;
  readonly answer: Answer;
}

export interface HardEdge {
  /** Answers in place of the emulator, which then never sees the call. */
  refuse?(passing: Passing): Refused | undefined;
  /** Takes note of the emulator's answer, and may change it. `now` is when it came. */
  alter?(passing: Passing, answer: UpstreamAnswer): UpstreamAnswer;
}

export const succeeded = (answer: UpstreamAnswer): boolean => answer.status >= 200 && answer.status < 300;
