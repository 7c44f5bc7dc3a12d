// What is said of functions that cannot be built: once, at the line where they stand now.

import { afterEach, expect, it } from '@jest/globals';
import type { DevEvent } from '../../../src/flows/dev/dev-event.ts';
import { type DevHarness, underDev } from './dev-harness.ts';

let dev: DevHarness;
afterEach(() => dev.close());

const yml = (...routes: string[]): string =>
  `name: shop\nregion: eu-west-1\napis:\n  public:\n    type: http\n    auth: none\n    routes:\n${routes.map((route) => `      ${route}\n`).join('')}`;
const good = "export const handler = async () => ({ statusCode: 200, body: 'good' });\n";
const brokenOf = (what: string): Extract<DevEvent, { type: 'broken' }>[] =>
  dev.events.flatMap((event) => (event.type === 'broken' && event.what === what ? [event] : []));
const after = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

it('a call that looks again at a broken function says nothing new, a save that leaves it broken does', async () => {
  dev = await underDev({ 'apigen.yml': yml('GET /a: src/a.handler'), 'src/a.ts': 'export const handler = {' });
  for (let call = 0; call < 3; call += 1) {
    expect((await dev.get('/a')).status).toBe(500);
    await after(510);
  }
  expect(brokenOf('a')).toHaveLength(1);
  expect(dev.events.filter(({ type }) => type === 'note')).toEqual([]);
  await dev.project.write({ 'src/a.ts': 'export const handler = {' });
  while (brokenOf('a').length < 2) await after(10);
});

it('names the line at which a function stands after apigen.yml was saved', async () => {
  const first = yml('GET /a: src/a.handler', 'GET /b: src/b.handler');
  dev = await underDev({ 'apigen.yml': first, 'src/a.ts': good, 'src/b.ts': good });
  await dev.get('/b');
  await dev.project.write({ 'apigen.yml': yml('GET /b: src/b.handler') });
  await dev.until('/a', ({ status }) => status === 404);
  await dev.project.write({ 'src/b.ts': good.replace('handler', 'handle') });
  await dev.until('/b', ({ status }) => status === 500);
  expect(brokenOf('b').map(({ problems }) => problems.map(({ hint, position }) => [hint, position?.line]))).toEqual([
    [['Write src/b.handle, or export handler', 8]],
  ]);
});

it('says at the terminal why a result is no answer', async () => {
  const handler = "export const handler = async () => ({ statusCode: 200, body: { not: 'text' } });\n";
  dev = await underDev({ 'apigen.yml': yml('GET /a: src/a.handler'), 'src/a.ts': handler });
  expect(await dev.get('/a')).toMatchObject({ status: 500, body: { message: 'Internal Server Error' } });
  const text = 'GET /a: what a returned is no answer: body is no text (JSON.stringify it)';
  expect(dev.events).toContainEqual({ type: 'note', text });
});
