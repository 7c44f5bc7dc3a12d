// The two programs as processes: started in the project's folder on a port, ended with everything they started.

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { BenchProject } from './project.ts';

export interface Contender {
  readonly name: string;
  start(): Running;
}

export interface Running {
  readonly pid: number;
  readonly port: number;
  /** In front of a route's path: a REST API of apigen has its stage there. */
  readonly prefix: string;
  readonly socketPort: number;
  readonly socketPath: string;
  output(): string;
  stop(): Promise<void>;
}

let nextPort = 4100 + (process.pid % 400) * 10;

export function apigenDev(root: string, { folder, type }: BenchProject): Contender {
  return {
    name: 'apigen dev',
    start() {
      const port = nextPort++;
      const args = [join(root, 'bin', 'apigen.js'), 'dev', '--port', String(port), '--strict-port'];
      const prefix = type === 'rest' ? '/dev' : '';
      return started(args, folder, { port, prefix, socketPort: port, socketPath: '/dev' });
    },
  };
}

/** @param modules where it is installed */
export function serverlessOffline(modules: string, { folder }: BenchProject): Contender {
  for (const name of ['serverless-offline', 'osls', 'serverless']) {
    const link = join(folder, 'node_modules', name);
    if (!existsSync(link) && existsSync(join(modules, name))) symlinkSync(join(modules, name), link);
  }
  return {
    name: 'serverless-offline 14',
    start() {
      const [port, lambdaPort, socketPort] = [nextPort++, nextPort++, nextPort++];
      const ports = { httpPort: port, lambdaPort, websocketPort: socketPort };
      const flags = Object.entries(ports).flatMap(([name, value]) => [`--${name}`, String(value)]);
      const args = [join(modules, '.bin', 'osls'), 'offline', 'start', ...flags, '--noPrependStageInUrl'];
      return started(args, folder, { port, prefix: '', socketPort, socketPath: '/' });
    },
  };
}

type Address = Pick<Running, 'port' | 'prefix' | 'socketPort' | 'socketPath'>;

function started(args: readonly string[], cwd: string, address: Address): Running {
  const { PATH, HOME, TMPDIR } = process.env;
  const env = { PATH, HOME, ...(TMPDIR === undefined ? {} : { TMPDIR }), SLS_TELEMETRY_DISABLED: '1' };
  const child = spawn(process.execPath, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (bytes: Buffer) => {
      output = (output + bytes).slice(-20_000);
    });
  }
  return { ...address, pid: child.pid ?? 0, output: () => output, stop: () => stop(child) };
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), 5_000);
  await ended;
  clearTimeout(timer);
}
