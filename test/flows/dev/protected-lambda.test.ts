// Routes whose callers a function of the project judges, and routes that want an API key, under a started `apigen dev`.

import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { WebSocket } from 'ws';
import { type ProtectedDev, protectedDev } from './protected-dev.ts';

let dev: ProtectedDev;
beforeAll(async () => {
  dev = await protectedDev();
});
afterAll(() => dev.end());

const typeOf = ({ headers }: { headers: Headers }): string | null => headers.get('x-amzn-errortype');

describe('a TOKEN authorizer of a REST API', () => {
  it('lets in whom its function lets in, and the handler gets the context as text', async () => {
    expect(await dev.as('open', 'partner', '/door/1')).toMatchObject({
      status: 200,
      body: { authorizer: { principalId: 'me', calls: '1', member: 'true', tier: 'gold' } },
    });
  });

  it('is asked once while its answer is kept, on every method that the kept policy names', async () => {
    for (const path of ['/door/1', '/door/2']) {
      expect((await dev.as('open', 'partner', path)).body).toMatchObject({ authorizer: { calls: '1' } });
    }
    expect((await dev.as('narrow', 'partner', '/door/1')).body).toMatchObject({ authorizer: { calls: '2' } });
    const other = await dev.as('narrow', 'partner', '/door/2');
    expect(other).toMatchObject({ status: 403, body: { Message: 'User is not authorized to access this resource' } });
    expect((await dev.as('narrow', 'partner', '/door/1')).body).toMatchObject({ authorizer: { calls: '2' } });
  });

  it('is asked every time where nothing is kept', async () => {
    const calls = async (): Promise<number> => {
      const { body } = await dev.as('open', 'partner', '/always');
      return Number((body as { authorizer: { calls: string } }).authorizer.calls);
    };
    const first = await calls();
    expect([await calls(), await calls()]).toEqual([first + 1, first + 2]);
  });

  it('refuses in the words of AWS: a missing or malformed token, a deny, Unauthorized, a failure, a wrong shape', async () => {
    const missing = await dev.get('partner', '/door/1');
    expect([missing.status, typeOf(missing), missing.body]).toEqual([
      401,
      'UnauthorizedException',
      { message: 'Unauthorized' },
    ]);
    expect((await dev.as('NOT-LOWER', 'partner', '/door/1')).status).toBe(401);
    const deny = await dev.as('deny', 'partner', '/door/1');
    expect([deny.status, typeOf(deny)]).toEqual([403, 'AccessDeniedException']);
    expect(JSON.stringify(deny.body)).toContain('with an explicit deny in an identity-based policy');
    expect(await dev.as('stranger', 'partner', '/door/1')).toMatchObject({
      status: 401,
      body: { message: 'Unauthorized' },
    });
    for (const token of ['broken', 'confused']) {
      expect(await dev.as(token, 'partner', '/door/1')).toMatchObject({ status: 500, body: { message: null } });
    }
    const notes = dev.events().flatMap((event) => (event.type === 'note' ? [event.text] : []));
    expect(notes).toContain('GET /dev/door/1: authorizer door failed: the directory is away');
    expect(notes).toContain('GET /dev/door/1: authorizer door gave no policy: principalId is no text');
  });
});

describe('a REQUEST authorizer of a REST API', () => {
  const ask = (who: string, room: string) => dev.get('partner', `/asked?room=${room}`, { 'x-who': who });

  it('gets the request, and is asked once for the same identity', async () => {
    expect(await ask('ann', 'blue')).toMatchObject({
      status: 200,
      body: { authorizer: { principalId: 'ann', room: 'blue', type: 'REQUEST', path: '/asked', calls: '1' } },
    });
    expect((await ask('ann', 'blue')).body).toMatchObject({ authorizer: { calls: '1' } });
    expect((await ask('ann', 'red')).body).toMatchObject({ authorizer: { room: 'red', calls: '2' } });
    expect((await ask('bob', 'blue')).body).toMatchObject({ authorizer: { principalId: 'bob', calls: '3' } });
  });

  it('is not asked where a part of the identity is missing', async () => {
    for (const refused of [
      await dev.get('partner', '/asked?room=blue'),
      await dev.get('partner', '/asked', { 'x-who': 'ann' }),
      await dev.get('partner', '/asked?room=', { 'x-who': 'ann' }),
    ]) {
      expect([refused.status, typeOf(refused)]).toEqual([401, 'UnauthorizedException']);
    }
    expect((await ask('carl', 'blue')).body).toMatchObject({ authorizer: { calls: '4' } });
  });
});

