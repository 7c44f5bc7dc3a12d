// The proxy's own pages under /_quota-proxy/, for clients in other processes (benches, sweeps by hand): the call log,
// faults, expired credentials, and holding or killing a client at a chosen call.

import type { IncomingMessage, ServerResponse } from 'node:http';
import { crashAt } from './crash-point.ts';
import type { OrderedFault } from './faults.ts';
import type { Phase, QuotaProxy } from './options.ts';

const prefix = '/_quota-proxy/';

export const isControlPath = (url: string): boolean => url.startsWith(prefix);

interface StopOrder {
  readonly call: number;
  readonly phase: Phase;
  /** Killed with SIGKILL at that moment. */
  readonly pid: number;
}

/** `GET calls`, and `POST restart`, `fault`, `credentials` or `kill-at` with a JSON body. */
export async function handleControl(
  proxy: QuotaProxy,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const order = `${incoming.method} ${incoming.url?.slice(prefix.length)}`;
  const parts: Buffer[] = [];
  for await (const part of incoming) parts.push(part as Buffer);
  const body: unknown = parts.length === 0 ? {} : JSON.parse(Buffer.concat(parts).toString('utf8'));
  const answer = carryOut(proxy, order, body);
  outgoing.writeHead(answer === undefined ? 404 : 200, { 'content-type': 'application/json' });
  outgoing.end(JSON.stringify(answer ?? { message: `there is no ${order}` }));
}

function carryOut(proxy: QuotaProxy, order: string, body: unknown): unknown {
  switch (order) {
    case 'GET calls':
      return proxy.calls();
    case 'POST restart':
      proxy.restart();
      return {};
    case 'POST fault':
      proxy.addFault(body as OrderedFault);
      return {};
    case 'POST credentials':
      proxy.setCredentialsExpired((body as { expired?: boolean }).expired === true);
      return {};
    case 'POST kill-at': {
      const { pid, ...point } = body as StopOrder;
      proxy.setHook(crashAt(point, () => process.kill(pid, 'SIGKILL')));
      return {};
    }
    default:
      return undefined;
  }
}
