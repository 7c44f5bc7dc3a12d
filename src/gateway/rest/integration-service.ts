// AWS-service integrations other than Lambda: which call of the service an integration's address and mappings make, and
// what its answer becomes. A call that cannot be made is answered 500 with the reason.

import type { RestIntegration } from '../../api/definition.ts';
import type { GatewayAnswer } from '../exchange.ts';
import { headerValue } from '../header-list.ts';
import { callService, type ServiceOutcome } from '../integrations/call-service.ts';
import {
  namingHeaders,
  readServiceAddress,
  type ServiceAddress,
  serviceTarget,
} from '../integrations/service-address.ts';
import { bytesOf } from './binary.ts';
import { answerOrFault } from './call-backend.ts';
import { GatewayFault } from './fault.ts';
import { refuseHeadersForAws } from './integration-headers.ts';
import { integrationUri } from './integration-uri.ts';
import { type MappedRequest, mapRequest } from './request-mapping.ts';
import { setHeader } from './response-headers.ts';
import { mapResponse } from './response-mapping.ts';
import type { RestExchange } from './rest-exchange.ts';
import { selectResponse } from './select-response.ts';
import { timeLimit } from './time-limit.ts';

type ServiceIntegration = Extract<RestIntegration, { type: 'AWS'; uri: string }>;

/** @throws GatewayFault 415, 500, 504; TemplateError. */
export async function invokeService(integration: ServiceIntegration, exchange: RestExchange): Promise<GatewayAnswer> {
  const mapped = mapRequest(integration, exchange);
  refuseHeadersForAws(mapped);
  const called = addressOf(integration.uri);
  const body = bytesOf(mapped.body);
  const outcome = await callService(exchange.environment, {
    service: called.service,
    region: called.region,
    method: integration.httpMethod,
    target: integrationUri(serviceTarget(called), mapped, exchange),
    headers: serviceHeaders(called, mapped, body, exchange),
    body,
    timeoutMs: timeLimit(integration.timeoutInMillis),
    signal: exchange.request.signal,
  });
  const result = answerOf(outcome, integration.uri);
  const response = selectResponse(integration.responses ?? [], String(result.status));
  return mapResponse(response, result, exchange, mapped.overrides);
}

function addressOf(uri: string): ServiceAddress {
  const address = readServiceAddress(uri);
  if (address !== undefined) return address;
  throw new GatewayFault('configuration', { reason: `${uri} is no service integration address` });
}

function serviceHeaders(
  called: ServiceAddress,
  mapped: MappedRequest,
  body: Uint8Array,
  exchange: RestExchange,
): [string, string][] {
  const named = namingHeaders(called);
  const type = headerValue(exchange.headers, 'content-type') ?? 'application/json';
  const headers: [string, string][] = [['User-Agent', `AmazonAPIGateway_${exchange.apiId}`]];
  if (named !== undefined) headers.push(...named);
  else if (body.byteLength > 0) headers.push(['Content-Type', type]);
  for (const [name, values] of mapped.headers) setHeader(headers, name, ...values);
  return headers;
}

function answerOf(outcome: ServiceOutcome, uri: string): GatewayAnswer {
  if (outcome.type !== 'no-endpoint') return answerOrFault(outcome, uri);
  throw new GatewayFault('integrationFailure', { message: outcome.reason, reason: `${uri}: ${outcome.reason}` });
}