describe('a function that judges callers of an HTTP API', () => {
  it('says yes or no, and its context keeps its types', async () => {
    const open = { status: 200, body: { authorizer: { lambda: { calls: 1, roles: ['a', 'b'], version: '2.0' } } } };
    expect(await dev.as('open', 'web', '/simple/1')).toMatchObject(open);
    expect(await dev.as('open', 'web', '/simple/2')).toMatchObject(open);
    expect(await dev.as('shut', 'web', '/simple/1')).toMatchObject({ status: 403, body: { message: 'Forbidden' } });
    expect(await dev.get('web', '/simple/1')).toMatchObject({ status: 401, body: { message: 'Unauthorized' } });
    expect(await dev.as('broken', 'web', '/simple/1')).toMatchObject({
      status: 500,
      body: { message: 'Internal Server Error' },
    });
    expect(await dev.as('open', 'web', '/simple/1')).toMatchObject(open);
  });
});

describe('a function that judges handshakes of a WebSocket API', () => {
  it.each([
    ['open', 101],
    ['deny', 403],
    ['stranger', 401],
    [undefined, 401],
  ])('with the token %s: %i', async (token, status) => {
    const url = dev.url('gated') + (token === undefined ? '' : `?token=${token}`);
    const socket = new WebSocket(url);
    const answered = await Promise.race([
      once(socket, 'unexpected-response').then(([, response]) => response.statusCode),
      once(socket, 'open').then(() => 101),
    ]);
    expect(answered).toBe(status);
    socket.on('error', () => {}).terminate();
  });

  it('gives its context, as text, to every message', async () => {
    const socket = new WebSocket(`${dev.url('gated')}?token=open`);
    await once(socket, 'open');
    socket.send('hello');
    const [message] = await once(socket, 'message');
    expect(JSON.parse(String(message))).toMatchObject({ authorizer: { principalId: 'guest', seats: '2' } });
    socket.close();
  });
});

describe('an API key', () => {
  const key = (wanted = 'free'): string =>
    dev.apis.find(({ name }) => name === 'partner')?.keys?.find(({ plan }) => plan === wanted)?.value ?? '';

  it('opens its routes, is known to the handler, and counts against the quota of its plan', async () => {
    for (const headers of [{}, { 'x-api-key': 'guessed' }, { 'x-api-key': `${key()}x` }] as Record<string, string>[]) {
      const refused = await dev.get('partner', '/keyed', headers);
      expect([refused.status, typeOf(refused), refused.body]).toEqual([
        403,
        'ForbiddenException',
        { message: 'Forbidden' },
      ]);
    }
    const open = await dev.get('partner', '/keyed', { 'x-api-key': key() });
    expect(open).toMatchObject({ status: 200, body: { identity: { apiKey: key() } } });
    expect((await dev.get('partner', '/both', { 'x-api-key': key() })).status).toBe(401);
    expect((await dev.as('open', 'partner', '/both')).status).toBe(403);
    const both = await dev.get('partner', '/both', { 'x-api-key': key(), authorization: 'open' });
    expect(both).toMatchObject({ status: 200, body: { authorizer: { principalId: 'me' } } });
    expect((await dev.get('partner', '/keyed', { 'x-api-key': key() })).status).toBe(200);
    const over = await dev.get('partner', '/keyed', { 'x-api-key': key() });
    expect([over.status, over.body]).toEqual([429, { message: 'Limit Exceeded' }]);
  });

  it('is slowed down by the rate of its plan alone', async () => {
    const statuses: number[] = [];
    for (let call = 0; call < 3; call += 1) {
      statuses.push((await dev.get('partner', '/keyed', { 'x-api-key': key('slow') })).status);
    }
    expect(statuses).toEqual([200, 200, 429]);
    const slowed = await dev.get('partner', '/keyed', { 'x-api-key': key('slow') });
    expect([slowed.status, slowed.body]).toEqual([429, { message: 'Too Many Requests' }]);
  });
});
