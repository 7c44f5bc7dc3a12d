// Ends the project's emulator with everything it started. It keeps its state when it may end in peace.

import { forgetInstance, type LocalInstance, localFolder, readInstance } from './local-instance.ts';
import { endProcessGroup } from './process-identity.ts';

/** @returns the instance that was ended; nothing if none ran. */
export async function stopLocal(cwd: string): Promise<LocalInstance | undefined> {
  const folder = localFolder(cwd);
  const instance = await readInstance(folder);
  if (instance === undefined) return undefined;
  await endProcessGroup(instance);
  await forgetInstance(folder);
  return instance;
}
