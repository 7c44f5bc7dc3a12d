// The servers of a project under dev: every API on a port of its own, as every API has a host of its own on AWS. A
// reload puts new routes behind the same port; requests in flight finish where they are.

import { createHash } from 'node:crypto';
import type { ApiDefinition } from '../../api/definition.ts';
import { createApi } from '../../gateway/create-api.ts';
import type { GatewayEnvironment } from '../../gateway/gateway.ts';
import { type GatewayServer, serve } from '../../gateway/server.ts';
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

interface Served {
  readonly server: GatewayServer;
  close: (() => Promise<void>) | undefined;
  /** Of its definition and environment: equal ones are not swapped. */
  text: string;
  shown: ServedApi;
}

/** Requests in flight get so long when an API is closed. */
const GRACE_MS = 1_000;

export class ServedApis {
  readonly #options: ServedApisOptions;
  readonly #served = new Map<string, Served>();
  #nextPort: number;

  constructor(options: ServedApisOptions) {
    this.#options = options;
    this.#nextPort = options.port;
  }

  /** In the order of apigen.yml. */
  list(): readonly ServedApi[] {
    return [...this.#served.values()].map(({ shown }) => shown);
  }

  /**
   * Serves these and no others.
   * @throws ApigenError `PORT_TAKEN`, `CANNOT_LISTEN`
   */
  async set(
    definitions: ReadonlyMap<string, ApiDefinition>,
    environment: GatewayEnvironment,
    keys: ReadonlyMap<string, KeysOfApi>,
  ): Promise<void> {
    for (const [name, served] of this.#served) {
      if (definitions.has(name)) continue;
      this.#served.delete(name);
      await served.server.close(GRACE_MS);
    }
    for (const [name, definition] of definitions) await this.#setOne(name, definition, environment, keys.get(name));
  }

  async close(): Promise<void> {
    await Promise.all([...this.#served.values()].map(({ server }) => server.close(GRACE_MS)));
    this.#served.clear();
  }

  async #setOne(
    name: string,
    definition: ApiDefinition,
    environment: GatewayEnvironment,
    keys: KeysOfApi | undefined,
  ): Promise<void> {
    const text = JSON.stringify([definition, environment.region, keys]);
    const before = this.#served.get(name);
    if (before?.text === text) return;
    const api = observedApi(await createApi({ ...keys, definition, apiId: apiIdOf(name), environment }), this.#options);
    const close = api.close?.bind(api);
    if (before === undefined) {
      const server = await this.#listen(name, api);
      this.#served.set(name, { server, close, text, shown: shownOf(definition, server, keys) });
      return;
    }
    before.server.replace(api);
    const closeOld = before.close;
    Object.assign(before, { close, text, shown: shownOf(definition, before.server, keys) });
    await closeOld?.();
  }

  async #listen(name: string, api: Parameters<typeof serve>[0]): Promise<GatewayServer> {
    const { host, strictPort, debugged, emit } = this.#options;
    const port = this.#nextPort;
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
    if (port !== 0) {
      if (server.port !== port) emit({ type: 'note', text: `Port ${port} is taken: ${name} is at ${server.port}.` });
      this.#nextPort = Math.min(65_535, server.port + 1);
    }
    return server;
  }
}

function shownOf(definition: ApiDefinition, { url }: GatewayServer, keys: KeysOfApi | undefined): ServedApi {
  const { name, type, stage } = definition;
  const base = type === 'websocket' ? url.replace(/^http/, 'ws') : url;
  const full = stage.name === '$default' ? base : `${base}/${stage.name}`;
  return { name, type, url: full, routes: servedRoutes(definition), ...(keys && { keys: keys.shown }) };
}

/** 10 lower-case letters and digits as AWS mints them, the same at every start. */
function apiIdOf(name: string): string {
  const hash = createHash('sha256').update(name).digest('hex').slice(0, 16);
  return BigInt(`0x${hash}`).toString(36).padStart(10, '0').slice(-10);
}
