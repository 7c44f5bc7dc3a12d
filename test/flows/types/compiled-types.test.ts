// The real compiler over scaffolded projects: right handlers compile, wrong ones are told their line.

import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { compile, refreshTypes, typedProject, writeInto } from '../../harness/typed-project.ts';

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

const project: typeof typedProject = async (...parameters) => {
  const root = await typedProject(...parameters);
  folders.push(root);
  return root;
};

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
    expect(await compile(root, ...STRICTEST)).toEqual([]);
  });

  it('may give its models the generated types, and the examples of the docs compile', async () => {
    const root = await project(SHOP, {
      'src/models/product.ts': `import dynamoose from 'dynamoose';
import type { Item } from 'dynamoose/dist/Item.js';
import type { ProductItem } from '../generated/apigen.ts';
export type { ProductItem };
const schema = new dynamoose.Schema(
  { id: { type: String, hashKey: true }, name: { type: String, required: true }, price: { type: Number, required: true } },
  { timestamps: true },
);
export const Product = dynamoose.model<ProductItem & Item>('Product', schema);
`,
      'src/create.ts': `import { readBody, type RouteHandler } from './generated/apigen.ts';
import { Product } from './models/product.ts';
export const handler: RouteHandler<'POST /products'> = async (event) => {
  const product = readBody('POST /products', event);
  const { sub } = event.requestContext.authorizer.jwt.claims;
  console.log(sub, product.price);
  const { createdAt } = await Product.get({ id: product.id });
  return { statusCode: 201, body: createdAt.toISOString() + JSON.stringify(await Product.create(product)) };
};
`,
    });
    expect(await compile(root)).toEqual([]);
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

const EVERYTHING = `
defaults: { function: { environment: { LOG_LEVEL: info } } }
models: { Product: src/models/product.ts }
topics: { signals: {} }
queues: { jobs: {} }
auth:
  clients: { jwt: { issuer: "https://idp.example.com/", audience: [shop] } }
  pool: { cognito: { userPool: eu-west-1_AbC123456, clients: [abcdef] } }
  custom: { lambda: src/custom.handler }
functions:
  worker: { handler: src/worker.handler, secrets: { STRIPE_KEY: "ssm:/shop/stripe" }, access: { Product: write, jobs: send, chat: manage }, on: [{ queue: jobs, reportFailures: true }] }
  index: { handler: src/index-products.handler, on: [{ stream: Product }] }
  nightly: { handler: src/nightly.handler, on: [{ schedule: rate(1 day), input: { full: true } }, { topic: signals }] }
apis:
  public:
    type: http
    auth: none
    routes:
      GET /products: src/list.handler
      GET /mine: { handler: src/mine.handler, auth: custom }
      GET /signed: { handler: src/signed.handler, auth: iam }
      GET /pool: { handler: src/pool.handler, auth: { pool: [shop/read] } }
      ANY /old/{proxy+}: { handler: src/old.handler, payload: "1.0", auth: clients }
      $default: src/fallback.handler
  partner:
    type: rest
    auth: none
    routes:
      GET /products: src/list.handler
      GET /products/{id}: { handler: src/rest.handler, auth: pool, parameters: [query.limit, header.X-Tenant] }
      GET /signed: { handler: src/rest-signed.handler, auth: iam }
      POST /mapped: { handler: src/mapped.handler, mapping: { template: '{}' } }
  chat:
    type: websocket
    auth: custom
    routes:
      $connect: src/chat/connect.handler
      $disconnect: src/chat/disconnect.handler
      $default: src/chat/default.handler
      send: src/chat/send.handler
stages:
  prod: { defaults: { function: { environment: { EXTRA: "1" } } } }
`;

const CUSTOM = `import type { FunctionEvent } from './generated/apigen.ts';
export const handler = async (event: FunctionEvent<'custom'>) =>
  'routeArn' in event
    ? { isAuthorized: true, context: { user: { id: 7 } } }
    : { principalId: 'x', policyDocument: { Version: '2012-10-17', Statement: [] }, context: { user: { id: 7 } } };
`;

describe('every kind of function', () => {
  it('has an event and an answer of its own', async () => {
    const root = await project(EVERYTHING, {
      'src/custom.ts': CUSTOM,
      'src/list.ts': `import type { FunctionHandler, RouteHandler } from './generated/apigen.ts';
export const handler: RouteHandler<'GET /products'> = async (event) => {
  const place = 'version' in event ? event.requestContext.http.sourceIp : event.requestContext.identity.sourceIp;
  return { statusCode: 200, body: place };
};
export const same: FunctionHandler<'list'> = handler;
export const rest: RouteHandler<'GET /products', 'partner'> = async ({ httpMethod, resource }) => ({
  statusCode: 200,
  body: [httpMethod satisfies 'GET', resource satisfies '/products'].join(),
});
`,
      'src/mine.ts': `import type { RouteHandler } from './generated/apigen.ts';
export const handler: RouteHandler<'GET /mine'> = async ({ requestContext }) =>
  requestContext.authorizer.lambda.user.id.toFixed();
`,
      'src/pool.ts': `import type { RouteHandler } from './generated/apigen.ts';
export const handler: RouteHandler<'GET /pool'> = async ({ requestContext }) =>
  requestContext.authorizer.jwt.claims.scope.split(' ').join() + requestContext.authorizer.jwt.claims.client_id.trim();
`,
      'src/signed.ts': `import type { RouteHandler } from './generated/apigen.ts';
export const handler: RouteHandler<'GET /signed', 'public'> = async ({ requestContext }) =>
  requestContext.authorizer.iam.userArn.trim();
export const rest: RouteHandler<'GET /signed', 'partner'> = async ({ requestContext }) => ({
  statusCode: 200,
  body: requestContext.identity.userArn.trim(),
});
`,
      'src/old.ts': `import type { APIGatewayProxyEvent } from 'aws-lambda';
import type { RouteHandler } from './generated/apigen.ts';
export const handler: RouteHandler<'ANY /old/{proxy+}'> = async (event) => {
  const known: Omit<APIGatewayProxyEvent, 'requestContext'> = event;
  return { statusCode: 200, body: event.pathParameters.proxy + event.httpMethod + known.path + event.requestContext.authorizer.claims.iss };
};
`,
      'src/fallback.ts': `import type { RouteHandler } from './generated/apigen.ts';
export const handler: RouteHandler<'$default', 'public'> = async (event) => event.routeKey satisfies '$default';
`,
      'src/rest.ts': `import type { APIGatewayProxyEvent } from 'aws-lambda';
import type { RouteHandler } from './generated/apigen.ts';
export const handler: RouteHandler<'GET /products/{id}'> = async (event) => {
  const known: APIGatewayProxyEvent = event;
  const { claims } = event.requestContext.authorizer;
  const tenant = event.headers['x-tenant'] ?? '';
  return { statusCode: 200, body: claims['cognito:username'].trim() + event.queryStringParameters.limit.trim() + known.path + tenant };
};
`,
      'src/mapped.ts': `import type { RouteHandler } from './generated/apigen.ts';
export const handler: RouteHandler<'POST /mapped'> = async (event) => ({ made: event });
`,
      'src/chat/send.ts': `import type { APIGatewayProxyWebsocketEventV2 } from 'aws-lambda';
import type { RouteHandler } from '../generated/apigen.ts';
export const handler: RouteHandler<'send'> = async (event) => {
  const known: APIGatewayProxyWebsocketEventV2 = event;
  const { authorizer, messageId } = event.requestContext;
  return { statusCode: 200, body: authorizer.user.trim() + authorizer.principalId + messageId + known.body };
};
export const connect: RouteHandler<'$connect'> = async (event) => ({
  statusCode: event.queryStringParameters?.['token'] === undefined ? 401 : 200,
});
export const disconnect: RouteHandler<'$disconnect'> = async (event) => ({
  statusCode: event.requestContext.disconnectStatusCode,
});
`,
      'src/worker.ts': `import type { SQSEvent } from 'aws-lambda';
import type { Env, FunctionHandler } from './generated/apigen.ts';
const env = process.env as Env<'worker'>;
export const secret: string = env.STRIPE_KEY + env.PRODUCT_TABLE + env.CHAT_ENDPOINT + env.JOBS_QUEUE_URL + env.AWS_REGION;
export const level: string = process.env.LOG_LEVEL;
export const extra: string | undefined = process.env.EXTRA;
export const handler: FunctionHandler<'worker'> = async (event) => {
  const known: SQSEvent = event;
  const failed = known.Records.filter(({ body }) => body === '').map(({ messageId }) => ({ itemIdentifier: messageId }));
  return { batchItemFailures: failed };
};
`,
      'src/index-products.ts': `import type { DynamoDBStreamEvent } from 'aws-lambda';
import type { FunctionHandler } from './generated/apigen.ts';
export const handler: FunctionHandler<'index'> = async (event) => {
  const known: DynamoDBStreamEvent = event;
  for (const record of event.Records) {
    console.log(record.dynamodb.Keys.id.S, known.Records.length);
    if (record.eventName === 'INSERT') console.log(record.dynamodb.NewImage.price.N, record.dynamodb.NewImage.description?.S);
    if (record.eventName === 'REMOVE') console.log(record.dynamodb.OldImage.name.S);
  }
};
`,
      'src/nightly.ts': `import type { SNSEvent } from 'aws-lambda';
import type { FunctionHandler } from './generated/apigen.ts';
export const handler: FunctionHandler<'nightly'> = async (event) => {
  if ('full' in event) return event.full;
  const known: SNSEvent = event;
  return known.Records[0]?.Sns.Message;
};
`,
    });
    expect(await compile(root)).toEqual([]);
    expect(await compile(root, ...STRICTEST)).toEqual([]);
  });

  it('is told what it does not have', async () => {
    const root = await project(EVERYTHING, {
      'src/custom.ts': CUSTOM,
      'src/wrong.ts': `import type { Env, FunctionHandler, RouteHandler } from './generated/apigen.ts';
export const a: RouteHandler<'GET /products'> = async () => 'a string is no answer of a REST API';
export const b: RouteHandler<'GET /mine'> = async (event) => event.requestContext.authorizer.lambda.tenant;
export const c: RouteHandler<'ANY /old/{proxy+}'> = async (event) => event.pathParameters.path;
export const d: FunctionHandler<'worker'> = async () => undefined;
export const e: FunctionHandler<'index'> = async ({ Records }) => Records[0]?.dynamodb.NewImage;
export const f: FunctionHandler<'index'> = async ({ Records }) => Records[0]?.dynamodb.Keys.sku;
export const g = (process.env as Env<'index'>).STRIPE_KEY;
export const h: string = process.env.STRIPE_KEY;
export const i: RouteHandler<'send'> = async (event) => event.requestContext.authorizer.tenant;
export const j: FunctionHandler<'nightly'> = async (event) => ('full' in event ? event.ful : event.Records);
export const k: RouteHandler<'GET /signed', 'chat'> = async () => ({ statusCode: 200 });
export const l: FunctionHandler<'custom'> = async () => ({ isAuthorized: 'yes' });
`,
    });
    const lines = (await compile(root)).map((error) => /^src\/wrong\.ts:(\d+) /.exec(error)?.[1]);
    expect([...new Set(lines)].map(Number)).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13]);
  });
});

