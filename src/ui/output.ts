// Writes to one stream until its reader goes away. A closed pipe (`apigen logs | head`) is no failure: what follows
// is dropped, and the owner is told once so that the run can end quietly. Lines of a busy stream may share a write, which
// costs more than making them. Order holds, within the stream and beside the other one.

import type { OutputStream } from './streams.ts';

export interface Output {
  readonly stream: OutputStream;
  /** True once the reader has gone. */
  readonly closed: boolean;
  /** Why nothing more could be written, other than that: a full disk. */
  readonly failure: Error | undefined;
  /** At once, behind all that was written before. */
  write(text: string): void;
  /** Within this turn of the event loop, together with what else is written so. */
  writeSoon(text: string): void;
  /** Sends what waits: before the process is ended by force. */
  flush(): void;
}

/**
 * @param onClosed called once, when the reader has gone. Any other error is kept for the end.
 * @param beside on the same screen: what waits there goes out before anything here
 */
export function openOutput(stream: OutputStream, onClosed: () => void, beside?: Output): Output {
  let closed = false;
  let failure: Error | undefined;
  let waiting = '';
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE' && error.code !== 'ERR_STREAM_DESTROYED') failure ??= error;
    if (closed || failure) return;
    closed = true;
    onClosed();
  });
  const flush = (): void => {
    const text = waiting;
    waiting = '';
    if (text !== '' && !closed && !failure) stream.write(text);
  };
  return {
    stream,
    get closed() {
      return closed;
    },
    get failure() {
      return failure;
    },
    write(text) {
      beside?.flush();
      waiting += text;
      flush();
    },
    writeSoon(text) {
      beside?.flush();
      if (waiting === '') setImmediate(flush);
      waiting += text;
    },
    flush,
  };
}
