// MOCK integrations: the request template's result is a document whose whole-number statusCode selects the response.
// AWS reads it leniently ({statusCode: 200}), and never sends it to the client.

import type { RestIntegration } from '../../api/definition.ts';
import type { GatewayAnswer } from '../exchange.ts';
import { mockStatus, noMockStatus } from '../integrations/mock-status.ts';
import { GatewayFault } from './fault.ts';
import { mapRequest } from './request-mapping.ts';
import { mapResponse } from './response-mapping.ts';
import type { RestExchange } from './rest-exchange.ts';
import { selectResponse } from './select-response.ts';

/** @throws GatewayFault 415, 500; TemplateError. */
export function invokeMock(integration: RestIntegration, exchange: RestExchange): GatewayAnswer {
  const mapped = mapRequest(integration, exchange);
  const document = mapped.body.type === 'text' ? mapped.body.text : '';
  const status = statusCodeOf(document);
  const response = selectResponse(integration.responses ?? [], String(status));
  return mapResponse(response, { headers: [], body: new Uint8Array(0), isMock: true }, exchange, mapped.overrides);
}

function statusCodeOf(document: string): number {
  const status = mockStatus(document);
  if (status !== undefined) return status;
  throw new GatewayFault('configuration', { reason: `the mock's request template ${noMockStatus(document)}` });
}
