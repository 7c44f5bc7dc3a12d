// MiniStack and moto for a test run or a script: installed once into .cache, started on free ports, ended with the
// process that asked for them, whatever becomes of it.

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export interface EmulatorAddresses {
  /** `http://127.0.0.1:40123`; account 000000000000. Runs functions. */
  readonly ministack: string;
  /** `http://127.0.0.1:40124`; account 123456789012. A strict control plane without functions. */
  readonly moto: string;
  /** An interpreter that has boto3. */
  readonly python: string;
}

export interface Emulators extends EmulatorAddresses {
  stop(): Promise<void>;
}

export async function startEmulators(): Promise<Emulators> {
  const root = fileURLToPath(new URL('../../', import.meta.url));
  const child = spawn(process.execPath, ['scripts/run.js', 'test/harness/emulator-keeper.ts'], {
    cwd: root,
    // Ctrl-C in the terminal reaches the whole group: the keeper stays out of it, to end the emulators afterwards.
    detached: true,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout });
  const first = await Promise.race([
    once(lines, 'line').then(([line]) => String(line)),
    once(child, 'exit').then(() => undefined),
  ]);
  lines.close();
  if (first === undefined) throw new Error('The emulators did not start; the lines above say why.');
  child.unref();
  return { ...(JSON.parse(first) as EmulatorAddresses), stop: () => stop(child) };
}

async function stop(child: ChildProcess): Promise<void> {
  child.ref();
  const exited = once(child, 'exit');
  child.stdin?.end();
  await exited;
}
