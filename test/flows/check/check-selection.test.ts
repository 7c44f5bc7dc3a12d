import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, expect, it } from '@jest/globals';
import { checkSelection } from '../../../src/flows/check/check-selection.ts';
import { readSchemas } from '../../../src/flows/read-schemas.ts';
import type { ModelSpec } from '../../../src/models/model-spec.ts';
import { loadProject } from '../../../src/project/load-project.ts';

const root = mkdtempSync(join(tmpdir(), 'apigen-selection-'));
afterAll(() => rmSync(root, { recursive: true }));

const attribute = (name: string): object => ({ name, values: [{ type: { kind: 'string' } }], required: false });
const model = (open: boolean, ...names: string[]): ModelSpec =>
  ({ schemas: [{ attributes: names.map(attribute), open }] }) as unknown as ModelSpec;

async function warnings(select: string, bodies: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const routes = Object.entries(bodies).map(([key, body]) => `      ${key}: { handler: src/a.handler, body: ${body} }`);
  const yaml = [
    'name: shop\nregion: eu-west-1',
    'models: { Message: src/message.ts, Open: src/open.ts, Kind: src/kind.ts }',
    `apis:\n  chat:\n    type: websocket\n    auth: none\n    select: ${select}\n    routes:`,
    ...routes,
  ];
  writeFileSync(join(root, 'apigen.yml'), `${yaml.join('\n')}\n`);
  for (const [file, schema] of [
    ['closed', { type: 'object', properties: { text: {} }, additionalProperties: false }],
    ['free', { type: 'object', properties: { text: {} } }],
  ] as const) {
    mkdirSync(dirname(join(root, `src/${file}.json`)), { recursive: true });
    writeFileSync(join(root, `src/${file}.json`), JSON.stringify(schema));
  }
  const project = await loadProject({ cwd: root });
  const models = {
    Message: model(false, 'text'),
    Open: model(true, 'text'),
    Kind: model(false, 'kind', 'text'),
  };
  const { schemas } = await readSchemas(project);
  return checkSelection(project, { models, schemas }).map(
    ({ code, message, hint, position }) => `${position?.line} ${code} ${message} → ${hint}`,
  );
}

it('a route whose body does not know what selects it refuses every message, and is told so', async () => {
  const found = await warnings('$request.body.action', {
    send: 'Message',
    file: 'src/closed.json',
    open: 'Open',
    free: 'src/free.json',
    $default: 'Message',
  });
  expect(found).toEqual([
    '10 SELECTOR_NOT_IN_BODY apis.chat.routes.send: select finds this route by action, which Message does not know: every message is refused → Add action to Message, or name a JSON Schema file in body.',
    '11 SELECTOR_NOT_IN_BODY apis.chat.routes.file: select finds this route by action, which src/closed.json does not know: every message is refused → Add action to its properties.',
  ]);
});

it('every part of the expression counts, and one that the body knows does not', async () => {
  expect(await warnings('"${request.body.kind}"', { send: 'Kind' })).toEqual([]);
  const [second] = await warnings('"${request.body.kind}/${request.body.room.id}"', { 'a/b': 'Kind' });
  expect(second).toContain('by room, which Kind does not know');
});
