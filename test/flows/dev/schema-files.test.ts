// A JSON Schema file that a route names as its body is a source like any other: saved alone, it is what bodies are
// checked by from then on, on every type of API and however an editor saves it.

import { once } from 'node:events';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { WebSocket } from 'ws';
import { type DevHarness, underDev } from './dev-harness.ts';

const yml = `name: shop
region: eu-west-1
apis:
  partner:
    type: rest
    auth: none
    routes:
      POST /things: { handler: src/made.handler, body: contracts/v1/thing.json }
  public:
    type: http
    auth: none
    routes:
      POST /things: { handler: src/made.handler, body: contracts/v1/thing.json }
      GET /free: src/made.handler
  chat:
    type: websocket
    select: $request.body.action
    routes:
      $connect: { handler: src/made.handler, auth: none }
      put: { handler: src/made.handler, body: contracts/v1/thing.json, respond: true }
`;

const schema = (required: string): string =>
  JSON.stringify({ type: 'object', required: [required], properties: { [required]: { type: 'integer' } } });

let dev: DevHarness;
let file: string;
beforeAll(async () => {
  dev = await underDev({
    'apigen.yml': yml,
    'src/made.ts': 'export const handler = async () => ({ statusCode: 200, body: "made" });\n',
    'contracts/v1/thing.json': schema('size'),
  });
  file = join(dev.project.root, 'contracts/v1/thing.json');
});
afterAll(() => dev.close());

const urlOf = (name: string): string => dev.session.apis().find((api) => api.name === name)?.url ?? '';

/** What each API says of a thing with this property alone. */
async function judged(property: string): Promise<readonly (number | string)[]> {
  const body = JSON.stringify({ action: 'put', [property]: 1 });
  const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body };
  const [rest, http] = await Promise.all(['partner', 'public'].map((name) => fetch(`${urlOf(name)}/things`, init)));
  const socket = new WebSocket(urlOf('chat'));
  await once(socket, 'open');
  socket.send(body);
  // A connection ends where its API changes.
  const ended = once(socket, 'close').then(() => ['closed']);
  const [message] = await Promise.race([once(socket, 'message'), ended]);
  socket.close();
  return [rest?.status ?? 0, http?.status ?? 0, String(message).includes('Bad request body') ? 400 : String(message)];
}

const TAKEN = [200, 200, 'made'];
const REFUSED = [400, 400, 400];

/** Until all APIs go by a schema that requires this property. */
async function untilRequired(property: string): Promise<void> {
  const deadline = Date.now() + 25_000;
  let seen: readonly (number | string)[] = [];
  while (Date.now() < deadline) {
    seen = await judged(property).catch(() => []);
    if (JSON.stringify(seen) === JSON.stringify(TAKEN)) return;
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
  throw new Error(`a thing with ${property} is still answered ${JSON.stringify(seen)}`);
}

describe('a schema file under dev', () => {
  it('checks bodies on every type of API', async () => {
    expect(await judged('size')).toEqual(TAKEN);
    expect(await judged('weight')).toEqual(REFUSED);
  });

  it('is taken up when it alone is saved', async () => {
    await writeFile(file, schema('weight'));
    await untilRequired('weight');
    expect(await judged('size')).toEqual(REFUSED);
  });

  it('is taken up when an editor puts a new file in its place', async () => {
    await writeFile(`${file}~`, schema('colour'));
    await rename(`${file}~`, file);
    await untilRequired('colour');
    expect(await judged('weight')).toEqual(REFUSED);
  });

  it('is named with what is wrong when it cannot be used, and heals with the next save', async () => {
    const broken = () => dev.events.filter((event) => event.type === 'broken' && event.what === 'schemas');
    await writeFile(file, '{ "type": "object", ');
    const answered = async () => (await fetch(`${urlOf('public')}/things`, { method: 'POST', body: '{}' })).json();
    for (const deadline = Date.now() + 15_000; broken().length === 0 && Date.now() < deadline; ) {
      await new Promise((resolve) => setTimeout(resolve, 30));
    }
    const problem = {
      code: 'INVALID_SCHEMA_FILE',
      message: expect.stringMatching(/contracts\/v1\/thing\.json is no JSON/),
    };
    expect(broken()).toContainEqual(expect.objectContaining({ problems: [expect.objectContaining(problem)] }));
    expect(await answered()).toMatchObject({ message: 'schemas cannot run as their files stand', problems: [problem] });
    await writeFile(file, schema('depth'));
    await untilRequired('depth');
    expect(dev.events).toContainEqual({ type: 'healed', what: 'schemas' });
  });

  it('is missed when it goes with its folder, and found when the folder comes back', async () => {
    await rename(join(dev.project.root, 'contracts'), join(dev.project.root, 'away'));
    const answered = async (): Promise<string> =>
      (await fetch(`${urlOf('public')}/things`, { method: 'POST', body: '{}' })).text();
    for (const deadline = Date.now() + 15_000; Date.now() < deadline; ) {
      if ((await answered()).includes('does not exist')) break;
      await new Promise((resolve) => setTimeout(resolve, 30));
    }
    expect(await answered()).toContain('contracts/v1/thing.json does not exist');
    await rename(join(dev.project.root, 'away'), join(dev.project.root, 'contracts'));
    await untilRequired('depth');
    await writeFile(file, schema('length'));
    await untilRequired('length');
  });

  it('is found when it appears in folders that were made just before', async () => {
    await rm(join(dev.project.root, 'contracts'), { recursive: true });
    await new Promise((resolve) => setTimeout(resolve, 300));
    await mkdir(join(dev.project.root, 'contracts/v1'), { recursive: true });
    await writeFile(file, schema('width'));
    await untilRequired('width');
    // Another folder of the same name in one go, as a checkout of another branch makes it.
    await rm(join(dev.project.root, 'contracts'), { recursive: true });
    await mkdir(join(dev.project.root, 'contracts/v1'), { recursive: true });
    await writeFile(file, schema('height'));
    await untilRequired('height');
    await writeFile(file, schema('volume'));
    await untilRequired('volume');
  });
});
