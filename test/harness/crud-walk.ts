// Walks through the routes of `crud-project.ts` as a client does, and says what it was answered.

export interface Answered {
  readonly status: number;
  readonly body: Record<string, unknown>;
  readonly location: string | null;
}

/** @param base the API's address, without a slash at its end */
export function clientOf(base: string) {
  const call = async (method: string, path: string, body?: unknown): Promise<Answered> => {
    const url = path.startsWith('http') ? path : `${base}${path}`;
    const text = body === undefined ? null : JSON.stringify(body);
    const response = await fetch(url, { method, body: text, headers: { 'content-type': 'application/json' } });
    const answer = await response.text();
    const location = response.headers.get('location');
    return {
      status: response.status,
      body: answer === '' ? {} : JSON.parse(answer),
      location: location === null ? null : new URL(location, url).href,
    };
  };
  return {
    call,
    status: async (...args: Parameters<typeof call>) => (await call(...args)).status,
    /** All pages of a list. */
    async pages(path: string, name: string, limit: number): Promise<readonly (readonly Record<string, unknown>[])[]> {
      const pages: Record<string, unknown>[][] = [];
      let next: unknown;
      do {
        const query = `?limit=${limit}${next === undefined ? '' : `&next=${encodeURIComponent(String(next))}`}`;
        const { body } = await call('GET', `${path}${query}`);
        pages.push(body[name] as Record<string, unknown>[]);
        next = body['next'];
      } while (next !== undefined);
      return pages;
    },
  };
}

const released = '2026-01-31T12:00:00.000Z';
const game = { title: 'Chess', released, cover: 'AAEC/w==', tags: ['old', 'board'] };

/** Create → conflict → get → list → patch → refusals → delete → gone, by status and what is worth looking at. */
export async function walkGames(base: string) {
  const { call, status, pages } = clientOf(base);
  const created = await call('POST', '/games', game);
  const id = String(created.body['id']);
  const read = await call('GET', created.location ?? '');
  const others = [await call('POST', '/games', { ...game, id: 'a b&c' }), await call('POST', '/games', game)];
  const listed = await pages('/games', 'games', 2);
  const changed = await call('PATCH', `/games/${id}`, { tags: ['new'], released: '2027-01-31T13:00:00+01:00' });
  return {
    created: [created.status, { ...created.body, id: '', createdAt: '', updatedAt: '' }],
    read: [read.status, JSON.stringify(read.body) === JSON.stringify(created.body)],
    encoded: [(await call('GET', others[0]?.location ?? '')).body['id']],
    taken: await status('POST', '/games', { ...game, id }),
    pages: listed.map((page) => page.length).filter((size) => size > 0),
    ids: new Set(listed.flat().map((one) => one['id'])).size,
    badPages: [
      await status('GET', '/games?limit=0'),
      await status('GET', '/games?limit=1.5'),
      await status('GET', '/games?next=no'),
      await status('GET', `/games?next=${Buffer.from('{"title":"x"}').toString('base64url')}`),
    ],
    changed: [changed.status, changed.body['title'], changed.body['tags'], changed.body['released']],
    kept: (await call('GET', `/games/${id}`)).body['createdAt'] === created.body['createdAt'],
    badBodies: [
      await status('POST', '/games', { title: 1, released }),
      await status('POST', '/games', { ...game, released: 'soon' }),
      await status('POST', '/games', { ...game, createdAt: released }),
      await status('PATCH', `/games/${id}`, { title: 1 }),
      await status('PATCH', `/games/${id}`, { id: 'other' }),
      await status('PATCH', `/games/${id}`, { released: '2026-02-31T00:00:00Z' }),
    ],
    removed: [await status('DELETE', `/games/${id}`), await status('DELETE', `/games/${id}`)],
    gone: [await status('GET', `/games/${id}`), await status('PATCH', `/games/${id}`, { title: 'Go' })],
  };
}

/** What `walkGames` finds where all is right. */
export const GAMES = {
  created: [201, { ...game, id: '', createdAt: '', updatedAt: '' }],
  read: [200, true],
  encoded: ['a b&c'],
  taken: 409,
  pages: [2, 1],
  ids: 3,
  badPages: [400, 400, 400, 400],
  changed: [200, 'Chess', ['new'], '2027-01-31T12:00:00.000Z'],
  kept: true,
  badBodies: [400, 400, 400, 400, 400, 400],
  removed: [204, 404],
  gone: [404, 404],
};

/** The same of items under a hash key that the path gives. */
export async function walkVisits(base: string) {
  const { call, status, pages } = clientOf(base);
  const [ann, bob] = ['/guests/ann/visits', '/guests/bob/visits'];
  const day = (number: number) => `2026-03-0${number}T12:00:00.000Z`;
  const created = await call('POST', ann, { at: day(2), nights: 1 });
  for (const at of [day(3), day(1)]) await call('POST', ann, { at, nights: 2 });
  await call('POST', bob, { at: day(1), nights: 3 });
  const listed = await pages(ann, 'visits', 2);
  const foreign = Buffer.from(JSON.stringify({ guest: 'bob', at: 1 })).toString('base64url');
  const read = await call('GET', created.location ?? '');
  const changed = await call('PATCH', created.location ?? '', { nights: 9 });
  return {
    created: [created.status, created.body],
    taken: await status('POST', ann, { at: day(2), nights: 1 }),
    read: read.body,
    pages: listed.map((page) => page.map((one) => one['at'])),
    foreign: await status('GET', `${ann}?next=${foreign}`),
    changed: [changed.status, changed.body],
    bad: [
      await status('POST', ann, { at: day(4), nights: 1, guest: 'bob' }),
      await status('POST', ann, { nights: 1 }),
      await status('POST', ann, { at: day(4), nights: 1, paid: true }),
      await status('GET', `${ann}/yesterday`),
    ],
    removed: [await status('DELETE', created.location ?? ''), await status('DELETE', created.location ?? '')],
    gone: await status('GET', created.location ?? ''),
    others: (await pages(bob, 'visits', 10)).flat().length,
  };
}

/** What `walkVisits` finds where all is right. */
export const VISITS = {
  created: [201, { guest: 'ann', at: '2026-03-02T12:00:00.000Z', nights: 1, paid: false }],
  taken: 409,
  read: { guest: 'ann', at: '2026-03-02T12:00:00.000Z', nights: 1, paid: false },
  pages: [['2026-03-01T12:00:00.000Z', '2026-03-02T12:00:00.000Z'], ['2026-03-03T12:00:00.000Z']],
  foreign: 400,
  changed: [200, { guest: 'ann', at: '2026-03-02T12:00:00.000Z', nights: 9, paid: false }],
  bad: [400, 400, 400, 400],
  removed: [204, 404],
  gone: 404,
  others: 1,
};
