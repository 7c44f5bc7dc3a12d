// AWS-service integrations other than Lambda: the call that API Gateway would make is made, signed, to a configurable
// endpoint. Without one the call is shown to the person and answered 500 with the reason.

import type { RestIntegration } from '../../api/definition.ts';
import { signatureHeaders } from '../authorizers/sigv4.ts';
import type { GatewayAnswer } from '../exchange.ts';
import { headerValue } from '../header-list.ts';
import { bytesOf } from './binary.ts';
import { callBackend } from './call-backend.ts';
import { GatewayFault } from './fault.ts';
import { refuseHeadersForAws } from './integration-headers.ts';
import { integrationUri } from './integration-uri.ts';
import { timeLimit } from './invoke-function.ts';
import { type MappedRequest, mapRequest } from './request-mapping.ts';
import { setHeader } from './response-headers.ts';
import { mapResponse } from './response-mapping.ts';
import type { RestExchange } from './rest-exchange.ts';
import { selectResponse } from './select-response.ts';

type ServiceIntegration = Extract<RestIntegration, { type: 'AWS'; uri: string }>;

interface TargetProtocol {
  readonly prefix: string;
  readonly json: '1.0' | '1.1';
}

// Services whose actions are named by X-Amz-Target; the others take `Action=` and a version of their API.
const TARGETS: Readonly<Record<string, TargetProtocol>> = {
  dynamodb: { prefix: 'DynamoDB_20120810', json: '1.0' },
  events: { prefix: 'AWSEvents', json: '1.1' },
  firehose: { prefix: 'Firehose_20150804', json: '1.1' },
  kinesis: { prefix: 'Kinesis_20131202', json: '1.1' },
  logs: { prefix: 'Logs_20140328', json: '1.1' },
  ssm: { prefix: 'AmazonSSM', json: '1.1' },
  states: { prefix: 'AWSStepFunctions', json: '1.0' },
};
const VERSIONS: Readonly<Record<string, string>> = { sns: '2010-03-31', sqs: '2012-11-05', sts: '2011-06-15' };
const LOCAL_KEY = { accessKeyId: 'local', secretAccessKey: 'local' };

/** @throws GatewayFault 415, 500, 504; TemplateError. */
export async function invokeService(integration: ServiceIntegration, exchange: RestExchange): Promise<GatewayAnswer> {
  const mapped = mapRequest(integration, exchange);
  refuseHeadersForAws(mapped);
  const target = parseServiceUri(integration.uri);
  const endpoint = await exchange.environment.serviceEndpoint?.(target.service);
  if (endpoint === undefined) throw withoutEndpoint(integration, target.service);
  const body = bytesOf(mapped.body);
  const uri = serviceUri(endpoint, target, mapped, exchange);
  const headers = serviceHeaders(target, mapped, body, exchange);
  const result = await callBackend({
    uri,
    method: integration.httpMethod,
    headers: [...headers, ...signature(uri, integration.httpMethod, headers, body, target)],
    body,
    timeoutMs: timeLimit(integration.timeoutInMillis),
    signal: exchange.request.signal,
  });
  const response = selectResponse(integration.responses ?? [], String(result.status));
  return mapResponse(response, result, exchange, mapped.overrides);
}

interface ServiceTarget {
  readonly region: string;
  readonly service: string;
  readonly kind: 'path' | 'action';
  readonly rest: string;
}

/** `arn:aws:apigateway:{region}:{subdomain.}{service}:{path|action}/{rest}`. */
function parseServiceUri(uri: string): ServiceTarget {
  const parts = /^arn:[\w-]+:apigateway:([\w-]+):([\w.-]+):(path|action)\/(.*)$/s.exec(uri);
  const [, region, name, kind, rest] = parts ?? [];
  if (region === undefined || name === undefined || rest === undefined || (kind !== 'path' && kind !== 'action')) {
    throw new GatewayFault('configuration', { reason: `${uri} is no service integration address` });
  }
  return { region, service: name.split('.').at(-1) ?? name, kind, rest };
}

function serviceUri(endpoint: string, target: ServiceTarget, mapped: MappedRequest, exchange: RestExchange): string {
  const base = endpoint.replace(/\/$/, '');
  if (target.kind === 'path') return integrationUri(`${base}/${target.rest}`, mapped, exchange);
  const version = VERSIONS[target.service];
  const action = `?Action=${target.rest}${version === undefined ? '' : `&Version=${version}`}`;
  const named = TARGETS[target.service] === undefined ? action : '';
  return integrationUri(`${base}/${named}`, mapped, exchange);
}

function serviceHeaders(
  target: ServiceTarget,
  mapped: MappedRequest,
  body: Uint8Array,
  exchange: RestExchange,
): [string, string][] {
  const headers: [string, string][] = [['User-Agent', `AmazonAPIGateway_${exchange.apiId}`]];
  const protocol = TARGETS[target.service];
  if (target.kind === 'action' && protocol !== undefined) {
    headers.push(['X-Amz-Target', `${protocol.prefix}.${target.rest}`]);
    headers.push(['Content-Type', `application/x-amz-json-${protocol.json}`]);
  } else if (body.byteLength > 0) {
    headers.push(['Content-Type', headerValue(exchange.headers, 'content-type') ?? 'application/json']);
  }
  for (const [name, values] of mapped.headers) setHeader(headers, name, ...values);
  return headers;
}

function signature(
  uri: string,
  method: string,
  headers: readonly (readonly [string, string])[],
  body: Uint8Array,
  target: ServiceTarget,
): [string, string][] {
  const url = new URL(uri);
  const signed: [string, string][] = [['Host', url.host]];
  for (const [name, value] of headers) if (/^(content-type|x-amz-.*)$/i.test(name)) signed.push([name, value]);
  const call = {
    method,
    path: url.pathname,
    query: url.search.slice(1),
    headers: signed,
    body,
    service: target.service,
    region: target.region,
  };
  return signatureHeaders(call, LOCAL_KEY, Date.now());
}

function withoutEndpoint(integration: ServiceIntegration, service: string): GatewayFault {
  return new GatewayFault('integrationFailure', {
    message: `This route calls ${service} on AWS (${integration.uri}), and no local endpoint for ${service} is known. Try: apigen dev --endpoint-url http://127.0.0.1:4566`,
    reason: `the call to ${integration.uri} was not made: no endpoint for ${service}`,
  });
}
