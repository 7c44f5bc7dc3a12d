// MOCK integrations: the request template's result is a document whose whole-number statusCode selects the response.
// AWS reads it leniently ({statusCode: 200}), and never sends it to the client.

import type { RestIntegration } from '../../api/definition.ts';
import type { GatewayAnswer } from '../exchange.ts';
import { JavaFailure } from '../vtl/java-failure.ts';
import { JavaInteger } from '../vtl/java-number.ts';
import { JavaMap } from '../vtl/java-value.ts';
import { parseLenientJson } from '../vtl/lenient-json.ts';
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
  let status: unknown;
  try {
    const value = parseLenientJson(document);
    status = value instanceof JavaMap ? value.get('statusCode') : undefined;
  } catch (error) {
    if (!(error instanceof JavaFailure)) throw error;
  }
  if (status instanceof JavaInteger) {
    return status.value >= 0n && status.value <= 599n ? Number(status.value) : 500;
  }
  throw new GatewayFault('configuration', {
    reason: `the mock's request template must yield {"statusCode": 200}, not ${JSON.stringify(document.slice(0, 200))}`,
  });
}
