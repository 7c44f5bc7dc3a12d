// Lambda integrations: proxy (the event is the request, the answer is validated) and non-proxy (templates make the
// event, selection patterns read the error message).

import type { RestIntegration } from '../../api/definition.ts';
import type { GatewayAnswer } from '../exchange.ts';
import { headerValue } from '../header-list.ts';
import { firstAccepted, isBinaryType } from './binary.ts';
import { callFunction, functionNameOf, startFunction } from './call-function.ts';
import { proxyEvent } from './event-v1.ts';
import { GatewayFault } from './fault.ts';
import { refuseHeadersForAws } from './integration-headers.ts';
import { proxyAnswer } from './proxy-response.ts';
import { type MappedRequest, mapParameters, mapRequest } from './request-mapping.ts';
import { mapResponse } from './response-mapping.ts';
import type { RoutedExchange } from './rest-exchange.ts';
import { selectResponse } from './select-response.ts';

type LambdaProxy = Extract<RestIntegration, { type: 'AWS_PROXY' }>;
type LambdaCustom = Extract<RestIntegration, { type: 'AWS'; function: string }>;

/** @throws GatewayFault 413, 500, 502, 504. */
export async function invokeLambdaProxy(integration: LambdaProxy, exchange: RoutedExchange): Promise<GatewayAnswer> {
  refuseHeadersForAws(mapParameters(integration, exchange));
  refuseOtherThanPost(integration.httpMethod);
  const name = functionNameOf(integration.function, exchange);
  const end = await callFunction(exchange, name, proxyEvent(exchange), integration.timeoutInMillis);
  if (end.type === 'error') throw new GatewayFault('badGateway', { reason: `${name} failed: ${end.reason}` });
  const accept = firstAccepted(headerValue(exchange.headers, 'accept'));
  return proxyAnswer(end.payload, isBinaryType(accept, exchange.definition.binaryMediaTypes));
}

/** @throws GatewayFault 400, 413, 415, 500, 504; TemplateError. */
export async function invokeLambdaCustom(integration: LambdaCustom, exchange: RoutedExchange): Promise<GatewayAnswer> {
  const mapped = mapRequest(integration, exchange);
  refuseHeadersForAws(mapped);
  refuseOtherThanPost(integration.httpMethod);
  const name = functionNameOf(integration.function, exchange);
  const event = eventOf(mapped);
  if (invocationType(mapped) === 'Event') {
    startFunction(exchange, name, event);
    const response = selectResponse(integration.responses ?? [], undefined);
    return mapResponse(response, { headers: [], body: new Uint8Array(0) }, exchange, mapped.overrides);
  }
  const end = await callFunction(exchange, name, event, integration.timeoutInMillis);
  const response = selectResponse(integration.responses ?? [], end.type === 'error' ? end.reason : undefined);
  const headers: [string, string][] = [['Content-Type', 'application/json']];
  if (end.type === 'error') headers.push(['X-Amz-Function-Error', 'Unhandled']);
  return mapResponse(response, { headers, body: Buffer.from(end.payload) }, exchange, mapped.overrides);
}

// Lambda takes JSON alone; no body at all is an empty object.
function eventOf(mapped: MappedRequest): string {
  const text = mapped.body.type === 'text' ? mapped.body.text : Buffer.from(mapped.body.bytes).toString('utf8');
  if (text.trim() === '') return '{}';
  try {
    JSON.parse(text);
    return text;
  } catch (cause) {
    throw new GatewayFault('badRequest', {
      message: `Could not parse request body into json: ${cause instanceof Error ? cause.message : String(cause)}`,
    });
  }
}

function invocationType(mapped: MappedRequest): string {
  for (const [name, values] of mapped.headers) {
    if (/^x-amz-invocation-type$/i.test(name)) return values.at(-1) ?? '';
  }
  return 'RequestResponse';
}

function refuseOtherThanPost(method: string | undefined): void {
  if (method === undefined || method === 'POST') return;
  throw new GatewayFault('integrationFailure', { reason: `Lambda is called by POST, the integration says ${method}` });
}
