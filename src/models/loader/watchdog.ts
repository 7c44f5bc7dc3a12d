// A second thread that watches the one on which model files run: a debugger over it can say which line a file was at
// when its time was up or memory ran out, even in an endless loop, and then ends the process.

import { writeFileSync } from 'node:fs';
import { Session } from 'node:inspector';
import { parentPort, Worker } from 'node:worker_threads';

/** What the watchdog leaves behind in the file it was given. */
export interface Stopped {
  readonly reason: 'time' | 'memory';
  /** Lines as V8 writes them in stacks; empty when no code was running. */
  readonly stack: string;
}

export interface WatchdogSettings {
  /** Where {@link Stopped} is written. */
  readonly file: string;
  readonly timeLimitMs: number;
  /** Of the whole process: buffers and native memory lie outside V8's heap limit. */
  readonly residentMb: number;
}

export interface Watchdog {
  /** The time limit starts now. */
  arm(): void;
  disarm(): void;
}

/** On the main thread: starts `script` as the thread that runs {@link watch}, and waits until it watches. */
export async function startWatchdog(script: URL, settings: WatchdogSettings): Promise<Watchdog> {
  const worker = new Worker(script, { argv: process.argv.slice(2), workerData: settings });
  await new Promise((done, fail) => worker.once('message', done).once('error', fail));
  worker.unref();
  return { arm: () => worker.postMessage('arm'), disarm: () => worker.postMessage('disarm') };
}

/** On the second thread. */
export function watch({ file, timeLimitMs, residentMb }: WatchdogSettings): void {
  const session = new Session();
  session.connectToMainThread();
  const urls = new Map<string, string>();
  let timer: NodeJS.Timeout | undefined;
  let reason: Stopped['reason'] | undefined;

  const end = (stopped: Stopped) => {
    writeFileSync(file, JSON.stringify(stopped));
    process.kill(process.pid, 'SIGKILL');
  };
  const stop = (why: Stopped['reason']) => {
    if (reason !== undefined) return;
    reason = why;
    session.post('Debugger.pause');
    // A file that waits for a promise runs no code at which it could be paused.
    setTimeout(() => end({ reason: why, stack: '' }), 1_000);
  };
  session.on('Debugger.scriptParsed', ({ params }) => urls.set(params.scriptId, params.url));
  session.on('Debugger.paused', ({ params }) => {
    const why = String(params.reason) === 'OOM' ? 'memory' : reason;
    if (why === undefined) return session.post('Debugger.resume');
    const frames = params.callFrames.map(({ functionName, location, url }) => {
      const place = `${url || urls.get(location.scriptId)}:${location.lineNumber + 1}:${(location.columnNumber ?? 0) + 1}`;
      return `    at ${functionName || '<anonymous>'} (${place})`;
    });
    end({ reason: why, stack: frames.join('\n') });
  });
  session.post('Debugger.enable', () => parentPort?.postMessage('watching'));
  parentPort?.on('message', (message) => {
    clearTimeout(timer);
    if (message === 'arm') timer = setTimeout(() => stop('time'), timeLimitMs);
  });
  setInterval(() => process.memoryUsage.rss() > residentMb * 1024 * 1024 && stop('memory'), 50);
}
