// The three streams a program talks through, as a port: the process's own in production, buffers in tests.
// Only ui/ reaches for the process's streams.

/** What is written to; `isTTY` and `columns` as on a terminal's stream. */
export interface OutputStream extends NodeJS.WritableStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
}

export interface InputStream extends NodeJS.ReadableStream {
  readonly isTTY?: boolean;
  /** Of a terminal: keys come one by one, unseen. */
  setRawMode?(raw: boolean): unknown;
  unref?(): unknown;
}

export interface Streams {
  readonly stdin: InputStream;
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
}

/** Somebody types. */
export function hasKeyboard({ stdin }: Streams): boolean {
  return stdin.isTTY === true;
}

/** The streams of this process. */
export function processStreams(): Streams {
  return { stdin: process.stdin, stdout: process.stdout, stderr: process.stderr };
}
