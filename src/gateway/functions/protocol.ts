// What a function's worker and the server say to each other. Everything is plain text and numbers: an event and a
// result cross as JSON, exactly as between API Gateway and Lambda.

/** Words of what a thread measures of itself. BEATS grows while its event loop turns; the other is its heap and buffers. */
export const BEATS = 0;
export const HELD_KB = 1;
export const MEASURED_WORDS = 2;

/** Given to a thread when it starts. */
export interface ThreadSettings {
  /** Int32 words, for the server to read at any time. */
  readonly measured: SharedArrayBuffer;
  /** A spare thread loads this chunk of packages, or nothing where it is absent, before it waits for its function. */
  readonly prepare?: string;
}

/** The first message to a thread: which function it is. */
export interface LoadMessage {
  readonly settings: WorkerSettings;
  /** Variables that differ from those it started with; null: it has none of that name. */
  readonly environment: Readonly<Record<string, string | null>>;
}

export interface WorkerSettings {
  /** The bundle: `…/index.js` or `…/index.mjs`, exporting `handler`. */
  readonly file: string;
  /** What the bundle requires beside Node's own modules: `…/vendor-….cjs`. */
  readonly vendor?: string;
  /** `nodejs22.x`: which rules of Lambda's runtime hold. */
  readonly runtime: string;
  readonly functionName: string;
  readonly functionVersion: string;
  readonly invokedFunctionArn: string;
  readonly memoryLimitMb: number;
  readonly timeoutMs: number;
  readonly logGroupName: string;
  readonly logStreamName: string;
  /** Whose the calls are that were sent ahead: `claims.ts`. */
  readonly claims: SharedArrayBuffer;
}

/** May come while another call is running: it waits for that one's end. */
export interface InvokeMessage {
  /** Of the call among all that this worker gets, from 0. */
  readonly number: number;
  readonly event: string;
  readonly awsRequestId: string;
  /** `_X_AMZN_TRACE_ID`. */
  readonly traceId: string;
}

/** Stands for all variables: they were listed. */
export const ALL_VARIABLES = '*';

export type WorkerMessage =
  /** A spare thread has loaded its packages, which looked at these variables; no list: they cannot be loaded. */
  | { readonly type: 'prepared'; readonly variables?: readonly string[] }
  | { readonly type: 'ready' }
  /** The module cannot be loaded, or holds no handler: `payload` is what Lambda reports. */
  | { readonly type: 'init-error'; readonly payload: string }
  /** The thread is about to end: no further call may go to it. */
  | { readonly type: 'leaving' }
  /** The ends of calls come in the order in which the calls were sent. */
  | { readonly type: 'success' | 'error'; readonly payload: string; readonly ms: number }
  | { readonly type: 'output'; readonly stream: 'stdout' | 'stderr'; readonly text: string };

/** What a function prints is kept up to here per invocation, so that a loop of prints cannot fill the memory. */
export const OUTPUT_LIMIT_BYTES = 1024 * 1024;

/** Lambda's limit for the payload of a synchronous answer: 6 MB and what its frame takes. */
export const RESPONSE_LIMIT_BYTES = 6_291_556;
