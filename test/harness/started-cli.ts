// The built program, started and left running: for tests that stop it, kill it or run several at once.

import { type ChildProcess, spawn } from 'node:child_process';
import { builtProgram } from './built-program.ts';

export interface StartedCli {
  readonly process: ChildProcess;
  /** Both streams, as far as they came. */
  output(): string;
  readonly ended: Promise<{ readonly code: number; readonly output: string }>;
}

export interface StartOptions {
  readonly cwd: string;
  readonly endpoint: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Before the program: `--import FILE`. */
  readonly nodeOptions?: readonly string[];
  /** Of another user, where this one may start processes for others. */
  readonly uid?: number | undefined;
}

export async function startCli(args: readonly string[], options: StartOptions): Promise<StartedCli> {
  const { PATH, HOME, TMPDIR } = process.env;
  const child = spawn(process.execPath, [...(options.nodeOptions ?? []), await builtProgram(), ...args], {
    cwd: options.cwd,
    env: {
      PATH,
      HOME,
      ...(TMPDIR === undefined ? {} : { TMPDIR }),
      AWS_ENDPOINT_URL: options.endpoint,
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
      AWS_CONFIG_FILE: '/dev/null',
      AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
      ...options.env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(options.uid !== undefined && { uid: options.uid, gid: options.uid }),
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes: Buffer) => (output += bytes.toString()));
  const ended = new Promise<{ readonly code: number; readonly output: string }>((resolve) => {
    child.once('close', (code) => resolve({ code: code ?? -1, output }));
  });
  return { process: child, output: () => output, ended };
}
