// The text of types: by API and auth, across stages, whatever the order of files.

import { afterAll, describe, expect, it } from '@jest/globals';
import { generateTypes } from '../../../src/flows/types/generate-types.ts';
import { importExtension } from '../../../src/flows/types/import-extension.ts';
import { type TemporaryProject, temporaryProject } from '../../harness/temporary-project.ts';

const projects: TemporaryProject[] = [];
afterAll(() => Promise.all(projects.map((project) => project.remove())));

async function projectOf(files: Readonly<Record<string, string>>): Promise<string> {
  const project = await temporaryProject(files);
  projects.push(project);
  return project.root;
}

/** The generated types of an apigen.yml in JavaScript, on one line. */
async function typesOf(yaml: string, files: Readonly<Record<string, string>> = {}): Promise<string> {
  const cwd = await projectOf({ 'apigen.yml': `name: shop\n${yaml}`, ...files });
  const generated = await generateTypes({ cwd });
  const text = generated.files.find(({ path }) => path === 'src/generated/apigen.d.ts')?.text ?? '';
  return text.replace(/\s+/g, ' ');
}

const http = (...routes: readonly string[]): string =>
  `apis:
  p:
    type: http
    auth: none
    routes:
${routes
  .map(
    (route) => `      ${route}
`,
  )
  .join('')}`;

describe('the types of a route', () => {
  it.each([
    ['GET /a/{id}: src/x.handler', "Lambda.HttpEvent<'GET /a/{id}', 'GET'> & { pathParameters: { id: string };"],
    [
      'ANY /{proxy+}: src/x.handler',
      "Lambda.HttpEvent<'ANY /{proxy+}', string> & { pathParameters: { proxy: string };",
    ],
    ['$default: src/x.handler', "$default: { p: { event: Lambda.HttpEvent<'$default', string> & {"],
    [
      'GET /a: { handler: src/x.handler, parameters: { query.a: optional } }',
      'queryStringParameters?: { a?: string; [name: string]: string | undefined }',
    ],
    [
      'GET /a: { handler: src/x.handler, parameters: [query.a-b, header.X-One] }',
      "queryStringParameters: { 'a-b': string; [name: string]: string | undefined }; headers: { 'x-one': string; [name: string]: string | undefined };",
    ],
    [
      'GET /a/{id}: { handler: src/x.handler, payload: "1.0", auth: iam }',
      "Lambda.HttpEventV1<'/a/{id}', 'GET', Lambda.RestIamAccess> & { pathParameters: { id: string }; queryStringParameters: Lambda.Values | null;",
    ],
    ['GET /a: { handler: src/x.handler, auth: iam }', "Lambda.HttpEvent<'GET /a', 'GET', Lambda.IamAccess>"],
  ])('%s', async (route, expected) => {
    expect(await typesOf(http(route))).toContain(expected);
  });

  it('are none where no function answers it', async () => {
    const types = await typesOf(http('GET /a: { url: "https://example.com" }', 'GET /b: src/x.handler'));
    expect(types).not.toContain("'GET /a'");
    expect(types).toContain("'GET /b'");
  });

  it('of a body that is a JSON Schema file are by its path', async () => {
    const schema = JSON.stringify({
      required: ['a'],
      properties: { a: { $ref: '#/definitions/a' } },
      definitions: { a: { type: 'string' } },
    });
    const types = await typesOf(http('POST /a: { handler: src/x.handler, body: s/a.json }'), { 's/a.json': schema });
    expect(types).toContain(
      "export interface Schemas { 's/a.json': { a: Schemas['s/a.json#/definitions/a']; [name: string]: unknown }; 's/a.json#/definitions/a': string; }",
    );
    expect(types).toContain("export interface Bodies { 'POST /a': { p: Schemas['s/a.json'] }; }");
    expect(types).toContain('body: string;');
  });
});

describe('stages that differ', () => {
  const yaml = `${http('GET /a: { handler: src/a.handler, auth: iam }', 'GET /b: src/b.handler')}
functions: { job: { handler: src/job.handler, on: [{ schedule: rate(1 day), input: { full: true } }] } }
defaults: { function: { environment: { EVERYWHERE: "1" } } }
stages:
  dev: {}
  test: { apis: { p: { routes: { GET /a: { auth: none }, GET /only: src/only.handler } } } }
  prod: { defaults: { function: { environment: { PROD: "1" } } }, functions: { job: { secrets: { KEY: "ssm:/k" } } } }
`;

  it('have any of the events, and every route of any stage', async () => {
    const types = await typesOf(yaml);
    expect(types).toContain("| Lambda.HttpEvent<'GET /a', 'GET', Lambda.IamAccess> & {");
    expect(types).toContain("| Lambda.HttpEvent<'GET /a', 'GET'> & {");
    expect(types).toContain("'GET /only': {");
  });

  it('make variables optional that one of them lacks', async () => {
    const types = await typesOf(yaml);
    expect(types).toContain('environment: { EVERYWHERE: string; KEY?: string; PROD?: string };');
    expect(types).toContain(
      'ProcessEnv extends Partial<Lambda.LambdaEnvironment> { EVERYWHERE: string; KEY?: string | undefined; PROD?: string | undefined; }',
    );
  });

  it('are all looked at for problems', async () => {
    const cwd = await projectOf({ 'apigen.yml': `name: shop\n${yaml.replace('auth: none', 'auth: nobody')}` });
    await expect(generateTypes({ cwd })).rejects.toMatchObject({ code: 'INVALID_PROJECT' });
  });
});

describe('a project', () => {
  it('without a region, without routes, without models has types all the same', async () => {
    const types = await typesOf('functions: { job: { handler: src/job.handler } }\n');
    expect(types).toContain('export interface Models {}');
    expect(types).toContain('export interface Routes {}');
    expect(types).toContain('job: { event: unknown; answer: unknown; environment: unknown; };');
  });

  it('has the same text on every run', async () => {
    const cwd = await projectOf({ 'apigen.yml': `name: shop\n${http('GET /a: src/x.handler')}` });
    expect(await generateTypes({ cwd })).toEqual(await generateTypes({ cwd }));
  });
});

describe('imports', () => {
  it.each([
    [undefined, '.ts'],
    ['{}', '.js'],
    ['{ "compilerOptions": { "allowImportingTsExtensions": true } }', '.ts'],
    ['{ /* "allowImportingTsExtensions": true */ "compilerOptions": { "outDir": "a//b" } }', '.js'],
    ['{ "extends": ["./none.json", "./base"] }', '.ts'],
    ['{ "extends": "@nobody/has-this" }', '.js'],
    ['{ "extends": "./tsconfig.json" }', '.js'],
  ])('of tsconfig.json %s end in %s', async (tsconfig, extension) => {
    const base = '{ "compilerOptions": { "rewriteRelativeImportExtensions": true } }';
    const root = await projectOf({ 'base.json': base, ...(tsconfig !== undefined && { 'tsconfig.json': tsconfig }) });
    expect(importExtension(root)).toBe(extension);
  });
});
