// moto with what it lacks of HTTP and WebSocket APIs: deployments, the update of stages, and the lists of authorizers,
// models and route responses. Deployments and stages are kept here as they were sent, lists are made of what was created
// through here and is read from moto one by one; all other calls, and with them all of moto's strictness, are moto's.

import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

type Fields = Record<string, unknown>;

interface Sent {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

interface Answered {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

export interface WholeMoto {
  readonly url: string;
  close(): Promise<void>;
}

/** @param upstream moto's own address */
export async function wholeMoto(upstream: string): Promise<WholeMoto> {
  const kept = new Kept();
  const pass = async ({ method, path, headers, body }: Sent): Promise<Answered> => {
    const answer = await fetch(upstream + path, { method, headers, ...(body !== '' && { body }) });
    const type = answer.headers.get('content-type') ?? 'application/json';
    return { status: answer.status, type, body: await answer.text() };
  };
  const server = createServer((request, response) => {
    read(request)
      .then(async (sent) => kept.answer(sent) ?? (await kept.list(sent, pass)) ?? kept.seen(sent, await pass(sent)))
      .then(({ status, type, body }) => response.writeHead(status, { 'content-type': type }).end(body))
      .catch((cause: unknown) => response.writeHead(502).end(String(cause)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

class Kept {
  /** `{api}/deployments/{id}`, `{api}/stages/{name}` → what was sent. */
  readonly #own = new Map<string, Fields>();
  /** `{api}/authorizers` → paths of those that were created through here. */
  readonly #created = new Map<string, Set<string>>();
  #count = 0;

  answer({ method, path, body }: Sent): Answered | undefined {
    const [, api, what, id, below, key] = OWN.exec(decodeURIComponent(path)) ?? [];
    if (api === undefined || what === undefined) return undefined;
    const sent = body === '' ? {} : (JSON.parse(body) as Fields);
    const place = `${api}/${what}/`;
    if (id === undefined) {
      if (method === 'GET')
        return json(200, { items: [...this.#own].flatMap(([at, one]) => (at.startsWith(place) ? [one] : [])) });
      const name = what === 'stages' ? String(sent['stageName']) : `deployment${++this.#count}`;
      const born = { createdDate: new Date(Date.now() + this.#count).toISOString() };
      const made = what === 'stages' ? sent : { ...sent, deploymentId: name, deploymentStatus: 'DEPLOYED', ...born };
      this.#own.set(place + name, made);
      return json(201, made);
    }
    const found = this.#own.get(place + id);
    if (found === undefined) return json(404, { message: `Unable to find ${what} ${id}`, __type: 'NotFoundException' });
    if (method === 'GET') return json(200, found);
    if (method === 'PATCH') {
      const changed = { ...found, ...sent };
      this.#own.set(place + id, changed);
      return json(200, changed);
    }
    // DeleteAccessLogSettings, DeleteRouteSettings, or the whole.
    if (below === 'accesslogsettings') delete found['accessLogSettings'];
    else if (below === 'routesettings' && key !== undefined) delete (found['routeSettings'] as Fields)[key];
    else this.#own.delete(place + id);
    return { status: 204, type: 'application/json', body: '' };
  }

  async list(sent: Sent, pass: (sent: Sent) => Promise<Answered>): Promise<Answered | undefined> {
    if (sent.method !== 'GET' || !LISTED.test(sent.path)) return undefined;
    const list = sent.path.split('?')[0] ?? '';
    const answers = await Promise.all([...(this.#created.get(list) ?? [])].map((path) => pass({ ...sent, path })));
    return json(200, { items: answers.filter(({ status }) => status === 200).map(({ body }) => JSON.parse(body)) });
  }

  /** Remembers what was created. */
  seen({ method, path }: Sent, answer: Answered): Answered {
    if (method !== 'POST' || !LISTED.test(path) || answer.status >= 300) return answer;
    const made = JSON.parse(answer.body) as Fields;
    const id = made['authorizerId'] ?? made['modelId'] ?? made['routeResponseId'];
    this.#created.set(path, (this.#created.get(path) ?? new Set()).add(`${path}/${id}`));
    return answer;
  }
}

const OWN = /^\/v2\/apis\/([^/]+)\/(deployments|stages)(?:\/([^/?]+)(?:\/(\w+)(?:\/(.+))?)?)?(?:\?.*)?$/;
const LISTED = /^\/v2\/apis\/[^/]+\/(?:authorizers|models|routes\/[^/]+\/routeresponses)(?:\?.*)?$/;

const json = (status: number, value: unknown): Answered => ({
  status,
  type: 'application/json',
  body: JSON.stringify(value),
});

async function read(request: IncomingMessage): Promise<Sent> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  const {
    host: _host,
    connection: _connection,
    'content-length': _length,
    expect: _expect,
    ...headers
  } = request.headers;
  return {
    method: request.method ?? 'GET',
    path: request.url ?? '/',
    headers: headers as Record<string, string>,
    body: Buffer.concat(parts).toString(),
  };
}
