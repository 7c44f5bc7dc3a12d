// Binds a server to the wished port, or to one of the next where it is taken and that is allowed.

import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ApigenError } from '../../errors.ts';

export interface ListenOptions {
  readonly host?: string;
  readonly port?: number;
  readonly strictPort?: boolean;
}

const NEXT_PORTS = 50;

/**
 * Where the server came to stand; the caller says so aloud when it is not where it was wished.
 * @throws ApigenError `PORT_TAKEN` (strict, or 50 ports in a row), `CANNOT_LISTEN`.
 */
export async function listen(server: Server, options: ListenOptions): Promise<{ host: string; port: number }> {
  const host = options.host ?? '127.0.0.1';
  const wished = options.port ?? 0;
  const last = wished === 0 || options.strictPort === true ? wished : Math.min(65_535, wished + NEXT_PORTS);
  for (let port = wished; port <= last; port += 1) {
    const failure = await tryListen(server, host, port);
    if (failure === undefined) return { host, port: (server.address() as AddressInfo).port };
    if (failure.code !== 'EADDRINUSE') {
      throw new ApigenError({
        code: 'CANNOT_LISTEN',
        summary: `Cannot listen on ${host}:${port}`,
        detail: failure.message,
        hint: port > 0 && port < 1024 ? 'apigen dev --port 3000' : 'apigen dev --host 127.0.0.1',
        cause: failure,
      });
    }
  }
  throw new ApigenError({
    code: 'PORT_TAKEN',
    summary: `Port ${wished} on ${host} is taken`,
    detail: options.strictPort === true ? 'Another program listens there.' : `So are the ports up to ${last}.`,
    hint: `apigen dev --port ${Math.min(65_535, wished + 100)}`,
  });
}

function tryListen(server: Server, host: string, port: number): Promise<NodeJS.ErrnoException | undefined> {
  return new Promise((resolve) => {
    const onError = (error: NodeJS.ErrnoException): void => {
      server.off('listening', onListening);
      resolve(error);
    };
    const onListening = (): void => {
      server.off('error', onError);
      resolve(undefined);
    };
    server.once('error', onError);
    server.once('listening', onListening);
    server.listen(port, host);
  });
}
