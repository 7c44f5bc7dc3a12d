// The handlers without AWS: the model's and API Gateway's calls are replaced. `apigen dev` tries the real ones.
import assert from 'node:assert/strict';
import { afterEach, describe, it, mock } from 'node:test';
import { ApiGatewayManagementApiClient, GoneException } from '@aws-sdk/client-apigatewaymanagementapi';
import dynamoose from 'dynamoose';
import { handler as connect } from '../src/chat/connect.js';
import { handler as disconnect } from '../src/chat/disconnect.js';
import { handler as send } from '../src/chat/send.js';
import { Connection } from '../src/models/connection.js';

const event = (connectionId, message) => ({ requestContext: { connectionId }, body: JSON.stringify(message) });

// As apigen sets it for every deployed function: tables are made by a deploy, never by the code.
dynamoose.Table.defaults.set({ create: false, waitForActive: false });

afterEach(() => mock.restoreAll());

/** Who is in the table, and what each client gets; `gone` has left without a word. */
function room(...ids) {
  const received = {};
  const scan = { all: () => scan, exec: async () => ids.map((id) => ({ id })) };
  mock.method(Connection, 'scan', () => scan);
  mock.method(ApiGatewayManagementApiClient.prototype, 'send', async ({ input }) => {
    const id = input.ConnectionId ?? '';
    if (id === 'gone') throw new GoneException({ message: 'gone', $metadata: {} });
    received[id] = [...(received[id] ?? []), JSON.parse(String(input.Data))];
  });
  return received;
}

describe('a connection', () => {
  it('is remembered while it lasts', async () => {
    const created = mock.method(Connection, 'create', async () => undefined);
    const deleted = mock.method(Connection, 'delete', async () => undefined);
    assert.deepEqual(await connect(event('c1')), { statusCode: 200 });
    assert.deepEqual(await disconnect(event('c1')), { statusCode: 200 });
    assert.deepEqual(created.mock.calls[0]?.arguments, [{ id: 'c1' }]);
    assert.deepEqual(deleted.mock.calls[0]?.arguments, [{ id: 'c1' }]);
  });
});

describe('send', () => {
  it('reaches all who are there', async () => {
    const received = room('c1', 'c2');
    assert.deepEqual(await send(event('c1', { action: 'send', text: 'hello' })), { statusCode: 200 });
    const hello = [{ from: 'c1', text: 'hello' }];
    assert.deepEqual(received, { c1: hello, c2: hello });
  });

  it('forgets a client that has gone', async () => {
    const received = room('c1', 'gone');
    const deleted = mock.method(Connection, 'delete', async () => undefined);
    await send(event('c1', { action: 'send', text: 'hello' }));
    assert.deepEqual(Object.keys(received), ['c1']);
    assert.deepEqual(deleted.mock.calls[0]?.arguments, [{ id: 'gone' }]);
  });

  it('says to the sender alone what is missing', async () => {
    const received = room('c1', 'c2');
    assert.deepEqual(await send(event('c1', { action: 'send' })), { statusCode: 400 });
    assert.deepEqual(received, { c1: [{ error: 'text is missing' }] });
  });
});
