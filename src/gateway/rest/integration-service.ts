// AWS-service integrations other than Lambda: which call of the service an integration's address and mappings make, and
// what its answer becomes. A call that cannot be made is answered 500 with the reason.

import type { RestIntegration } from '../../api/definition.ts';
import type { GatewayAnswer } from '../exchange.ts';
import { headerValue } from '../header-list.ts';
import { callService, type ServiceOutcome } from '../integrations/call-service.ts';
import { actionHeaders, QUERY_VERSIONS } from '../integrations/service-protocols.ts';
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
  const called = parseServiceUri(integration.uri);
  const body = bytesOf(mapped.body);
  const outcome = await callService(exchange.environment, {
    service: called.service,
    region: called.region,
    method: integration.httpMethod,
    target: requestTarget(called, mapped, exchange),
    headers: serviceHeaders(called, mapped, body, exchange),
    body,
    timeoutMs: timeLimit(integration.timeoutInMillis),
    signal: exchange.request.signal,
  });
  const result = answerOf(outcome, integration.uri);
  const response = selectResponse(integration.responses ?? [], String(result.status));
  return mapResponse(response, result, exchange, mapped.overrides);
}

interface CalledService {
  readonly region: string;
  readonly service: string;
  readonly kind: 'path' | 'action';
  readonly rest: string;
}

/** `arn:aws:apigateway:{region}:{subdomain.}{service}:{path|action}/{rest}`. */
function parseServiceUri(uri: string): CalledService {
  const parts = /^arn:[\w-]+:apigateway:([\w-]+):([\w.-]+):(path|action)\/(.*)$/s.exec(uri);
  const [, region, name, kind, rest] = parts ?? [];
  if (region === undefined || name === undefined || rest === undefined || (kind !== 'path' && kind !== 'action')) {
    throw new GatewayFault('configuration', { reason: `${uri} is no service integration address` });
  }
  return { region, service: name.split('.').at(-1) ?? name, kind, rest };
}

function requestTarget(called: CalledService, mapped: MappedRequest, exchange: RestExchange): string {
  if (called.kind === 'path') return integrationUri(`/${called.rest}`, mapped, exchange);
  if (namedByHeaders(called) !== undefined) return integrationUri('/', mapped, exchange);
  const version = QUERY_VERSIONS[called.service];
  const query = `Action=${called.rest}${version === undefined ? '' : `&Version=${version}`}`;
  return integrationUri(`/?${query}`, mapped, exchange);
}

// An action of a service that takes both goes as a query: its integrations are written for that.
function namedByHeaders(called: CalledService): [string, string][] | undefined {
  const byQuery = called.kind === 'path' || QUERY_VERSIONS[called.service] !== undefined;
  return byQuery ? undefined : actionHeaders(called.service, called.rest);
}

function serviceHeaders(
  called: CalledService,
  mapped: MappedRequest,
  body: Uint8Array,
  exchange: RestExchange,
): [string, string][] {
  const named = namedByHeaders(called);
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
