// HTTP integrations: HTTP_PROXY passes request and answer through with AWS's header rules, HTTP maps both.

import type { RestIntegration } from '../../api/definition.ts';
import type { GatewayAnswer, HeaderList } from '../exchange.ts';
import { headerValue } from '../header-list.ts';
import { bytesOf, convertRequest, isBinaryType } from './binary.ts';
import { callBackend } from './call-backend.ts';
import { headersForHttp } from './integration-headers.ts';
import { integrationUri } from './integration-uri.ts';
import { type MappedRequest, mapParameters, mapRequest } from './request-mapping.ts';
import { remapHeaders, setHeader, withContentType } from './response-headers.ts';
import { mapResponse } from './response-mapping.ts';
import type { RestExchange } from './rest-exchange.ts';
import { selectResponse } from './select-response.ts';
import { timeLimit } from './time-limit.ts';

type HttpIntegration = Extract<RestIntegration, { type: 'HTTP' | 'HTTP_PROXY' }>;

/** @throws GatewayFault 415, 500, 504; TemplateError. */
export async function invokeHttp(integration: HttpIntegration, exchange: RestExchange): Promise<GatewayAnswer> {
  const mapped = mapRequest(integration, exchange);
  const body = bytesOf(mapped.body);
  const result = await callBackend({
    uri: integrationUri(integration.uri, mapped, exchange),
    method: methodOf(integration, exchange),
    headers: customHeaders(mapped, body, exchange),
    body,
    timeoutMs: timeLimit(integration.timeoutInMillis),
    signal: exchange.request.signal,
  });
  const response = selectResponse(integration.responses ?? [], String(result.status));
  return mapResponse(response, result, exchange, mapped.overrides);
}

/** @throws GatewayFault 500, 504. */
export async function invokeHttpProxy(integration: HttpIntegration, exchange: RestExchange): Promise<GatewayAnswer> {
  const mapped = mapParameters(integration, exchange);
  const method = methodOf(integration, exchange);
  const result = await callBackend({
    uri: integrationUri(integration.uri, mapped, exchange, exchange.query),
    method,
    headers: proxyHeaders(exchange, headersForHttp(mapped)),
    body: proxyBody(integration, exchange),
    timeoutMs: timeLimit(integration.timeoutInMillis),
    signal: exchange.request.signal,
  });
  return {
    status: result.status >= 200 ? result.status : 502,
    headers: withContentType(remapHeaders(result.headers)),
    body: proxyResultBody(result, exchange),
  };
}

// The gateway's own Accept, User-Agent and Content-Type stand until a mapping says otherwise.
function customHeaders(mapped: MappedRequest, body: Uint8Array, exchange: RestExchange): [string, string][] {
  const headers: [string, string][] = [
    ['Accept', 'application/json'],
    ['User-Agent', `AmazonAPIGateway_${exchange.apiId}`],
    ...gatewayHeaders(exchange),
  ];
  if (body.byteLength > 0) {
    const given = headerValue(exchange.headers, 'content-type');
    headers.push(['Content-Type', mapped.templateType ?? given ?? 'application/json']);
  }
  const own = headersForHttp(mapped);
  for (const name of new Set(own.map(([key]) => key))) {
    setHeader(headers, name, ...own.filter(([key]) => key === name).map(([, value]) => value));
  }
  return headers;
}

function proxyHeaders(exchange: RestExchange, mapped: readonly (readonly [string, string])[]): [string, string][] {
  const bodiless = exchange.request.body.byteLength === 0;
  const dropped = new Set(['host', 'via', 'x-amzn-trace-id', ...(bodiless ? ['content-encoding'] : [])]);
  const headers = exchange.headers
    .filter(([name]) => !dropped.has(name.toLowerCase()))
    .map(([name, value]): [string, string] => [name, value]);
  headers.push(...gatewayHeaders(exchange));
  for (const [name, value] of mapped) setHeader(headers, name, value);
  return headers;
}

function gatewayHeaders(exchange: RestExchange): [string, string][] {
  return [
    ['x-amzn-apigateway-api-id', exchange.apiId],
    ['X-Amzn-Trace-Id', exchange.traceId],
  ];
}

function methodOf(integration: HttpIntegration, exchange: RestExchange): string {
  return integration.httpMethod === 'ANY' ? exchange.request.method : integration.httpMethod;
}

function proxyBody(integration: HttpIntegration, exchange: RestExchange): Uint8Array {
  const { body } = exchange.request;
  if (body.byteLength === 0 || isEncoded(exchange.headers)) return body;
  const isBinary = isBinaryFor(exchange.headers, exchange);
  return bytesOf(convertRequest(body, isBinary, integration.contentHandling));
}

// Without a registered media type AWS reads bytes as UTF-8 text, and images come out broken, as they do there.
function proxyResultBody(result: GatewayAnswer, exchange: RestExchange): Uint8Array {
  if (isEncoded(result.headers) || isBinaryFor(result.headers, exchange)) return result.body;
  return bytesOf(convertRequest(result.body, false, undefined));
}

function isBinaryFor(headers: HeaderList, exchange: RestExchange): boolean {
  const contentType = headerValue(headers, 'content-type') ?? 'application/json';
  return isBinaryType(contentType, exchange.definition.binaryMediaTypes);
}

function isEncoded(headers: HeaderList): boolean {
  return !/^(identity)?$/i.test(headerValue(headers, 'content-encoding') ?? '');
}
