// `X-HTTP-Method-Override`: "API Gateway overrides the method", and keeps the header to itself. Source: "Amazon API
// Gateway important notes for REST APIs".

import type { GatewayRequest } from '../exchange.ts';
import { headerValue } from '../header-list.ts';
import { changedRequest } from './changed-request.ts';

/** The request under the method it is to be served as. */
export function withMethodOverride(request: GatewayRequest): GatewayRequest {
  const method = headerValue(request.headers, 'x-http-method-override')?.trim().toUpperCase() ?? '';
  return method === '' || method === request.method ? request : changedRequest(request, { method });
}
