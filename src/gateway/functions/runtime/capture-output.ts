// Takes what a function prints out of its worker by the same way as its results, so that a line printed before the
// answer arrives before it. Each invocation may print so much and no more.

import { OUTPUT_LIMIT_BYTES, type WorkerMessage } from '../protocol.ts';

export interface OutputCapture {
  /** A new invocation: the count starts again. */
  reset(): void;
  print(stream: 'stdout' | 'stderr', text: string): void;
}

type Written = string | Uint8Array;
type Rest = readonly (BufferEncoding | ((error?: Error | null) => void) | undefined)[];

/** Replaces the writing of this thread's own two streams. */
export function captureOutput(post: (message: WorkerMessage) => void): OutputCapture {
  let printed = 0;
  const print = (stream: 'stdout' | 'stderr', text: string): void => {
    if (printed > OUTPUT_LIMIT_BYTES) return;
    printed += Buffer.byteLength(text);
    if (printed <= OUTPUT_LIMIT_BYTES) post({ type: 'output', stream, text });
    else
      post({ type: 'output', stream, text: `[more than ${OUTPUT_LIMIT_BYTES} bytes printed: the rest is left out]\n` });
  };
  for (const stream of ['stdout', 'stderr'] as const) {
    process[stream].write = (chunk: Written, ...rest: Rest): boolean => {
      const encoding = typeof rest[0] === 'string' ? rest[0] : 'utf8';
      print(
        stream,
        typeof chunk === 'string' ? Buffer.from(chunk, encoding).toString() : Buffer.from(chunk).toString(),
      );
      const written = rest.find((one) => typeof one === 'function');
      if (typeof written === 'function') queueMicrotask(() => written(null));
      return true;
    };
  }
  return {
    print,
    reset: () => {
      printed = 0;
    },
  };
}
