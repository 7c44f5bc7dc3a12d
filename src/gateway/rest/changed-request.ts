// A request with another method or body than the client sent; all else stays as it came.

import type { GatewayRequest } from '../exchange.ts';

/** The request with those fields in place of its own. */
export function changedRequest(
  request: GatewayRequest,
  change: Partial<Pick<GatewayRequest, 'method' | 'body'>>,
): GatewayRequest {
  // Field by field, and the signal by a getter: what the socket's request has stands on its prototype.
  return {
    method: change.method ?? request.method,
    rawPath: request.rawPath,
    rawQuery: request.rawQuery,
    headers: request.headers,
    body: change.body ?? request.body,
    sourceIp: request.sourceIp,
    protocol: request.protocol,
    host: request.host,
    receivedAt: request.receivedAt,
    get signal() {
      return request.signal;
    },
  };
}
