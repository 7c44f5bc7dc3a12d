// Writes to one stream until its reader goes away. A closed pipe (`apigen logs | head`) is no failure: what follows
// is dropped, and the owner is told once so that the run can end quietly.

import type { OutputStream } from './streams.ts';

export interface Output {
  readonly stream: OutputStream;
  /** True once the reader has gone. */
  readonly closed: boolean;
  /** Why nothing more could be written, other than that: a full disk. */
  readonly failure: Error | undefined;
  write(text: string): void;
}

/** @param onClosed called once, when the reader has gone. Any other error is kept for the end. */
export function openOutput(stream: OutputStream, onClosed: () => void): Output {
  let closed = false;
  let failure: Error | undefined;
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE' && error.code !== 'ERR_STREAM_DESTROYED') failure ??= error;
    if (closed || failure) return;
    closed = true;
    onClosed();
  });
  return {
    stream,
    get closed() {
      return closed;
    },
    get failure() {
      return failure;
    },
    write(text) {
      if (!closed && !failure) stream.write(text);
    },
  };
}
