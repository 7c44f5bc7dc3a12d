// Runs apigen as a person would and hands back what they would see: in this process, with buffers for streams, or
// as the built program in a process of its own.

import { spawn } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { PassThrough, type Readable } from 'node:stream';
import type { CommandRegistry } from '../../src/cli/registry.ts';
import { main } from '../../src/main.ts';
import { builtProgram } from './built-program.ts';
import { terminalStream } from './terminal-stream.ts';

export interface CliResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CliOptions {
  readonly cwd?: string;
  /** Added to a bare environment (PATH, HOME, no AWS settings); what it needs of AWS it must say. */
  readonly env?: NodeJS.ProcessEnv;
  /** What stands on stdin. */
  readonly input?: string;
}

export interface InProcessOptions extends CliOptions {
  /** Instead of apigen's own commands. */
  readonly registry?: CommandRegistry;
  /** Emit SIGINT or SIGTERM here. */
  readonly signals?: EventEmitter;
  /** Makes the streams a terminal of this width. */
  readonly columns?: number;
  /** The keyboard of that terminal: a `terminalStream` that the test writes keys to. */
  readonly keys?: PassThrough;
  /** Told of a second Ctrl-C's exit instead of the process ending. */
  onExit?(code: number): void;
}

/** In this process: fast, and with breakpoints. */
export async function runCli(args: readonly string[], options: InProcessOptions = {}): Promise<CliResult> {
  const make = (): PassThrough => (options.columns === undefined ? new PassThrough() : terminalStream(options.columns));
  const [stdin, stdout, stderr] = [options.keys ?? make(), make(), make()];
  const output = Promise.all([collect(stdout), collect(stderr)]);
  if (options.keys === undefined) stdin.end(options.input ?? '');
  const code = await main(args, {
    streams: { stdin, stdout, stderr },
    cwd: options.cwd ?? process.cwd(),
    env: bareEnvironment(options.env),
    signals: options.signals ?? new EventEmitter(),
    exit: options.onExit ?? refuseExit,
    ...(options.registry === undefined ? {} : { registry: options.registry }),
  });
  stdout.end();
  stderr.end();
  const [out, error] = await output;
  return { code, stdout: out, stderr: error };
}

/** The built program in a process of its own; built first where that is needed. */
export async function spawnCli(args: readonly string[], options: CliOptions = {}): Promise<CliResult> {
  const program = await builtProgram();
  const child = spawn(process.execPath, [program, ...args], {
    cwd: options.cwd ?? process.cwd(),
    env: bareEnvironment(options.env),
    stdio: 'pipe',
  });
  const output = Promise.all([collect(child.stdout), collect(child.stderr)]);
  // A program that never reads its stdin may be gone before it is written.
  child.stdin.on('error', () => {});
  child.stdin.end(options.input ?? '');
  const code = await new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (status, signal) => resolve(status ?? (signal === 'SIGINT' ? 130 : 1)));
  });
  const [stdout, stderr] = await output;
  return { code, stdout, stderr };
}

function bareEnvironment(env: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  const { PATH, HOME, TMPDIR } = process.env;
  return {
    PATH,
    HOME,
    ...(TMPDIR === undefined ? {} : { TMPDIR }),
    // The machine's own credentials and metadata service are never asked.
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    ...env,
  };
}

async function collect(stream: Readable): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString('utf8');
}

function refuseExit(code: number): never {
  throw new Error(`the program left with ${code} in the middle of a test`);
}