describe('names', () => {
  it('that are strange or alike have types of their own', async () => {
    const model = (name: string) =>
      `export const ${name} = dynamoose.model('${name}', { 'odd-name': { type: String, hashKey: true }, "it's": Number });\n`;
    const names = ['Route', 'RouteItem', 'Item', 'decode', 'Models', 'Date', 'Buffer', 'Lambda'];
    const root = await project(
      `models: { ${names.map((name) => `${name}: src/models/all.ts`).join(', ')} }
apis:
  public:
    type: http
    auth: none
    routes:
      POST /a-b: { handler: src/x.handler, body: Route }
      POST /a/b: { handler: src/x.handler, body: decode }
      POST /a_b/{id}/{proxy+}: { handler: src/x.handler, body: Date }
      $default: src/x.handler
  chat:
    type: websocket
    auth: none
    routes:
      $connect: src/y.handler
      $default: src/y.handler
      toString: { handler: src/y.handler, body: Buffer }
      constructor: src/y.handler
      "it's \\"odd\\" \\\\ */": { handler: src/y.handler, body: Item }
`,
      {
        'src/models/all.ts': `import dynamoose from 'dynamoose';\n${names.map(model).join('')}`,
        'src/x.ts': `import { type DateItem, decode, type decodeItem, type ItemKey, type RouteItem, type RouteItemItem, readBody, type RouteHandler } from './generated/apigen.ts';
export const handler: RouteHandler<'POST /a_b/{id}/{proxy+}'> = async (event) => {
  const body = readBody('POST /a_b/{id}/{proxy+}', event);
  const route: RouteItem = { 'odd-name': body['odd-name'], "it's": 1 };
  const others: [DateItem, decodeItem, ItemKey, RouteItemItem] = [route, route, route, route];
  console.log(decode('decode', {}).item?.["it's"]?.toFixed(), others.length);
  return event.pathParameters.id + event.pathParameters.proxy;
};
`,
        'src/y.ts': `import { readBody, type RouteHandler } from './generated/apigen.ts';
export const a: RouteHandler<'toString'> = async (event) => ({ statusCode: 200, body: readBody('toString', event)['odd-name'] });
export const b: RouteHandler<"it's \\"odd\\" \\\\ */"> = async (event) => ({
  statusCode: readBody("it's \\"odd\\" \\\\ */", event)["it's"] ?? 200,
});
export const c: RouteHandler<'constructor'> = async () => ({ statusCode: 200 });
`,
      },
    );
    expect(await compile(root)).toEqual([]);
  });
});

