// The real compiler over scaffolded projects: right handlers compile, wrong ones are told their line.

import { execFile } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it } from '@jest/globals';
import { initProject } from '../../../src/flows/scaffold/init-project.ts';
import { generateTypes } from '../../../src/flows/types/generate-types.ts';
import { writeTypes } from '../../../src/flows/types/write-types.ts';

const run = promisify(execFile);
const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

const HEAD = 'name: shop\nregion: eu-west-1\n';

/** A new project with another apigen.yml and further files, its types generated. */
async function project(yaml: string, files: Readonly<Record<string, string>> = {}): Promise<string> {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'apigen-types-')));
  folders.push(root);
  symlinkSync(resolve('node_modules'), join(root, 'node_modules'));
  await initProject(root, { name: 'shop', type: 'http', region: 'eu-west-1', language: 'typescript' });
  writeFileSync(join(root, 'apigen.yml'), HEAD + yaml);
  for (const [path, text] of Object.entries(files)) writeFileSync(join(root, path), text);
  const { files: generated } = await generateTypes({ cwd: root });
  await writeTypes(root, generated);
  return root;
}

/** What the compiler says: `src/create.ts:3 TS2339`. */
async function compile(root: string, ...flags: string[]): Promise<readonly string[]> {
  const tsc = resolve('node_modules/typescript/bin/tsc');
  const { stdout } = await run(process.execPath, [tsc, '--noEmit', '--pretty', 'false', ...flags], { cwd: root }).catch(
    (error: { stdout: string }) => error,
  );
  return stdout
    .split('\n')
    .flatMap((line) => /^(\S+?)\((\d+),\d+\): error (TS\d+): (.*)$/.exec(line)?.slice(1) ?? [])
    .reduce<string[]>((all, part, index, parts) => {
      if (index % 4 === 0) all.push(`${part}:${parts[index + 1]} ${parts[index + 2]} ${parts[index + 3]}`);
      return all;
    }, []);
}

/** Every flag that a strict project may set. */
const STRICTEST = [
  '--strict',
  '--exactOptionalPropertyTypes',
  '--noPropertyAccessFromIndexSignature',
  '--noUnusedLocals',
  '--noUnusedParameters',
  '--noImplicitReturns',
  '--noImplicitOverride',
  '--noFallthroughCasesInSwitch',
  '--isolatedModules',
  '--skipLibCheck',
  'false',
];

const SHOP = `
models: { Product: src/models/product.ts }
auth:
  clients: { jwt: { issuer: "https://idp.example.com/", audience: [shop] } }
apis:
  public:
    type: http
    auth: none
    routes:
      POST /products: { handler: src/create.handler, auth: clients, body: Product, access: { Product: write } }
      PATCH /products/{id}: { handler: src/update.handler, body: { model: Product, partial: true } }
      GET /products: { handler: src/list.handler, parameters: { query.limit: required, query.after: optional } }
`;

describe('a project in TypeScript', () => {
  it('compiles handlers that are right, with the strictest flags too', async () => {
    const root = await project(SHOP, {
      'src/create.ts': `import { randomUUID } from 'node:crypto';
import { readBody, type RouteHandler } from './generated/apigen.ts';
import { Product } from './models/product.ts';

export const handler: RouteHandler<'POST /products'> = async (event, context) => {
  const { name, price, description } = readBody('POST /products', event);
  const { claims } = event.requestContext.authorizer.jwt;
  console.log(context.awsRequestId, claims.iss, claims['tenant']?.toUpperCase(), price.toFixed(2));
  await Product.create({ id: randomUUID(), name, price, ...(description !== undefined && { description }) });
  return { statusCode: 201, headers: { location: event.rawPath } };
};
`,
      'src/update.ts': `import { answering, json } from './http.ts';
import { readBody, type RouteHandler } from './generated/apigen.ts';

export const handler: RouteHandler<'PATCH /products/{id}'> = answering(async (request) => {
  const change = readBody('PATCH /products/{id}', request);
  return json(200, { id: request.pathParameters.id, price: change.price?.toFixed(2) });
});
`,
      'src/list.ts': `import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type { RouteHandler } from './generated/apigen.ts';

export const handler: RouteHandler<'GET /products'> = async (event) => {
  const known: APIGatewayProxyEventV2 = event;
  const { limit, after = '', other } = event.queryStringParameters;
  return JSON.stringify([Number(limit), after.trim(), other?.trim(), known.rawPath]);
};
`,
    });
    expect(await compile(root)).toEqual([]);
    expect(await compile(root, ...STRICTEST, '--skipLibCheck', 'true')).toEqual([]);
  });

  it('is told the line of each mistake', async () => {
    const root = await project(SHOP, {
      'src/create.ts': `import { readBody, type RouteHandler } from './generated/apigen.ts';
export const handler: RouteHandler<'POST /products'> = async (event) => {
  const product = readBody('POST /products', event);
  console.log(product.pricee);
  console.log(product.id, product.price.trim());
  console.log(event.requestContext.authorizer.lambda);
  const tenant: string = event.requestContext.authorizer.jwt.claims['tenant'];
  return { statusCode: '201', body: tenant };
};
`,
      'src/update.ts': `import type { RouteHandler } from './generated/apigen.ts';
export const handler: RouteHandler<'PATCH /products/{id}'> = async (event) => {
  console.log(event.pathParameters.idd);
  console.log(event.requestContext.authorizer);
  return { statusCode: 200 };
};
`,
      'src/list.ts': `import { readBody, type RouteHandler } from './generated/apigen.ts';
export const handler: RouteHandler<'GET /product'> = async () => ({ statusCode: 200 });
export const body = (event: { body: string }) => readBody('GET /products', event);
`,
    });
    expect(await compile(root)).toEqual([
      expect.stringMatching(/^src\/create\.ts:2 TS2322 .*RouteHandler<"POST \/products">/),
      expect.stringMatching(/^src\/create\.ts:4 TS2551 .*'pricee'.*Did you mean 'price'/),
      expect.stringMatching(/^src\/create\.ts:5 TS2339 .*'trim'/),
      expect.stringMatching(/^src\/create\.ts:6 TS2339 .*'lambda'/),
      expect.stringMatching(/^src\/create\.ts:7 TS2322 .*undefined/),
      expect.stringMatching(/^src\/list\.ts:2 TS2344 .*'keyof Routes'/),
      expect.stringMatching(/^src\/list\.ts:3 TS2345 .*'"GET \/products"'/),
      expect.stringMatching(/^src\/update\.ts:3 TS2339 .*'idd'/),
      expect.stringMatching(/^src\/update\.ts:4 TS2339 .*'authorizer'/),
    ]);
  });
});
