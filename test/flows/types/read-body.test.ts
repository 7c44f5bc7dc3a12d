// The generated code at work, in Node, on what requests hold.

import { rmSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { execute, typedProject } from '../../harness/typed-project.ts';

const YAML = `
models: { Game: src/models/game.js }
apis:
  public:
    type: http
    auth: none
    routes:
      POST /games: { handler: src/x.handler, body: { model: Game, omit: [kind] } }
      PATCH /games/{id}: { handler: src/x.handler, body: { model: Game, partial: true } }
      POST /notes: { handler: src/x.handler, body: src/note.json }
      PUT /shared: { handler: src/x.handler, body: { model: Game, pick: [title] } }
  partner:
    type: rest
    auth: none
    routes:
      POST /games: { handler: src/x.handler, body: { model: Game, pick: [id, title] } }
      PUT /shared: { handler: src/x.handler, body: { model: Game, pick: [title] } }
`;

const GAME = `import dynamoose from 'dynamoose';
const schema = new dynamoose.Schema({
  id: { type: String, hashKey: true },
  title: { type: String, required: true },
  at: Date,
  tags: { type: Set, schema: [String] },
  raw: Buffer,
  maker: { type: Object, schema: { name: { type: String, required: true } } },
  kind: { type: String, enum: ['a', 'b'] },
  state: { type: String, default: 'new' },
}, { timestamps: true });
export const Game = dynamoose.model('Game', schema);
`;

const SCRIPT = `import { decode, InvalidBody, readBody } from './src/generated/apigen.js';
const read = (route, body, ...api) => {
  const request = typeof body === 'string' ? { body } : body.body === undefined ? { body: JSON.stringify(body) } : body;
  try {
    return { body: readBody(route, request, ...api) };
  } catch (error) {
    return error instanceof InvalidBody
      ? { refused: error.message, status: error.statusCode, name: error.name, count: error.problems.length }
      : { error: error.message };
  }
};
const full = { id: 'g1', title: 'Go', at: '2026-01-31T12:00:00Z', tags: ['x', 'y'], raw: 'AAH/', maker: { name: 'M' } };
const made = read('POST /games', full, 'public').body;
console.log(JSON.stringify({
  made: [made.at instanceof Date && made.at.toISOString(), made.tags instanceof Set && [...made.tags], Buffer.isBuffer(made.raw) && [...made.raw], made.maker],
  base64: read('POST /games', { body: Buffer.from(JSON.stringify({ id: 'g', title: 't' })).toString('base64'), isBase64Encoded: true }, 'public'),
  unknown: read('POST /games', { ...full, prize: 1 }, 'public'),
  omitted: read('POST /games', { ...full, kind: 'a' }, 'public'),
  filled: read('POST /games', { ...full, state: 'old' }, 'public'),
  several: read('POST /games', { at: 'yesterday', maker: {} }, 'public'),
  empty: read('POST /games', '', 'public'),
  noJson: read('POST /games', '{', 'public'),
  list: read('POST /games', '[]', 'public'),
  proto: read('POST /games', '{"id":"g","title":"t","__proto__":{"admin":true}}', 'public'),
  partner: read('POST /games', { id: 'g', title: 't', kind: 'a' }, 'partner'),
  undivided: [read('PUT /shared', { title: 't' }), read('PUT /shared', { title: 't' }, 'partner')],
  unnamed: read('POST /games', full),
  partial: [read('PATCH /games/{id}', { kind: 'b' }), read('PATCH /games/{id}', { id: 'g' }), read('PATCH /games/{id}', { kind: 'c' }), read('PATCH /games/{id}', '')],
  file: read('POST /notes', { at: '2026-01-31T12:00:00Z', more: 1 }),
  decoded: [decode('Game', { id: 'g', title: 't', state: 'old' }), decode('Game', {}), decode('Game', {}, { partial: true })],
}));
`;

let root: string;
let seen: Record<string, unknown>;
beforeAll(async () => {
  const note = JSON.stringify({ type: 'object', properties: { at: { type: 'string' } } });
  const files = { 'src/models/game.js': GAME, 'src/note.json': note, 'script.js': SCRIPT };
  root = await typedProject(YAML, files, 'javascript');
  seen = JSON.parse(await execute(root, 'script.js'));
});
afterAll(() => rmSync(root, { recursive: true }));

const refused = (message: string, count = 1) => ({ refused: message, status: 400, name: 'ValidationError', count });

it('makes dates, sets and binaries of JSON, sent as text or base64', () => {
  expect(seen['made']).toEqual(['2026-01-31T12:00:00.000Z', ['x', 'y'], [0, 1, 255], { name: 'M' }]);
  expect(seen['base64']).toEqual({ body: { id: 'g', title: 't' } });
});

it('refuses what the route does not ask for', () => {
  expect(seen['unknown']).toEqual(refused('prize is no attribute of the model'));
  expect(seen['omitted']).toEqual(refused('kind is not taken here: the route leaves it out'));
  expect(seen['filled']).toEqual(refused('state is not taken here: the route leaves it out'));
  expect(seen['proto']).toEqual(refused('__proto__ is no attribute of the model'));
});

it('says everything that is wrong at once', () => {
  expect(seen['several']).toEqual(
    refused(
      'id is required; title is required; at must be a time as 2026-01-31T12:00:00Z, not "yesterday"; maker.name is required',
      4,
    ),
  );
  expect(seen['empty']).toEqual(refused('id is required; title is required', 2));
  expect(seen['noJson']).toEqual(refused('The body must be JSON'));
  expect(seen['list']).toEqual(refused('The body must be an object, not a list'));
});

it('tells the bodies of two APIs apart, and asks for the name where it must', () => {
  expect(seen['partner']).toEqual(refused('kind is not taken here: the route leaves it out'));
  expect(seen['undivided']).toEqual([{ body: { title: 't' } }, { body: { title: 't' } }]);
  expect(seen['unnamed']).toEqual({ error: 'POST /games: name its API, one of public, partner' });
});

it('asks for nothing of a partial body, and for no key that the path has', () => {
  expect(seen['partial']).toEqual([
    { body: { kind: 'b' } },
    refused('id is not taken here: the route leaves it out'),
    refused('kind must be one of "a", "b"'),
    { body: {} },
  ]);
});

it('reads what a JSON Schema file describes as JSON', () => {
  expect(seen['file']).toEqual({ body: { at: '2026-01-31T12:00:00Z', more: 1 } });
});

it('decodes items of a model', () => {
  expect(seen['decoded']).toEqual([
    { item: { id: 'g', title: 't', state: 'old' } },
    { problems: [expect.objectContaining({ path: 'id' }), expect.objectContaining({ path: 'title' })] },
    { item: {} },
  ]);
});
