// Functions under dev send to the clients of a WebSocket API as deployed ones do: by the SDK, signed, at the address
// that `access: { chat: manage }` brings.

import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import WebSocket from 'ws';
import { type DevHarness, underDev } from './dev-harness.ts';

const yml = (routes = '', chat = 'chat'): string => `name: shop
region: eu-west-1
models: { Member: src/member.ts }
apis:
  public:
    type: http
    auth: none
    routes:
      POST /say: { handler: src/say.handler, access: { Member: scan, ${chat}: manage } }
      GET /bare: src/where.handler
${routes}  ${chat}:
    type: websocket
    select: $request.body.action
    routes:
      $connect: { handler: src/connect.handler, auth: none, access: { Member: write } }
      tell: { handler: src/tell.handler, access: { Member: scan, ${chat}: manage } }
      who: { handler: src/who.handler, access: { ${chat}: manage }, respond: true }
`;

const files = {
  'apigen.yml': yml(),
  'src/member.ts':
    "import dynamoose from 'dynamoose';\nexport const Member = dynamoose.model('Member', new dynamoose.Schema({ id: { type: String, hashKey: true } }));\n",
  'src/everyone.ts': `import { ApiGatewayManagementApiClient, PostToConnectionCommand } from '@aws-sdk/client-apigatewaymanagementapi';
import { Member } from './member.ts';
const client = new ApiGatewayManagementApiClient({ endpoint: process.env.CHAT_ENDPOINT ?? process.env.ROOM_ENDPOINT });
export const tellEveryone = async (text: string) => {
  const members = await Member.scan().all().exec();
  const sent = await Promise.all(members.map(({ id }) =>
    client.send(new PostToConnectionCommand({ ConnectionId: id, Data: Buffer.from(text) })).then(() => 'sent', (error) => error.name)));
  return { statusCode: 200, body: JSON.stringify({ sent: sent.sort(), endpoint: process.env.CHAT_ENDPOINT ?? process.env.ROOM_ENDPOINT }) };
};
`,
  'src/say.ts':
    "import { tellEveryone } from './everyone.ts';\nexport const handler = async (event) => tellEveryone(event.body);\n",
  'src/tell.ts':
    "import { tellEveryone } from './everyone.ts';\nexport const handler = async (event) => tellEveryone(JSON.parse(event.body).text);\n",
  'src/connect.ts':
    "import { Member } from './member.ts';\nexport const handler = async (event) => { await Member.create({ id: event.requestContext.connectionId }); return { statusCode: 200 }; };\n",
  'src/who.ts': `import { ApiGatewayManagementApiClient, GetConnectionCommand } from '@aws-sdk/client-apigatewaymanagementapi';
export const handler = async (event) => {
  const client = new ApiGatewayManagementApiClient({ endpoint: process.env.CHAT_ENDPOINT });
  const { Identity } = await client.send(new GetConnectionCommand({ ConnectionId: event.requestContext.connectionId }));
  return { statusCode: 200, body: Identity.SourceIp };
};
`,
  'src/where.ts':
    'export const handler = async () => ({ statusCode: 200, body: JSON.stringify(Object.entries(process.env).filter(([name]) => /_ENDPOINT$/.test(name)).sort()) });\n',
};

let dev: DevHarness;
beforeAll(async () => {
  dev = await underDev(files);
});
afterAll(() => dev.close());

const addressOf = (name: string): string => dev.session.apis().find((api) => api.name === name)?.url ?? '';
const endpointOf = (name: string): string => addressOf(name).replace(/^ws/, 'http');

async function connected(name = 'chat'): Promise<WebSocket> {
  const socket = new WebSocket(addressOf(name));
  await once(socket, 'open');
  return socket;
}
/** What each of these hears next. */
const heard = (...sockets: WebSocket[]): Promise<string[]> =>
  Promise.all(sockets.map(async (socket) => String((await once(socket, 'message', within(30_000)))[0])));
const within = (ms: number) => ({ signal: AbortSignal.timeout(ms) });
const post = (text: string): RequestInit => ({ method: 'POST', headers: { 'content-type': 'text/plain' }, body: text });

describe('a function with access to a WebSocket API', () => {
  it('reaches its clients from a route of another API, and is told of those that have gone', async () => {
    const [ann, bob, carl] = await Promise.all([connected(), connected(), connected()]);
    carl.close();
    await once(carl, 'close');
    const both = heard(ann, bob);
    expect(await dev.get('/say', post('hello all'))).toMatchObject({
      status: 200,
      body: { sent: ['GoneException', 'sent', 'sent'], endpoint: endpointOf('chat') },
    });
    expect(await both).toEqual(['hello all', 'hello all']);
    ann.close();
    bob.close();
  });

  it("reaches them from the API's own functions", async () => {
    const [ann, bob] = await Promise.all([connected(), connected()]);
    const both = heard(ann, bob);
    ann.send(JSON.stringify({ action: 'tell', text: 'from ann' }));
    expect(await both).toEqual(['from ann', 'from ann']);
    const answer = heard(bob);
    bob.send(JSON.stringify({ action: 'who' }));
    expect(await answer).toEqual(['127.0.0.1']);
    ann.close();
    bob.close();
  });

  it('has the address alone: others are given none, and a call that is not signed is refused', async () => {
    const ann = await connected();
    const { body } = await dev.get('/bare');
    expect(body).toEqual([]);
    const unsigned = await fetch(`${endpointOf('chat')}/@connections/anyone`, post('psst'));
    expect([unsigned.status, await unsigned.json()]).toEqual([403, { message: 'Missing Authentication Token' }]);
    ann.close();
  });

  it('still has the right one after a restart, and after a save that adds a route', async () => {
    const ann = await connected();
    await dev.session.restart();
    const afterRestart = heard(ann);
    expect((await dev.get('/say', post('again'))).body).toMatchObject({ endpoint: endpointOf('chat') });
    expect(await afterRestart).toEqual(['again']);
    await dev.project.write({ 'apigen.yml': yml('      GET /more: src/where.handler\n') });
    await dev.until('/more', ({ status }) => status === 200);
    const afterSave = heard(ann);
    await dev.get('/say', post('once more'));
    expect(await afterSave).toEqual(['once more']);
    ann.close();
  });

  it('follows an API that is named otherwise, and finds one that comes back where it was', async () => {
    const before = addressOf('chat');
    await dev.project.write({ 'apigen.yml': yml('      GET /third: src/where.handler\n', 'room') });
    await dev.until('/third', ({ status }) => status === 200);
    const ann = await connected('room');
    const asRoom = heard(ann);
    expect((await dev.get('/say', post('in the room'))).body).toMatchObject({ endpoint: endpointOf('room') });
    expect(await asRoom).toEqual(['in the room']);
    ann.close();
    await dev.project.write({ 'apigen.yml': yml('      GET /fourth: src/where.handler\n') });
    await dev.until('/fourth', ({ status }) => status === 200);
    expect(addressOf('chat')).toBe(before);
    const bob = await connected();
    const asChat = heard(bob);
    expect((await dev.get('/say', post('back'))).body).toMatchObject({ endpoint: endpointOf('chat') });
    expect(await asChat).toEqual(['back']);
    bob.close();
  });
});
