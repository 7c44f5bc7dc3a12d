// A function that follows a table under dev: what it is given, in which order, and what a save changes.

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DevEvent } from '../../../src/flows/dev/dev-event.ts';
import { type DevHarness, underDev } from './dev-harness.ts';

const yml = (triggers: string) => `name: shop
region: eu-west-1
models: { Note: { file: src/models/note.ts, stream: new-image }, Seen: src/models/seen.ts }
functions:
  watcher: { handler: src/watcher.handler, access: { Seen: write }, on: [${triggers}] }
  looper: { handler: src/looper.handler, access: { Seen: write }, on: [{ stream: Seen, filters: [{ dynamodb: { Keys: { id: { S: [loop] } } } }] }] }
apis:
  public: { type: http, auth: none, routes: {
    "PUT /notes/{id}": { handler: src/put.handler, access: { Note: write } }, "PUT /loop": { handler: src/loop.handler, access: { Seen: write } }, GET /seen: { handler: src/seen.handler, access: { Seen: scan } } } }
`;

const model = (name: string, attributes: string) => `import dynamoose from 'dynamoose';
export const ${name} = dynamoose.model('${name}', new dynamoose.Schema({ id: { type: String, hashKey: true }, ${attributes} }));
`;

const watcher = (mark: string) => `import { Seen } from './models/seen.ts';
export const handler = async (event) => {
  for (const { eventName, dynamodb, eventSourceARN } of event.Records) {
    const text = dynamodb.NewImage?.text?.S ?? '';
    await Seen.create({ id: '${mark} ' + eventName + ' ' + dynamodb.Keys.id.S + ' ' + text, arn: eventSourceARN });
  }
};
`;

type DeliveryEvent = Extract<DevEvent, { type: 'delivery' }>;

describe('a stream under dev', () => {
  let dev: DevHarness;
  const put = (id: string, text: string) =>
    dev.get(`/notes/${id}`, {
      method: 'PUT',
      body: JSON.stringify({ text }),
      headers: { 'Content-Type': 'application/json' },
    });
  const sees = (line: string) =>
    dev.until('/seen', ({ body }) => Array.isArray(body) && body.some(({ id }) => id === line));
  const deliveries = (): readonly DeliveryEvent[] =>
    dev.events.flatMap((event) => (event.type === 'delivery' ? [event] : []));
  const told = async (fits: (event: DevEvent) => boolean): Promise<void> => {
    while (!dev.events.some(fits)) await new Promise((resolve) => setTimeout(resolve, 5));
  };

  beforeAll(async () => {
    dev = await underDev({
      'apigen.yml': yml('{ stream: Note }'),
      'src/models/note.ts': model('Note', 'text: String'),
      'src/models/seen.ts': model('Seen', 'arn: String, count: Number'),
      'src/watcher.ts': watcher('one'),
      'src/put.ts': `import { Note } from './models/note.ts';
export const handler = async (event) => {
  await Note.create({ id: event.pathParameters.id, ...JSON.parse(event.body) }, { overwrite: true });
  return { statusCode: 204 };
};
`,
      'src/loop.ts': `import { Seen } from './models/seen.ts';
export const handler = async () => { await Seen.update({ id: 'loop' }, { $ADD: { count: 1 } }); return {}; };
`,
      'src/looper.ts': `import { Seen } from './models/seen.ts';
export const handler = async () => { await Seen.update({ id: 'loop' }, { $ADD: { count: 1 } }); };
`,
      'src/seen.ts': `import { Seen } from './models/seen.ts';
export const handler = async () => ({ statusCode: 200, body: JSON.stringify(await Seen.scan().exec()) });
`,
    });
  });
  afterAll(() => dev.close());

  it('is listed at the start', () => {
    const [ready] = dev.events.filter((event) => event.type === 'ready');
    expect(ready).toMatchObject({
      triggers: [
        { source: 'stream', name: 'Note', function: 'watcher' },
        { source: 'stream', name: 'Seen', function: 'looper' },
      ],
    });
  });

  it('gives a function what a route wrote, and says so', async () => {
    await put('a', 'hello');
    const { body } = await sees('one INSERT a hello');
    expect(body).toContainEqual({
      id: 'one INSERT a hello',
      arn: expect.stringMatching(
        /^arn:aws:dynamodb:eu-west-1:0{12}:table\/shop-dev-Note\/stream\/\d{4}-\d\d-\d\dT[\d:.]+$/,
      ),
    });
    await put('a', 'again');
    await sees('one MODIFY a again');
    expect(deliveries()[0]).toMatchObject({ function: 'watcher', records: 1, outcome: 'done', start: 'cold' });
  });

  it('keeps what a broken function cannot take, and gives it after the save that heals it', async () => {
    await dev.project.write({ 'src/watcher.ts': 'export const handler = {{{' });
    await told((event) => event.type === 'broken' && event.what === 'watcher');
    await put('b', 'held');
    await told((event) => event.type === 'delivery' && event.outcome === 'waiting');
    await dev.project.write({ 'src/watcher.ts': watcher('two') });
    await sees('two INSERT b held');
  });

  it('stops a function that writes what calls it again', async () => {
    await dev.get('/loop', { method: 'PUT' });
    await told((event) => event.type === 'delivery' && event.function === 'looper' && event.outcome === 'dropped');
    const { body } = await dev.get('/seen');
    expect(body).toContainEqual({ id: 'loop', count: 17 });
  });

  it('goes and comes with a save of apigen.yml', async () => {
    await dev.project.write({ 'apigen.yml': yml('{ stream: Note, enabled: false }') });
    await told((event) => event.type === 'reloaded' && event.what === 'apigen.yml');
    expect(dev.session.triggers()).toContainEqual({
      source: 'stream',
      name: 'Note',
      function: 'watcher',
      off: 'not enabled',
    });
    await put('c', 'unseen');
    const before = dev.events.length;
    await dev.project.write({ 'apigen.yml': yml('{ stream: Note, batch: 5 }') });
    await told(
      (event) => dev.events.indexOf(event) >= before && event.type === 'reloaded' && event.what === 'apigen.yml',
    );
    await put('d', 'seen');
    const { body } = await sees('two INSERT d seen');
    expect(body).not.toContainEqual(expect.objectContaining({ id: 'two INSERT c unseen' }));
  });
});
