// Waits for a server that was just started, and notices at once when it has ended instead.

import { setTimeout as sleep } from 'node:timers/promises';

export interface WaitOptions {
  readonly url: string;
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
  isRunning(): boolean;
}

/** `ready` once the URL answers 200; `ended` when the process has gone, `silent` when the time is over. */
export async function waitUntilReady(options: WaitOptions): Promise<'ready' | 'ended' | 'silent'> {
  const deadline = Date.now() + options.timeoutMs;
  while (Date.now() < deadline) {
    options.signal?.throwIfAborted();
    if (!options.isRunning()) return 'ended';
    if (await answers(options.url)) return 'ready';
    await sleep(50);
  }
  return 'silent';
}

async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(2000) });
    await response.arrayBuffer();
    return response.ok;
  } catch {
    return false;
  }
}
