// `X-HTTP-Method-Override`: "API Gateway overrides the method", and keeps the header to itself. Source: "Amazon API
// Gateway important notes for REST APIs".

import type { GatewayRequest } from '../exchange.ts';
import { headerValue } from '../header-list.ts';

/** The request under the method it is to be served as. */
export function withMethodOverride(request: GatewayRequest): GatewayRequest {
  const method = headerValue(request.headers, 'x-http-method-override')?.trim().toUpperCase() ?? '';
  if (method === '' || method === request.method) return request;
  const { rawPath, rawQuery, headers, body, sourceIp, protocol, host, receivedAt } = request;
  return {
    method,
    rawPath,
    rawQuery,
    headers,
    body,
    sourceIp,
    protocol,
    host,
    receivedAt,
    get signal() {
      return request.signal;
    },
  };
}
