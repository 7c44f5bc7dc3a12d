// Starts the process that runs model files and bounds it in time and memory. A file that loops for ever, runs out of
// memory or kills the process costs that process alone; its watchdog then says which line it was at.

import { type ChildProcess, fork } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { EncodeRequest, LoaderSettings, LoadRequest, Reply, Stack } from './protocol.ts';
import type { Stopped } from './watchdog.ts';

export interface LoaderOptions {
  /** The compiled `child.ts`. */
  readonly script: string;
  /** Where the watchdog writes. */
  readonly folder: string;
  /** The project's root: where model files run. */
  readonly cwd: string;
  /** The file of the project's Dynamoose. */
  readonly dynamoose: string;
  readonly prefix: string;
  /** For one model file, once Dynamoose is there. */
  readonly timeLimitMs: number;
  /** Of V8's heap. */
  readonly memoryMb: number;
}

/** The process did not answer: what ended it, and where it was. */
export interface Ended {
  readonly kind: 'time' | 'memory' | 'died';
  /** `exit code 3`, `SIGKILL`. */
  readonly how: string;
  readonly stack: Stack;
}

type Answer = Exclude<Reply, { kind: 'ready' }> | Ended;

/** Of loading a file. */
export type Outcome = Exclude<Answer, { kind: 'encoded' }>;

/** Of encoding items. */
export type EncodeOutcome = Exclude<Answer, { kind: 'loaded' }>;

/** Node and the SDK take their time on a busy machine; a model file's own limit starts after that. */
const START_LIMIT_MS = 60_000;
/** After the file's own limit: the watchdog should have ended the process. */
const GRACE_MS = 15_000;
/** Node, the SDK and the debugger, beside the heap of model files. */
const OVERHEAD_MB = 512;

export class LoaderProcess {
  private readonly options: LoaderOptions;
  private child: ChildProcess | undefined;

  constructor(options: LoaderOptions) {
    this.options = options;
  }

  /** Loads one file. After anything but a reply, the next call starts a new process. */
  load(request: LoadRequest): Promise<Outcome> {
    return this.ask(request) as Promise<Outcome>;
  }

  /** Encodes items of a model that was loaded, within the time limit of a file. */
  encode(request: EncodeRequest): Promise<EncodeOutcome> {
    return this.ask(request) as Promise<EncodeOutcome>;
  }

  private async ask(request: LoadRequest | EncodeRequest): Promise<Answer> {
    const first = this.child === undefined;
    this.child ??= this.start();
    const outcome = await converse(this.child, request, first, this.options);
    if (outcome.kind === 'time' || outcome.kind === 'memory' || outcome.kind === 'died') await this.close();
    return outcome;
  }

  async close(): Promise<void> {
    const child = this.child;
    this.child = undefined;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((done) => child.once('exit', done));
    child.kill('SIGKILL');
    await ended;
  }

  private start(): ChildProcess {
    const { script, folder, cwd, dynamoose, prefix, memoryMb, timeLimitMs } = this.options;
    const watchdog = { file: stoppedFile(folder), timeLimitMs, residentMb: memoryMb + OVERHEAD_MB };
    const settings: LoaderSettings = { dynamoose, prefix, watchdog };
    rmSync(watchdog.file, { force: true });
    return fork(script, [JSON.stringify(settings)], {
      cwd,
      env: cleanEnvironment(prefix),
      execArgv: [`--max-old-space-size=${memoryMb}`, '--no-warnings'],
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      // Binary attributes come as bytes.
      serialization: 'advanced',
    });
  }
}

/** No credentials, no region of a shell, nothing that differs from machine to machine. */
function cleanEnvironment(prefix: string): NodeJS.ProcessEnv {
  const { SystemRoot } = process.env;
  return {
    APIGEN_TABLE_PREFIX: prefix,
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    TZ: 'UTC',
    ...(SystemRoot === undefined ? {} : { SystemRoot }),
  };
}

function converse(
  child: ChildProcess,
  request: LoadRequest | EncodeRequest,
  first: boolean,
  options: LoaderOptions,
): Promise<Answer> {
  return new Promise((resolve) => {
    const kill = () => child.kill('SIGKILL');
    let timer = setTimeout(kill, START_LIMIT_MS);
    const ask = () => {
      clearTimeout(timer);
      timer = setTimeout(kill, options.timeLimitMs + GRACE_MS);
      child.send(request);
    };
    const finish = (outcome: Answer) => {
      clearTimeout(timer);
      child.off('message', onMessage).off('exit', onExit).off('error', onError);
      resolve(outcome);
    };
    const onMessage = (reply: Reply) => (reply.kind === 'ready' ? ask() : finish(reply));
    const onExit = (code: number | null, signal: string | null) => {
      const how = signal ?? `exit code ${code}`;
      const stopped = readStopped(options.folder);
      finish({ kind: stopped?.reason ?? 'died', how, stack: stopped?.stack ?? '' });
    };
    const onError = (error: Error) => finish({ kind: 'died', how: error.message, stack: '' });
    child.on('message', onMessage).on('exit', onExit).on('error', onError);
    if (!first) ask();
  });
}

function stoppedFile(folder: string): string {
  return join(folder, 'stopped.json');
}

function readStopped(folder: string): Stopped | undefined {
  try {
    return JSON.parse(readFileSync(stoppedFile(folder), 'utf8'));
  } catch {
    return undefined;
  }
}
