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

it('answers 400 to what comes with payload 1.0 too, by whatever method', async () => {
  dev = await underDev({
    'apigen.yml': `name: shop
region: eu-west-1
apis:
  p:
    type: http
    auth: none
    routes:
      POST /a/{id}: { handler: src/a.handler, payload: "1.0", body: src/a.json }
      ANY /b: { handler: src/a.handler, payload: "1.0", parameters: [query.limit] }
      $default: { handler: src/a.handler, payload: "1.0", parameters: [query.all] }
`,
    'src/a.ts': 'export const handler = async () => ({ statusCode: 201, body: "made" });',
    'src/a.json': schema('name'),
  });
  const post = (path: string, body: string) => dev?.get(path, { method: 'POST', body });
  expect(await post('/a/1', '{"title":"x"}')).toMatchObject({ status: 400, body: { message: 'Invalid request body' } });
  expect(await post('/a/1', '{"name":"x"}')).toMatchObject({ status: 201 });
  const missing = (name: string) => ({
    status: 400,
    body: { message: `Missing required request parameters: [${name}]` },
  });
  expect(await dev.get('/b')).toMatchObject(missing('limit'));
  expect(await dev.get('/b?limit=1')).toMatchObject({ status: 201 });
  expect(await dev.get('/c')).toMatchObject(missing('all'));
});
