// Ends a server: who is being answered has a while to get the answer, then the connection goes.

import type { Server } from 'node:http';

export async function closeServer(server: Server, graceMs: number): Promise<void> {
  const stopped = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  const timer = setTimeout(() => server.closeAllConnections(), graceMs);
  await stopped;
  clearTimeout(timer);
}
