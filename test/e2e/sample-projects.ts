// The projects that end-to-end tests deploy: one table, three functions, once behind an HTTP API and once behind REST.

const model = `import dynamoose from 'dynamoose';
export const Note = dynamoose.model('Note', new dynamoose.Schema({
  id: { type: String, hashKey: true },
  text: { type: String, required: true },
}));
`;

const handler = (body: string): string => `import { Note } from '../models/note.ts';
export const handler = async (event: { pathParameters?: { id?: string }; body?: string }) => {
  ${body}
};
`;

const answer = (status: number, value: string): string =>
  `return { statusCode: ${status}, headers: { 'content-type': 'application/json' }, body: JSON.stringify(${value}) };`;

/** A handler that says its version: what a deploy replaces. */
export const versionHandler = (version: string): string =>
  `export const handler = async () => ({ statusCode: 200, body: ${JSON.stringify(version)} });\n`;

export interface SampleOptions {
  readonly name: string;
  readonly type: 'http' | 'rest';
  /** More lines under `routes:`, already indented by six spaces. */
  readonly routes?: string;
}

export function sampleProject({ name, type, routes = '' }: SampleOptions): Record<string, string> {
  const health = type === 'rest' ? '{ mock: { status: 200, body: { ok: true } } }' : 'src/version.handler';
  return {
    'apigen.yml': `name: ${name}
region: eu-west-1
models:
  Note: src/models/note.ts
apis:
  public:
    type: ${type}
    auth: none
    routes:
      POST /notes: { handler: src/notes/create.handler, access: { Note: write } }
      GET /notes/{id}: src/notes/get.handler
      GET /version: src/version.handler
      GET /health: ${health}
${routes}`,
    'src/models/note.ts': model,
    'src/notes/create.ts': handler(
      `const note = await Note.create(JSON.parse(event.body ?? '{}'));\n  ${answer(201, 'note')}`,
    ),
    'src/notes/get.ts': handler(
      `const note = await Note.get(event.pathParameters?.id ?? '');\n  ${answer(200, 'note ?? null')}`,
    ),
    'src/version.ts': versionHandler('one'),
  };
}
