// What is known of the project's emulator at this moment.

import { type LocalInstance, localFolder, readInstance } from './local-instance.ts';
import { miniStackReadyUrl } from './ministack.ts';

export interface LocalStatus {
  readonly instance: LocalInstance | undefined;
  /** It answers calls, besides being a process. */
  readonly answers: boolean;
}

export async function localStatus(cwd: string): Promise<LocalStatus> {
  const instance = await readInstance(localFolder(cwd));
  if (instance === undefined) return { instance, answers: false };
  const response = await fetch(miniStackReadyUrl(instance.port), { signal: AbortSignal.timeout(2000) }).catch(
    () => undefined,
  );
  await response?.body?.cancel();
  return { instance, answers: response?.ok === true };
}