describe('other projects', () => {
  it('import without extensions of TypeScript where their tsconfig.json forbids them', async () => {
    const root = await project(SHOP);
    const config = { strict: true, module: 'esnext', moduleResolution: 'bundler', target: 'es2022', types: ['node'] };
    const base = JSON.stringify({ compilerOptions: { ...config, skipLibCheck: true } });
    rmSync(join(root, 'src/generated'), { recursive: true });
    writeInto(root, { 'base.json': base, 'tsconfig.json': '{ "extends": "./base", "include": ["src/generated"] }' });
    await refreshTypes(root);
    expect(readFileSync(join(root, 'src/generated/apigen.ts'), 'utf8')).toContain("from './decode.js'");
    expect(await compile(root)).toEqual([]);
    writeFileSync(join(root, 'base.json'), base.replace('{', '{ // "allowImportingTsExtensions": true\n'));
    await refreshTypes(root);
    expect(readFileSync(join(root, 'src/generated/apigen.ts'), 'utf8')).toContain("from './decode.js'");
    writeFileSync(join(root, 'base.json'), base.replace('"strict"', '"allowImportingTsExtensions": true, "strict"'));
    await refreshTypes(root);
    expect(readFileSync(join(root, 'src/generated/apigen.ts'), 'utf8')).toContain("from './decode.ts'");
    expect(await compile(root)).toEqual([]);
  });

  it('in JavaScript are checked through JSDoc', async () => {
    const yaml = SHOP.replaceAll('.ts', '.js');
    const create = (field: string) => `import { readBody } from './generated/apigen.js';

/** @type {import('./generated/apigen.js').RouteHandler<'POST /products'>} */
export const handler = async (event) => {
  const product = readBody('POST /products', event);
  return { statusCode: 201, body: String(product.${field}) + event.requestContext.authorizer.jwt.claims.iss };
};
`;
    const root = await project(yaml, { 'src/create.js': create('price') }, 'javascript');
    const flags = ['src/create.js', '--allowJs', '--checkJs', '--strict', '--module', 'nodenext', '--target', 'es2022'];
    expect(await compile(root, ...flags, '--types', 'node')).toEqual([]);
    writeInto(root, { 'src/create.js': create('pricee') });
    expect(await compile(root, ...flags, '--types', 'node')).toEqual([
      expect.stringMatching(/^src\/create\.js:6 TS2551 .*'pricee'/),
    ]);
  });
});
