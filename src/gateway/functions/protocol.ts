// What a function's worker and the server say to each other. Everything is plain text and numbers: an event and a
// result cross as JSON, exactly as between API Gateway and Lambda.

/** Given to a worker when it starts. */
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
  readonly logGroupName: string;
  readonly logStreamName: string;
  /** An Int32 that the thread counts up while its event loop turns. */
  readonly beats: SharedArrayBuffer;
}

export interface InvokeMessage {
  readonly event: string;
  readonly awsRequestId: string;
  /** Milliseconds since the epoch at which Lambda would stop the function. */
  readonly deadlineMs: number;
  /** `_X_AMZN_TRACE_ID`. */
  readonly traceId: string;
}

export type WorkerMessage =
  | { readonly type: 'ready' }
  /** The module cannot be loaded, or holds no handler: `payload` is what Lambda reports. */
  | { readonly type: 'init-error'; readonly payload: string }
  /** The thread is about to end: no further call may go to it. */
  | { readonly type: 'leaving' }
  | { readonly type: 'success'; readonly payload: string }
  | { readonly type: 'error'; readonly payload: string }
  | { readonly type: 'output'; readonly stream: 'stdout' | 'stderr'; readonly text: string };

/** What a function prints is kept up to here per invocation, so that a loop of prints cannot fill the memory. */
export const OUTPUT_LIMIT_BYTES = 1024 * 1024;

/** Lambda's limit for the payload of a synchronous answer: 6 MB and what its frame takes. */
export const RESPONSE_LIMIT_BYTES = 6_291_556;
