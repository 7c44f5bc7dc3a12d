// After the last test of the `aws` project.

import './start-emulators.ts';

export default async function stop(): Promise<void> {
  await globalThis.apigenEmulators?.stop();
}
