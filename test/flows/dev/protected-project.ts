// A project with a route for every way to protect one, on every type of API that has it. Handlers and authorizers tell
// what they were given.

const told = `body: JSON.stringify({ authorizer: event.requestContext.authorizer ?? null, identity: event.requestContext.identity ?? null })`;

export const protectedProject: Readonly<Record<string, string>> = {
  'apigen.yml': `name: guarded
region: eu-west-1
auth:
  clients: { jwt: { issuer: https://idp.example.com/, audience: [shop, shop-admin] } }
  unreachable: { jwt: { issuer: https://127.0.0.1:9/, audience: [shop] } }
  customers: { cognito: { userPool: eu-west-1_AbC123, clients: [client-1] } }
  door: { lambda: src/door.handler, type: token, pattern: "^[a-z]+$", ttl: 60 }
  asked: { lambda: src/asked.handler, identity: [header.X-Who, query.room], ttl: 60 }
  always: { lambda: src/door.handler, type: token, ttl: 0 }
  simple: { lambda: src/simple.handler, identity: [header.Authorization], ttl: 60 }
  gate: { lambda: src/gate.handler, identity: [query.token] }
apis:
  web:
    type: http
    routes:
      GET /token: { handler: src/tell.handler, auth: clients }
      GET /scoped: { handler: src/tell.handler, auth: { clients: [products/write, products/all] } }
      GET /elsewhere: { handler: src/tell.handler, auth: unreachable }
      GET /customer: { handler: src/tell.handler, auth: customers }
      GET /signed: { handler: src/tell.handler, auth: iam }
      POST /signed: { handler: src/tell.handler, auth: iam }
      GET /simple/{id}: { handler: src/tell.handler, auth: simple }
  partner:
    type: rest
    auth: none
    plans: { free: { rate: 100, burst: 100, quota: 3/day }, slow: { rate: 0.1, burst: 2 } }
    routes:
      GET /id: { handler: src/tell.handler, auth: customers }
      GET /access: { handler: src/tell.handler, auth: { customers: [orders/read] } }
      GET /signed: { handler: src/tell.handler, auth: iam }
      GET /door/{id}: { handler: src/tell.handler, auth: door }
      GET /asked: { handler: src/tell.handler, auth: asked }
      GET /always: { handler: src/tell.handler, auth: always }
      GET /keyed: { handler: src/tell.handler, key: required }
      GET /both: { handler: src/tell.handler, auth: always, key: required }
  signed:
    type: websocket
    routes:
      $connect: { handler: src/tell.handler, auth: iam }
      $default: { handler: src/tell.handler, respond: true }
  gated:
    type: websocket
    routes:
      $connect: { handler: src/tell.handler, auth: gate }
      $default: { handler: src/tell.handler, respond: true }
`,
  'src/tell.ts': `export const handler = async (event: any) => ({ statusCode: 200, headers: { 'content-type': 'application/json' }, ${told} });\n`,
  'src/door.ts': `let calls = 0;
export const handler = async (event: any) => {
  calls += 1;
  const token = event.authorizationToken;
  if (token === 'stranger') throw new Error('Unauthorized');
  if (token === 'broken') throw new Error('the directory is away');
  if (token === 'confused') return { allowed: true };
  const Effect = token === 'deny' ? 'Deny' : 'Allow';
  // Of the others, each method alone: a kept answer must not open another.
  const Resource = token === 'narrow' ? event.methodArn : event.methodArn.replace(/\\/GET\\/.*/, '/*');
  return {
    principalId: 'me',
    policyDocument: { Version: '2012-10-17', Statement: [{ Action: 'execute-api:Invoke', Effect, Resource }] },
    context: { calls, member: true, tier: 'gold' },
  };
};
`,
  'src/asked.ts': `let calls = 0;
export const handler = async (event: any) => {
  calls += 1;
  return {
    principalId: event.headers['X-Who'] ?? event.headers['x-who'],
    policyDocument: { Version: '2012-10-17', Statement: [{ Action: '*', Effect: 'Allow', Resource: '*' }] },
    context: { calls, room: event.queryStringParameters.room, type: event.type, path: event.path },
  };
};
`,
  'src/simple.ts': `let calls = 0;
export const handler = async (event: any) => {
  calls += 1;
  const [token] = event.identitySource;
  if (token === 'broken') throw new Error('the directory is away');
  return { isAuthorized: token === 'open', context: { calls, roles: ['a', 'b'], version: event.version } };
};
`,
  'src/gate.ts': `export const handler = async (event: any) => {
  const { token } = event.queryStringParameters;
  if (token === 'stranger') throw new Error('Unauthorized');
  const Effect = token === 'open' ? 'Allow' : 'Deny';
  return {
    principalId: 'guest',
    policyDocument: { Version: '2012-10-17', Statement: [{ Action: 'execute-api:Invoke', Effect, Resource: event.methodArn }] },
    context: { seats: 2 },
  };
};
`,
};
