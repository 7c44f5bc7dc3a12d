// Before the first test of the `aws` project: both emulators run, and the tests find them in the environment.

import { type Emulators, startEmulators } from './emulators.ts';

declare global {
  var apigenEmulators: Emulators | undefined;
}

export default async function start(): Promise<void> {
  const emulators = await startEmulators();
  globalThis.apigenEmulators = emulators;
  process.env['MINISTACK_ENDPOINT'] = emulators.ministack;
  process.env['MOTO_ENDPOINT'] = emulators.moto;
  process.env['EMULATOR_PYTHON'] = emulators.python;
}
