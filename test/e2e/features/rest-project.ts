// A REST project of what no other end-to-end test's project says: an edge-optimized API with a domain beside a regional
// one, non-proxy integrations with templates, TOKEN and Cognito authorizers, limits of single routes in a plan, a
// resource policy that denies, a cache in full, functions with everything that a function can have.

/** What stands in the account before the project is deployed. */
export interface Surroundings {
  readonly subnet: string;
  readonly securityGroup: string;
  readonly role: string;
  readonly boundary: string;
  readonly userPool: string;
  /** Its number. */
  readonly account: string;
}

export const restFeatures = (name: string, at: Surroundings): Record<string, string> => ({
  'apigen.yml': `name: ${name}
region: eu-west-1
tags: { team: checkout }
models: { Note: { file: src/note.ts, backups: { days: 7 } } }
topics:
  ops: {}
  signals: { displayName: Signals, kmsKey: alias/aws/sns }
  ordered: { fifo: true, contentBasedDeduplication: false }
  elsewhere: "arn:aws:sns:eu-west-1:123456789012:elsewhere"
  there: { arn: "arn:aws:sns:eu-west-1:123456789012:there" }
queues:
  jobs: { visibilityTimeout: 60, retention: 3600, delay: 1, receiveWait: 5, maximumMessageSize: 2048 }
  sealed: { kmsKey: alias/aws/sqs, fifo: true }
  there: { arn: "arn:aws:sqs:eu-west-1:123456789012:there" }
auth:
  bearer: { lambda: src/bearer.handler, type: token, identity: header.X-Token, pattern: "^let-.*$", ttl: 120 }
  people: { cognito: { userPool: ${at.userPool} } }
  keeper: { lambda: src/keeper.handler, identity: header.X-Name, ttl: 0, access: { Note: scan } }
  visitors: { lambda: src/visitors.handler, identity: [header.X-Name, query.day, stageVariables.colour], ttl: 300 }
defaults: { function: { environment: { COLOUR: green } } }
functions:
  told:
    handler: src/told.handler
    description: Tells what it was given
    memory: 512
    timeout: 20
    architecture: x86_64
    runtime: nodejs24.x
    logRetention: 7
    ephemeralStorage: 1024
    reservedConcurrency: 5
    tracing: true
    environment: { SHAPE: round }
    secrets:
      STRIPE_KEY: "ssm:/${name}/stripe"
      DB_PASSWORD: { secret: ${name}/db, key: password }
      SEALED: { ssm: /${name}/stripe, kmsKey: "arn:aws:kms:eu-west-1:${at.account}:key/1234abcd-12ab-34cd-56ef-1234567890ab" }
    build: { minify: false, sourceMaps: true, external: [fflate], assets: ["src/texts/**"] }
    vpc: { subnets: [${at.subnet}], securityGroups: [${at.securityGroup}] }
    permissionsBoundary: ${at.boundary}
    statements:
      - { actions: [s3:GetObject], resources: ["arn:aws:s3:::shop/*"], conditions: { StringEquals: { aws:RequestedRegion: eu-west-1 } } }
      - { effect: Deny, actions: [s3:DeleteObject], resources: ["*"] }
  guest: { handler: src/guest.handler, role: ${at.role} }
apis:
  world:
    type: rest
    endpoint: edge
    auth: none
    domain:
      { name: world.${name}.example.com, certificate: "arn:aws:acm:us-east-1:123456789012:certificate/4a6e1c2d-0000-4000-8000-000000000000", basePath: shop, security: TLS_1_0 }
    routes:
      GET /hello: src/hello.handler
  keyed:
    type: rest
    auth: keeper
    keySource: authorizer
    plans: { all: { rate: 50, burst: 50 } }
    routes:
      GET /hello: { handler: src/hello.handler, key: required }
  partner:
    type: rest
    description: What partners call
    auth: bearer
    throttle: { rate: 50, burst: 100 }
    plans: { free: { description: To try it, rate: 50, burst: 100, quota: 5000/week, routes: { GET /limited: { rate: 0.1, burst: 1 } } } }
    policy:
      - { Effect: Allow, Principal: "*" }
      - { Sid: NotFromElsewhere, Effect: Deny, Principal: "*", Action: execute-api:Invoke, Resource: "execute-api:/*/GET/closed", Condition: { NotIpAddress: { aws:SourceIp: [203.0.113.0/24] } } }
    cors: { origins: [https://shop.example.com], methods: [GET, POST], headers: [x-token], exposeHeaders: [x-kind], maxAge: 600, credentials: true }
    binary: [image/png]
    cache: { size: 1.6, ttl: 120, encrypted: false, invalidation: refuse }
    logs: { access: { ip: $context.identity.sourceIp }, execution: all, data: true, retention: 14 }
    alarms: { errors: 2, latency: 1500, throttles: 3, notify: ops }
    variables: { colour: green }
    tags: { tier: gold }
    routes:
      GET /hello: src/hello.handler
      GET /visit: { handler: src/hello.handler, auth: visitors }
      GET /orders: { handler: src/hello.handler, auth: { people: [orders/read] } }
      GET /signed: { handler: src/hello.handler, auth: iam }
      GET /told: { handler: src/told.handler, auth: none }
      GET /guest: { handler: src/guest.handler, auth: none }
      GET /closed: { handler: src/hello.handler, auth: none }
      GET /limited: { handler: src/hello.handler, auth: none, key: required }
      POST /bytes: { handler: src/bytes.handler, auth: none }
      GET /kept/{id}: { handler: src/hello.handler, auth: none, cache: { ttl: 60, by: [query.q, header.X-Lang] } }
      POST /mapped/{id}:
        handler: src/mapped.handler
        auth: none
        mapping:
          template: '{"id":"$input.params(''id'')","name":$input.json(''$.name'')}'
          passthrough: never
          responses:
            200: { template: '{"greeting":$input.json(''$.text'')}', headers: { X-Kind: mapped } }
            404: { pattern: "No such.*", template: '{"message":"Not here"}' }
      GET /backend/{id}:
        url: https://old.example.com/items/{id}
        auth: none
        timeout: 5
        mapping:
          parameters: { header.X-Id: $request.path.id, query.tenant: $request.header.X-Tenant }
          responses: { 200: { headers: { X-Old: $response.header.X-Version } } }
      GET /files/{file}:
        auth: none
        aws: { service: s3, path: "shop/{file}", parameters: { path.file: $request.path.file }, actions: [s3:GetObject], resources: ["arn:aws:s3:::shop/*"] }
      POST /files/{file}:
        auth: none
        aws: { service: s3, path: "shop/{file}", method: PUT, headers: { Content-Type: $request.header.X-Kind, x-amz-acl: private }, parameters: { path.file: $request.path.file }, actions: [s3:PutObject], resources: ["arn:aws:s3:::shop/*"] }
      POST /runs:
        auth: none
        aws: { service: states, action: StartExecution, parameters: { stateMachineArn: "arn:aws:states:eu-west-1:123456789012:stateMachine:run", input: $request.body } }
      POST /jobs: { sqs: { queue: jobs, message: $request.body.job, delay: 0, attributes: { colour: $stageVariables.colour } }, auth: none }
      POST /ordered: { sns: { topic: ordered, groupId: $request.body.customer, deduplicationId: $context.requestId }, auth: none }
      POST /sealed: { sqs: { queue: sealed, groupId: all, deduplicationId: $request.header.X-Id }, auth: none }
      POST /there: { handler: src/hello.handler, auth: none, body: { schema: src/order.json } }
      POST /notes: { handler: src/hello.handler, auth: none, body: { model: Note, omit: [owner], partial: true } }
      PUT /notes: { handler: src/hello.handler, auth: none, body: { model: Note, optional: [text] } }
      PATCH /notes: { handler: src/hello.handler, auth: none, body: { model: Note, pick: [text] } }
      GET /fixed: { mock: { status: 203, body: { fixed: true }, headers: { X-Fixed: always } }, auth: none }
      POST /signals: { sns: { topic: signals, subject: $request.body.title, attributes: { kind: made } }, auth: none }
      GET /notes/{id}: { dynamodb: { get: Note, key: { id: $request.path.id } }, auth: none }
      PUT /notes/{id}: { dynamodb: { put: Note, item: { id: $request.path.id, text: $request.body.text }, replace: false }, auth: none }
      GET /owners/{owner}: { dynamodb: { query: Note, index: byOwner, key: { owner: $request.path.owner }, limit: 5, descending: true }, auth: none }
`,
  'src/note.ts': `import dynamoose from 'dynamoose';
export const Note = dynamoose.model('Note', new dynamoose.Schema({
  id: { type: String, hashKey: true },
  text: String,
  owner: { type: String, index: { name: 'byOwner', type: 'global' } },
}));
`,
  'src/bearer.ts': policyOf(
    "event.authorizationToken === 'let-me-in'",
    '{ context: { token: event.authorizationToken } }',
  ),
  'src/keeper.ts': `import { Note } from './note.ts';
${policyOf('(await Note.scan().exec()).length === 0', "{ usageIdentifierKey: event.headers['x-name'] }")}`,
  'src/visitors.ts': policyOf(
    "event.headers['x-name'] === 'ann'",
    '{ context: { day: event.queryStringParameters.day } }',
  ),
  'src/hello.ts': `export const handler = async (event) => ({
  statusCode: 200,
  body: JSON.stringify({ authorizer: event.requestContext.authorizer, identity: event.requestContext.identity?.cognitoIdentityId, colour: event.stageVariables?.colour }),
});
`,
  'src/told.ts': `import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync, strFromU8, strToU8 } from 'fflate';
export const handler = async () => {
  const { STRIPE_KEY, DB_PASSWORD, SHAPE, COLOUR } = process.env;
  const asset = readFileSync(join(__dirname, 'src/texts/hello.txt'), 'utf8');
  const packed = strFromU8(gunzipSync(gzipSync(strToU8(asset))));
  return { statusCode: 200, body: [STRIPE_KEY, DB_PASSWORD, SHAPE, COLOUR, packed].join(' ') };
};
`,
  'src/texts/hello.txt': 'an asset',
  'src/order.json': '{ "type": "object", "required": ["total"] }',
  'src/guest.ts': `export const handler = async () => ({ statusCode: 200, body: 'guest' });\n`,
  'src/bytes.ts': `export const handler = async ({ body, isBase64Encoded }) => ({
  statusCode: 200,
  headers: { 'content-type': 'image/png' },
  body: Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8').reverse().toString('base64'),
  isBase64Encoded: true,
});
`,
  'src/mapped.ts': `export const handler = async (event) => ({ text: 'hello ' + (event.name ?? 'nobody') });\n`,
});

/** A Lambda authorizer that allows what `condition` says of the event. */
const policyOf = (condition: string, rest: string): string => `export const handler = async (event) => ({
  principalId: 'ann',
  policyDocument: {
    Version: '2012-10-17',
    Statement: [{ Action: 'execute-api:Invoke', Effect: ${condition} ? 'Allow' : 'Deny', Resource: event.methodArn }],
  },
  ...${rest},
});
`;
