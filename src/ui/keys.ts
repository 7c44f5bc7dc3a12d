// Single keys from a terminal, without Enter. While they are listened to the terminal is raw: Ctrl-C and Ctrl-Z come as
// keys, and do here what they would have done.

import type { InputStream } from './streams.ts';

/**
 * @param interrupt what Ctrl-C does
 * @returns gives the terminal back
 */
export function listenToKeys(stdin: InputStream, listener: (key: string) => void, interrupt: () => void): () => void {
  const grasp = (): void => {
    stdin.setRawMode?.(true);
  };
  const suspend = (): void => {
    if (process.platform === 'win32') return;
    stdin.setRawMode?.(false);
    process.kill(process.pid, 'SIGTSTP');
  };
  const onData = (chunk: Buffer | string): void => {
    for (const character of chunk.toString()) {
      if (character === '\u0003') interrupt();
      else if (character === '\u001a') suspend();
      else listener(character);
    }
  };
  grasp();
  process.on('SIGCONT', grasp);
  stdin.on('data', onData);
  stdin.resume();
  return () => {
    process.off('SIGCONT', grasp);
    stdin.off('data', onData);
    stdin.setRawMode?.(false);
    stdin.pause();
  };
}
