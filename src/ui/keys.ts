// Single keys from a terminal, without Enter. While they are listened to the terminal is raw: Ctrl-C comes as a key.

import type { InputStream } from './streams.ts';

/** @returns gives the terminal back */
export function listenToKeys(stdin: InputStream, listener: (key: string) => void): () => void {
  const onData = (chunk: Buffer | string): void => {
    for (const character of chunk.toString()) listener(character === '\u0003' ? 'ctrl-c' : character);
  };
  stdin.setRawMode?.(true);
  stdin.on('data', onData);
  stdin.resume();
  return () => {
    stdin.off('data', onData);
    stdin.setRawMode?.(false);
    stdin.pause();
  };
}
