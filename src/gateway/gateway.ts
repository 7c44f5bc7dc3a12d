// What the local gateway asks of an API, and how several APIs share one server. Each API type fills ApiHandler:
// rest/rest-api.ts (createRestApi), http/http-api.ts (createHttpApi), websocket/websocket-api.ts (createWebSocketApi).

import type { Duplex } from 'node:stream';
import type { FunctionInvoker, GatewayAnswer, GatewayRequest } from './exchange.ts';
import type { KeySource } from './jwt/key-source.ts';

/** One API behind the shared server ({@link serve} in `server.ts`). */
export interface ApiHandler {
  /** Never rejects for what a client or a function did; a rejection is a fault of ours and is answered 500. */
  handle(request: GatewayRequest): Promise<GatewayAnswer>;
  /** The body passed 10 MB and was not kept (`request.body` is empty). Absent: a plain 413. */
  tooLarge?(request: GatewayRequest): Promise<GatewayAnswer>;
  /**
   * A request with `Upgrade`: the API owns the socket from here on. To refuse, `writeAnswer` of
   * `http1/write-answer.ts`. Absent: the request is handled like any other.
   */
  upgrade?(request: GatewayRequest, socket: Duplex, head: Buffer): Promise<void>;
  /** Ends what outlives requests: sockets, timers. */
  close?(): Promise<void>;
}

/** What all APIs of one gateway share: where they pretend to be, and how they reach functions and services. */
export interface GatewayEnvironment {
  /** 12 digits, as in ARNs: `000000000000` on this machine. */
  readonly accountId: string;
  readonly region: string;
  readonly functions: FunctionInvoker;
  /** Access keys that may sign requests to AWS_IAM routes. Empty: every signed request is refused. */
  readonly credentials: readonly LocalCredential[];
  /**
   * Where a call of an AWS-service integration goes, by service (`sqs`): `http://127.0.0.1:4566`. Nothing: it is answered
   * 5xx. `call` is its path and its body, which say what it is about.
   */
  serviceEndpoint?(service: string, call: string): string | undefined | Promise<string | undefined>;
  /** Where the keys that signed JWTs are found. Absent: over HTTP, each API for itself. */
  readonly keys?: KeySource;
  /** `@connections` answers unsigned calls, for a caller that cannot sign. Absent: SigV4 is required, as on AWS. */
  readonly unsignedConnections?: boolean;
  /** A debugger may hold functions: the gateway waits for their answers as long as they take. */
  readonly debugged?: boolean;
  /** A sentence for the person at the terminal: why a request was refused or failed, where the client is not told. */
  note(text: string): void;
}

/** An access key known to this machine alone. */
export interface LocalCredential {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  /** `arn:aws:iam::000000000000:user/local`. */
  readonly userArn: string;
}

/** What every API is made from. */
export interface ApiOptions<Definition> {
  readonly definition: Definition;
  /** 10 lower-case letters and digits, as AWS mints them. */
  readonly apiId: string;
  readonly environment: GatewayEnvironment;
}

/** One API of several on a port. */
export interface Mount {
  /** The API's id, and its name in apigen.yml: either may be the first label of the Host. */
  readonly apiId: string;
  readonly name: string;
  readonly handler: ApiHandler;
}

/**
 * Several APIs on one port, told apart by the first label of the Host as on AWS: `{apiId}.execute-api.localhost` or
 * `{name}.localhost`. A Host that names none of them reaches the first.
 */
export function routeByHost(mounts: readonly [Mount, ...Mount[]]): ApiHandler {
  const byLabel = new Map<string, ApiHandler>();
  for (const mount of mounts) {
    byLabel.set(mount.apiId.toLowerCase(), mount.handler);
    byLabel.set(mount.name.toLowerCase(), mount.handler);
  }
  const handlerOf = (request: GatewayRequest): ApiHandler => {
    const label = request.host.split('.', 1)[0]?.toLowerCase() ?? '';
    return byLabel.get(label) ?? mounts[0].handler;
  };
  return {
    handle: (request) => handlerOf(request).handle(request),
    tooLarge: (request) => handlerOf(request).tooLarge?.(request) ?? Promise.resolve(plainTooLarge()),
    upgrade: (request, socket, head) => upgradeWith(handlerOf(request), request, socket, head),
    close: async () => {
      await Promise.all(mounts.map((mount) => mount.handler.close?.()));
    },
  };
}

/** Upgrades where the API can, and answers on the raw socket where it cannot. */
export async function upgradeWith(
  handler: ApiHandler,
  request: GatewayRequest,
  socket: Duplex,
  head: Buffer,
): Promise<void> {
  if (handler.upgrade !== undefined) return handler.upgrade(request, socket, head);
  const { writeAnswer } = await import('./http1/write-answer.ts');
  writeAnswer(socket, await handler.handle(request));
}

/** The words of both HTTP and REST APIs for a payload over 10 MB. */
export function plainTooLarge(): GatewayAnswer {
  return {
    status: 413,
    headers: [['Content-Type', 'application/json']],
    body: Buffer.from('{"message":"Request Entity Too Large"}'),
  };
}
