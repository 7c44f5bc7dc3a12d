// Routes of an HTTP API under dev refuse what their deployed functions would, and take up what is saved.

import { afterEach, expect, it } from '@jest/globals';
import { type DevHarness, underDev } from './dev-harness.ts';

let dev: DevHarness | undefined;
afterEach(async () => dev?.close());

const schema = (required: string) => JSON.stringify({ type: 'object', required: [required] });

it('answers 400 as the bundle does, until the schema of the body allows it', async () => {
  dev = await underDev({
    'apigen.yml':
      'name: shop\nregion: eu-west-1\napis:\n  p: { type: http, auth: none, routes: { POST /a: { handler: src/a.handler, body: src/a.json } } }\n',
    'src/a.ts': 'export const handler = async () => ({ statusCode: 201, body: "made" });',
    'src/a.json': schema('name'),
  });
  const post = () => dev?.get('/a', { method: 'POST', body: '{"title":"x"}' });
  expect(await post()).toMatchObject({ status: 400, body: { message: 'Invalid request body' } });
  await dev.project.write({
    'src/a.json': schema('title'),
    'src/a.ts': 'export const handler = async () => ({ statusCode: 201, body: "\\"again\\"" });',
  });
  const deadline = Date.now() + 15_000;
  let answer = await post();
  while (answer?.status !== 201 && Date.now() < deadline) answer = await post();
  expect(answer).toMatchObject({ status: 201, body: 'again' });
});
