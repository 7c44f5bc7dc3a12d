// Writes to one stream until its reader goes away. A closed pipe (`apigen logs | head`) is no failure: what follows
// is dropped, and the owner is told once so that the run can end quietly.

import type { OutputStream } from './streams.ts';

export interface Output {
  readonly stream: OutputStream;
  /** True once the reader has gone. */
  readonly closed: boolean;
  write(text: string): void;
}

/** @param onClosed called once, when the reader has gone. Any other stream error is thrown as it would be without us. */
export function openOutput(stream: OutputStream, onClosed: () => void): Output {
  let closed = false;
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE' && error.code !== 'ERR_STREAM_DESTROYED') throw error;
    if (closed) return;
    closed = true;
    onClosed();
  });
  return {
    stream,
    get closed() {
      return closed;
    },
    write(text) {
      if (!closed) stream.write(text);
    },
  };
}
