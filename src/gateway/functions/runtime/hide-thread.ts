// A function under dev lives in a thread, on Lambda in a process of its own: what it could tell the difference by, and
// could write into the server's messages with, is taken away before its code is loaded.

import { syncBuiltinESMExports } from 'node:module';
import threads from 'node:worker_threads';

/** `isMainThread` and what goes with it, as in a process. */
export function hideThread(): void {
  Object.assign(threads, { isMainThread: true, parentPort: null, workerData: null });
  syncBuiltinESMExports();
}
