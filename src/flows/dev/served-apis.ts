// The servers of a project under dev: every API on a port of its own, as every API has a host of its own on AWS. A
// reload puts new routes behind the same port; requests in flight finish where they are.

import { createHash } from 'node:crypto';
import type { ApiDefinition } from '../../api/definition.ts';
import { createApi } from '../../gateway/create-api.ts';
import type { ApiHandler, GatewayEnvironment } from '../../gateway/gateway.ts';
import { type GatewayServer, serve, urlOf } from '../../gateway/server.ts';
import type { Emit, ServedApi } from './dev-event.ts';
import type { KeysOfApi } from './local-keys.ts';
import { factsOf, type ObservedApiOptions, observedApi } from './observed-api.ts';
import { servedRoutes } from './served-routes.ts';

export interface ServedApisOptions extends ObservedApiOptions {
  readonly host: string;
  /** Of the first API; 0 for any. */
  readonly port: number;
  readonly strictPort: boolean;
  /** Clients wait as long as a debugger holds a function. */
  readonly debugged: boolean;
  readonly emit: Emit;
}

/** What is to be served: every API of a project, with its keys. */
export interface Serving {
  readonly definitions: ReadonlyMap<string, ApiDefinition>;
  readonly environment: GatewayEnvironment;
  readonly keys: ReadonlyMap<string, KeysOfApi>;
}

/** `http://127.0.0.1:3001/dev`, by the name of a WebSocket API: what deployed functions find in `CHAT_ENDPOINT`. */
export type ConnectionAddresses = ReadonlyMap<string, string>;

interface Served {
  readonly server: GatewayServer;
  close: (() => Promise<void>) | undefined;
  text: string;
  shown: ServedApi;
}

/** Requests in flight get so long when an API is closed. */
const GRACE_MS = 1_000;

export class ServedApis {
  readonly #options: ServedApisOptions;
  readonly #served = new Map<string, Served>();
  /** Of every API that ever stood: one that comes back has its address again. */
  readonly #ports = new Map<string, number>();
  #nextPort: number;
  #closed = false;

  constructor(options: ServedApisOptions) {
    this.#options = options;
    this.#nextPort = options.port;
  }

  /** In the order of apigen.yml. */
  list(): readonly ServedApi[] {
    return [...this.#served.values()].map(({ shown }) => shown);
  }

  /**
   * APIs that are new listen; those that stand go on as they are.
   * @throws ApigenError `PORT_TAKEN`, `CANNOT_LISTEN`
   */
  async open(serving: Serving): Promise<ConnectionAddresses> {
    for (const [name, definition] of serving.definitions) {
      // A reload may still be under way when all ends: nothing may listen after that.
      if (this.#closed) break;
      if (this.#served.has(name)) continue;
      const { api, text } = await this.#make(name, definition, serving);
      const server = await this.#listen(name, api);
      const shown = shownOf(definition, server, serving.keys.get(name));
      this.#served.set(name, { server, close: api.close?.bind(api), text, shown });
      if (this.#closed) await this.close();
    }
    return this.#connections(serving.definitions);
  }

  /** Serves these, which are open, and no others: an API that changed takes the place of the one before. */
  async change(serving: Serving): Promise<void> {
    const { definitions, keys } = serving;
    for (const [name, served] of this.#served) {
      const definition = definitions.get(name);
      if (definition === undefined) {
        this.#served.delete(name);
        await served.server.close(GRACE_MS);
        continue;
      }
      if (served.text === textOf(name, serving)) continue;
      const { api, text } = await this.#make(name, definition, serving);
      served.server.replace(api);
      const closeOld = served.close;
      const shown = shownOf(definition, served.server, keys.get(name));
      Object.assign(served, { close: api.close?.bind(api), text, shown });
      await closeOld?.();
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all([...this.#served.values()].map(({ server }) => server.close(GRACE_MS)));
    this.#served.clear();
  }

  async #make(name: string, definition: ApiDefinition, serving: Serving): Promise<{ api: ApiHandler; text: string }> {
    const { environment, keys } = serving;
    if (definition.type === 'rest' && definition.policy !== undefined) {
      const text = `${name}: its policy is not checked here, where every client is this machine; on AWS it comes first.`;
      this.#options.emit({ type: 'note', text });
    }
    const made = await createApi({ ...keys.get(name), definition, apiId: apiIdOf(name), environment });
    return { api: observedApi(made, this.#options), text: textOf(name, serving) };
  }

  #connections(definitions: Serving['definitions']): ConnectionAddresses {
    return new Map(
      [...this.#served].flatMap(([name, { server }]) => {
        const definition = definitions.get(name);
        return definition?.type === 'websocket' ? [[name, addressOf(definition, loopbackUrl(server))] as const] : [];
      }),
    );
  }

  async #listen(name: string, api: ApiHandler): Promise<GatewayServer> {
    const { host, strictPort, debugged, emit } = this.#options;
    const known = this.#ports.get(name);
    const port = known ?? this.#nextPort;
    const server = await serve(api, {
      host,
      port,
      strictPort,
      ...(debugged && { silenceMs: 0 }),
      answered: (request, { status }, ms) => {
        const { function: called, start } = factsOf(request);
        const path = request.rawQuery === '' ? request.rawPath : `${request.rawPath}?${request.rawQuery}`;
        emit({
          type: 'request',
          api: name,
          method: request.method,
          path,
          status,
          ms,
          ...(called !== undefined && { function: called }),
          ...(start !== undefined && { start }),
        });
      },
      failed: (request, cause) => {
        const reason = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
        emit({ type: 'note', text: `${request.method} ${request.rawPath}: ${reason}` });
      },
    });
    this.#ports.set(name, server.port);
    if (port === 0) return server;
    if (server.port !== port) emit({ type: 'note', text: `Port ${port} is taken: ${name} is at ${server.port}.` });
    if (known === undefined) this.#nextPort = Math.min(65_535, server.port + 1);
    return server;
  }
}

/** Of a definition and its environment: equal ones are not swapped. */
function textOf(name: string, { definitions, environment, keys }: Serving): string {
  return JSON.stringify([definitions.get(name), environment.region, keys.get(name)]);
}

function shownOf(definition: ApiDefinition, server: GatewayServer, keys: KeysOfApi | undefined): ServedApi {
  const { name, type } = definition;
  const url = loopbackUrl(server);
  const base = type === 'websocket' ? url.replace(/^http/, 'ws') : url;
  const routes = servedRoutes(definition);
  return { name, type, url: addressOf(definition, base), routes, ...(keys && { keys: keys.shown }) };
}

/** With the stage where the API has one in its path. */
function addressOf({ stage }: ApiDefinition, base: string): string {
  return stage.name === '$default' ? base : `${base}/${stage.name}`;
}

/** A server that listens everywhere has no address of its own that could be called. */
function loopbackUrl({ url, host, port }: GatewayServer): string {
  if (host === '0.0.0.0') return urlOf('127.0.0.1', port);
  return host === '::' ? urlOf('::1', port) : url;
}

/** 10 lower-case letters and digits as AWS mints them, the same at every start. */
function apiIdOf(name: string): string {
  const hash = createHash('sha256').update(name).digest('hex').slice(0, 16);
  return BigInt(`0x${hash}`).toString(36).padStart(10, '0').slice(-10);
}
