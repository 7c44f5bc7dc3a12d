// What clients of the chat see of it, wherever it runs.

import { once } from 'node:events';
import { expect } from '@jest/globals';
import { WebSocket } from 'ws';

/** @param url of the chat */
export async function refusesStrangers(url: string): Promise<void> {
  const refused = new WebSocket(`${url}?token=wrong`);
  const [, response] = await once(refused, 'unexpected-response');
  expect(response.statusCode).toBe(403);
}

/** @param url of the chat */
export async function conversesWithAnn(url: string): Promise<void> {
  const socket = new WebSocket(`${url}?token=open`);
  await once(socket, 'open');
  expect(await said(socket, { action: 'echo', text: 'a' })).toBe('echo {"action":"echo","text":"a"}');
  expect(JSON.parse(await said(socket, { action: 'send', text: 'hello' }))).toEqual({ from: 'ann', text: 'hello' });
  socket.close();
  await once(socket, 'close');
}

async function said(socket: WebSocket, message: object): Promise<string> {
  const answer = once(socket, 'message', { signal: AbortSignal.timeout(30_000) });
  socket.send(JSON.stringify(message));
  return String((await answer)[0]);
}
