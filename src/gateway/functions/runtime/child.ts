// The program of a function's worker thread: is told its function, loads the bundle once and runs one invocation at a
// time, as a Lambda environment does. Whatever the function does ends here or ends this thread, never the server.

import { getHeapStatistics } from 'node:v8';
import { parentPort, workerData } from 'node:worker_threads';
import { Claims } from '../claims.ts';
import {
  BEATS,
  HELD_KB,
  type InvokeMessage,
  type LoadMessage,
  type ThreadSettings,
  type WorkerMessage,
} from '../protocol.ts';
import { captureOutput } from './capture-output.ts';
import { hideThread } from './hide-thread.ts';
import { Invocation } from './invocation.ts';
import { type Handler, loadHandler } from './load-handler.ts';
import { loadVendor } from './load-vendor.ts';
import { mapStacks } from './map-stacks.ts';
import { prepare } from './prepare.ts';

const thread = workerData as ThreadSettings;
const port = parentPort;
if (port === null) throw new Error('this program runs in a worker thread');

const post = (message: WorkerMessage): void => port.postMessage(message);
const output = captureOutput(post);
const measured = new Int32Array(thread.measured);
/** A frame of this program or of Node itself. */
const OUTER_FRAME = /^\s+at .*(?:\/function-worker\.m?js|\bnode:internal\/)/;
const ahead: InvokeMessage[] = [];
let current: Invocation | undefined;

keepServerAlive();
hideThread();
process.on('uncaughtException', (thrown) => leaveWith('Uncaught Exception', thrown, 129));
process.on('unhandledRejection', (reason) => leaveWith('Unhandled Promise Rejection', reason, 128));

if (thread.prepare !== undefined) post({ type: 'prepared', ...prepared(thread.prepare) });
const { settings, environment } = await new Promise<LoadMessage>((resolve) => port.once('message', resolve));
const memoryLimitBytes = settings.memoryLimitMb * 1024 * 1024;
const claims = new Claims(settings.claims);
for (const [name, value] of Object.entries(environment)) {
  if (value === null) delete process.env[name];
  else process.env[name] = value;
}
mapStacks(settings.vendor === undefined ? [settings.file] : [settings.file, settings.vendor]);
if (settings.vendor !== undefined && settings.vendor !== thread.prepare) loadQuickly(settings.vendor);

const loaded = await loadHandler(settings.file, settings.runtime);
if ('problem' in loaded) {
  output.print('stderr', `Init Error ${readable(loaded.problem)}\n`);
  post({ type: 'init-error', payload: loaded.problem });
} else {
  const { handler } = loaded;
  process.on('beforeExit', () => current?.loopIsEmpty());
  // Buffers lie outside the heap that V8 bounds.
  setInterval(checkMemory, 100).unref();
  port.on('message', (message: InvokeMessage) => {
    ahead.push(message);
    runNext(handler);
  });
  post({ type: 'ready' });
}

function runNext(handler: Handler): void {
  if (current !== undefined) return;
  const message = ahead.shift();
  if (message === undefined) return;
  if (claims.begin(message.number)) run(handler, message);
  else runNext(handler);
}

function run(handler: Handler, message: InvokeMessage): void {
  const startedAt = performance.now();
  process.env['_X_AMZN_TRACE_ID'] = message.traceId;
  output.reset();
  current = new Invocation(settings, message, ({ type, payload }) => {
    current = undefined;
    port?.ref();
    if (type === 'error') output.print('stderr', `Invoke Error ${readable(payload)}\n`);
    post({ type, payload, ms: performance.now() - startedAt });
    // In a turn of its own: what this call left behind, as a rejection that nobody handles, is not laid on the next.
    if (ahead.length > 0) setImmediate(() => runNext(handler));
  });
  // An event loop without work then shows as such, and this thread gets to say what Lambda would.
  port?.unref();
  current.run(handler);
}

function prepared(vendor: string): { readonly variables?: readonly string[] } {
  try {
    return { variables: prepare(vendor) };
  } catch {
    return {};
  }
}

/** What goes wrong with it goes wrong again where the bundle requires it, and is the function's problem there. */
function loadQuickly(vendor: string): void {
  try {
    loadVendor(vendor);
  } catch {}
}

/** The stack where there is one: it names the file and line that a person wrote, and leaves out the way to it. */
function readable(payload: string): string {
  const { errorType, errorMessage, trace } = JSON.parse(payload);
  if (!Array.isArray(trace) || trace.length === 0) return `${errorType}: ${errorMessage}`;
  return trace.filter((line) => !OUTER_FRAME.test(line)).join('\n');
}

function leaveWith(what: string, thrown: unknown, status: number): void {
  post({ type: 'leaving' });
  if (current === undefined) {
    const stack = thrown instanceof Error ? thrown.stack : String(thrown);
    output.print('stderr', `${what} ${stack}\n`);
  } else if (status === 128) {
    const message = thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown);
    const trace = thrown instanceof Error ? (thrown.stack ?? '').split('\n') : [];
    current.failAs('Runtime.UnhandledPromiseRejection', message, trace);
  } else {
    current.fail(thrown);
  }
  process.exit(status);
}

function checkMemory(): void {
  Atomics.add(measured, BEATS, 1);
  const { used_heap_size: heapBytes, external_memory: externalBytes } = getHeapStatistics();
  const heldKb = Math.round((heapBytes + externalBytes) / 1024);
  Atomics.store(measured, HELD_KB, heldKb);
  if (heldKb * 1024 <= memoryLimitBytes) return;
  post({ type: 'leaving' });
  output.print('stderr', `Out of memory: ${Math.round(heldKb / 1024)} MB used of ${settings.memoryLimitMb} MB\n`);
  current?.failAs('Runtime.ExitError', 'Error: Runtime exited with error: signal: killed');
  process.exit(137);
}

/** A function that kills its own process, which is the server's, ends itself alone. */
function keepServerAlive(): void {
  const { pid, kill } = process;
  process.kill = (target, signal) => {
    if (target === pid && signal !== 0) process.exit(137);
    return kill.call(process, target, signal);
  };
}
