// What is served of a project under dev: its definitions, with this machine's keys, credential and token issuer, behind
// servers. All of them listen before a function starts that has to know where a WebSocket API stands.

import type { Problem } from '../../errors.ts';
import type { FunctionInvoker } from '../../gateway/exchange.ts';
import type { GatewayEnvironment } from '../../gateway/gateway.ts';
import { createKeySource } from '../../gateway/jwt/key-source.ts';
import { urlOf } from '../../gateway/server.ts';
import { openTokenIssuer, type TokenIssuer } from '../../gateway/token-issuer/token-issuer.ts';
import type { Project } from '../../project/project.ts';
import { devDefinitions } from './dev-definitions.ts';
import type { ServedApi } from './dev-event.ts';
import type { DevOptions } from './dev-options.ts';
import type { DevTables } from './dev-tables.ts';
import { issuerFolder, keysFile, LOCAL_ACCOUNT, LOCAL_CREDENTIAL } from './local-account.ts';
import { localKeys } from './local-keys.ts';
import type { ObservedApiOptions } from './observed-api.ts';
import { type ConnectionAddresses, ServedApis, type Serving } from './served-apis.ts';
import type { DevMessaging } from './triggers/dev-messaging.ts';

export interface ProjectServerOptions extends Pick<ObservedApiOptions, 'broken'> {
  readonly session: DevOptions;
  readonly tables: DevTables;
  readonly messaging: DevMessaging;
  readonly functions: FunctionInvoker;
}

export class ProjectServer {
  readonly #options: ProjectServerOptions;
  readonly #served: ServedApis;
  #issuer: TokenIssuer | undefined;
  #connections: Promise<ConnectionAddresses> = Promise.resolve(new Map());

  constructor(options: ProjectServerOptions) {
    const { session, broken } = options;
    const { emit, host = '127.0.0.1', port, strictPort = false, inspect } = session;
    const issuer = (): TokenIssuer | undefined => this.#issuer;
    const debugged = inspect !== undefined;
    this.#options = options;
    this.#served = new ServedApis({ host, port, strictPort, debugged, emit, broken, issuer });
  }

  apis(): readonly ServedApi[] {
    return this.#served.list();
  }

  /** Where functions reach the clients of WebSocket APIs, once all APIs of the state that was served last listen. */
  connections(): Promise<ConnectionAddresses> {
    return this.#connections;
  }

  /**
   * Serves this state of the project in the place of the one before.
   *
   * @returns problems of schema files
   * @throws ApigenError `PORT_TAKEN`, `CANNOT_LISTEN`
   */
  async serve(project: Project): Promise<readonly Problem[]> {
    const prepared = this.#prepare(project);
    this.#connections = prepared.then((next) => this.#served.open(next));
    await this.#connections;
    const next = await prepared;
    await this.#served.change(next);
    return next.problems;
  }

  close(): Promise<void> {
    return this.#served.close();
  }

  async #prepare(project: Project): Promise<Serving & { readonly problems: readonly Problem[] }> {
    const { tables } = this.#options;
    const { definitions, problems } = await devDefinitions(project, () => tables.models());
    const keys = await localKeys(keysFile(project.root), definitions);
    return { definitions, keys, environment: await this.#environment(project), problems };
  }

  async #environment({ root, region }: Project): Promise<GatewayEnvironment> {
    const { session, functions } = this.#options;
    const { emit, host = '127.0.0.1', port, inspect } = session;
    this.#issuer ??= await openTokenIssuer({ folder: issuerFolder(root), issuer: urlOf(host, port || 3000) });
    return {
      accountId: LOCAL_ACCOUNT,
      region,
      functions,
      credentials: [LOCAL_CREDENTIAL],
      debugged: inspect !== undefined,
      serviceEndpoint: (service, call) => this.#serviceEndpoint(service, call),
      keys: this.#issuer.keysBeside(createKeySource()),
      note: (text) => emit({ type: 'note', text }),
    };
  }

  // Tables, queues and topics of the project stand here; everything else stands where the user says.
  async #serviceEndpoint(service: string, call: string): Promise<string | undefined> {
    const { session, tables, messaging } = this.#options;
    const { dynamodb, endpointUrl } = session;
    const found = service === 'dynamodb' ? (dynamodb ?? (await tables.state()).endpoint) : undefined;
    return found ?? endpointUrl ?? messaging.endpointOf(service, call);
  }
}
