// For sweeps, which type thousands of commands: what is killed is a process that starts quickly, and what is not to be
// killed runs in this one.

import { EventEmitter } from 'node:events';
import { PassThrough } from 'node:stream';
import { pathToFileURL } from 'node:url';
import type { main as Main } from '../../../src/main.ts';
import type { Typist } from './swept-project.ts';
import { wholeProgram } from './whole-program.ts';

export async function quickTypist(): Promise<Typist> {
  const program = await wholeProgram();
  const { main } = (await import(new URL('dist/main.js', pathToFileURL(program)).href)) as {
    readonly main: typeof Main;
  };
  return {
    program: async () => program,
    async type(args, { cwd, env }) {
      const streams = { stdin: new PassThrough(), stdout: new PassThrough(), stderr: new PassThrough() };
      let output = '';
      for (const stream of [streams.stdout, streams.stderr]) {
        stream.on('data', (bytes: Buffer) => (output += bytes.toString()));
      }
      streams.stdin.end();
      const exit = (code: number): never => {
        throw new Error(`apigen ${args.join(' ')} left with ${code}`);
      };
      const code = await main(args, { streams, cwd, env, signals: new EventEmitter(), exit });
      return { code, output };
    },
  };
}
