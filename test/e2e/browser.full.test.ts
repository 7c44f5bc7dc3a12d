// A web page in a real browser talks to APIs under dev: across origins under their CORS settings, and over WebSocket.

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type DevSession, startDev } from '../../src/flows/dev/start-dev.ts';
import { chromium, type PageServer, servePages } from '../harness/browser.ts';
import { type TemporaryProject, temporaryProject } from '../harness/temporary-project.ts';

let browser: string;
let friend: PageServer;
let stranger: PageServer;
let project: TemporaryProject;
let session: DevSession;

const yml = (origin: string): string => `name: shop
region: eu-west-1
apis:
  public:
    type: http
    auth: none
    cors:
      origins: ["${origin}"]
      methods: [GET, PUT]
      headers: [content-type, x-mine]
      exposeHeaders: [x-told]
      credentials: true
    routes:
      GET /things: src/things.handler
      PUT /things: src/things.handler
      DELETE /things: src/things.handler
      PUT /clients/{id}: { handler: src/tell.handler, access: { chat: manage } }
  chat:
    type: websocket
    select: $request.body.action
    routes:
      $connect: { handler: src/things.handler, auth: none }
      say: { handler: src/say.handler, respond: true }
      who: { handler: src/who.handler, respond: true }
`;

beforeAll(async () => {
  browser = chromium();
  [friend, stranger] = await Promise.all([servePages(), servePages()]);
  project = await temporaryProject({
    'apigen.yml': yml(friend.origin),
    'src/things.ts':
      "export const handler = async (event: any) => ({ statusCode: 200, headers: { 'x-told': 'yes', 'x-untold': 'no', 'content-type': 'application/json' }, body: JSON.stringify({ mine: event.headers?.['x-mine'] ?? null, cookies: event.cookies ?? [], body: event.body ?? null }) });\n",
    'src/who.ts':
      'export const handler = async (event: any) => ({ statusCode: 200, body: event.requestContext.connectionId });\n',
    'src/tell.ts': `import { ApiGatewayManagementApiClient, PostToConnectionCommand } from '@aws-sdk/client-apigatewaymanagementapi';
const client = new ApiGatewayManagementApiClient({ endpoint: process.env['CHAT_ENDPOINT'] });
export const handler = async (event: any) => {
  await client.send(new PostToConnectionCommand({ ConnectionId: event.pathParameters.id, Data: event.body }));
  return { statusCode: 204 };
};
`,
    'src/say.ts':
      'export const handler = async (event: any) => ({ statusCode: 200, body: JSON.parse(event.body).text.toUpperCase() });\n',
  });
  session = await startDev({
    cwd: project.root,
    env: { PATH: process.env['PATH'] },
    port: 0,
    startTables: () => Promise.reject(new Error('this project has no tables')),
    emit: () => {},
  });
}, 300_000);
afterAll(async () => {
  await session.close();
  await Promise.all([friend.close(), stranger.close(), project.remove()]);
});

const url = (type: string): string => session.apis().find((api) => api.type === type)?.url ?? '';
/** In a page: what came of a call, or that the browser kept it from the page. */
const calls = (): string => `
const call = async (init) => {
  try {
    const answer = await fetch(${JSON.stringify(`${url('http')}/things`)}, init);
    return { status: answer.status, told: answer.headers.get('x-told'), untold: answer.headers.get('x-untold'), body: await answer.json() };
  } catch (error) {
    return { kept: error.name };
  }
};
`;

describe('a page in a browser', () => {
  it('of an allowed origin gets answers, preflights included, and only the headers that are exposed', async () => {
    const seen = await friend.open(
      browser,
      `${calls()}
report({
  plain: await call({}),
  preflighted: await call({ method: 'PUT', headers: { 'x-mine': '1', 'content-type': 'application/json' }, body: '{"a":1}' }),
  otherMethod: await call({ method: 'DELETE' }),
  otherHeader: await call({ headers: { 'x-other': '1' } }),
  withCredentials: await call({ credentials: 'include' }),
});`,
    );
    expect(seen).toEqual({
      plain: { status: 200, told: 'yes', untold: null, body: { mine: null, cookies: [], body: null } },
      preflighted: { status: 200, told: 'yes', untold: null, body: { mine: '1', cookies: [], body: '{"a":1}' } },
      otherMethod: { kept: 'TypeError' },
      otherHeader: { kept: 'TypeError' },
      withCredentials: expect.objectContaining({ status: 200 }),
    });
  });

  it('of another origin gets nothing', async () => {
    const seen = await stranger.open(browser, `${calls()}report([await call({}), await call({ method: 'PUT' })]);`);
    expect(seen).toEqual([{ kept: 'TypeError' }, { kept: 'TypeError' }]);
  });

  it('talks over WebSocket', async () => {
    const seen = await friend.open(
      browser,
      `const socket = new WebSocket(${JSON.stringify(url('websocket'))});
socket.onopen = () => socket.send(JSON.stringify({ action: 'say', text: 'hello' }));
socket.onmessage = ({ data }) => report(data);
socket.onerror = () => report('refused');`,
    );
    expect(seen).toBe('HELLO');
  });

  it('hears over WebSocket what it sends through a route of the other API', async () => {
    const seen = await friend.open(
      browser,
      `const socket = new WebSocket(${JSON.stringify(url('websocket'))});
const heard = () => new Promise((resolve) => (socket.onmessage = ({ data }) => resolve(data)));
socket.onerror = () => report('refused');
socket.onopen = async () => {
  const id = heard();
  socket.send(JSON.stringify({ action: 'who' }));
  const address = ${JSON.stringify(`${url('http')}/clients/`)} + encodeURIComponent(await id);
  const told = heard();
  const { status } = await fetch(address, { method: 'PUT', body: 'hello, page' });
  report([status, await told]);
};`,
    );
    expect(seen).toEqual([204, 'hello, page']);
  });
});
