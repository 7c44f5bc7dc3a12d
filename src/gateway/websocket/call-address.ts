// The request of a message to what stands behind an address: an HTTP backend, or an AWS service by its endpoint here.

import type { WebSocketIntegration } from '../../api/definition.ts';
import type { HeaderList } from '../exchange.ts';
import type { GatewayEnvironment } from '../gateway.ts';
import { compileExpression } from '../http/expression.ts';
import { callService, type ServiceOutcome } from '../integrations/call-service.ts';
import { sendRequest } from '../integrations/send-request.ts';
import { namingHeaders, readServiceAddress, serviceTarget } from '../integrations/service-address.ts';
import { encodeComponent } from '../query-string.ts';
import type { MappedMessage } from './message-mapping.ts';
import type { SocketPlace } from './socket-event.ts';

type Addressed = Extract<WebSocketIntegration, { uri: string }>;

/** Never rejects. The reason of a failure names the address. */
export async function callAddress(
  integration: Addressed,
  message: MappedMessage & { readonly body: string },
  call: { readonly signal: AbortSignal },
  place: SocketPlace,
  environment: GatewayEnvironment,
  timeoutMs: number,
): Promise<ServiceOutcome> {
  const common = {
    method: integration.httpMethod === 'ANY' ? 'POST' : integration.httpMethod,
    body: Buffer.from(message.body),
    timeoutMs,
    signal: call.signal,
  };
  if (integration.type !== 'AWS') {
    const uri = filled(integration.uri, message, place);
    const given: HeaderList = [
      ['Content-Type', 'application/json'],
      ['User-Agent', `AmazonAPIGateway_${place.apiId}`],
      ['X-Amzn-Apigateway-Api-Id', place.apiId],
    ];
    const outcome = await sendRequest({ ...common, uri, headers: overridden(given, message.headers) });
    return outcome.type === 'answer' ? outcome : { ...outcome, reason: `${uri}: ${outcome.reason}` };
  }
  const address = readServiceAddress(integration.uri);
  if (address === undefined) return { type: 'unusable', reason: `${integration.uri} is no service's address` };
  const named = namingHeaders(address) ?? [['Content-Type', 'application/json']];
  return callService(environment, {
    ...common,
    service: address.service,
    region: address.region,
    target: filled(serviceTarget(address), message, place),
    headers: overridden([['User-Agent', `AmazonAPIGateway_${place.apiId}`], ...named], message.headers),
  });
}

function filled(template: string, { path, query }: MappedMessage, place: SocketPlace): string {
  const withVariables = compileExpression(template)({ read: (variable) => stageVariable(variable, place) }) ?? '';
  const uri = withVariables.replace(/\{([^{}]+)\}/g, (braces, name: string) =>
    Object.hasOwn(path, name) ? encodeComponent(path[name] ?? '') : braces,
  );
  if (query.length === 0) return uri;
  const pairs = query.map(([name, value]) => `${encodeComponent(name)}=${encodeComponent(value)}`).join('&');
  return `${uri}${uri.includes('?') ? '&' : '?'}${pairs}`;
}

function overridden(headers: HeaderList, mapped: HeaderList): HeaderList {
  const names = new Set(mapped.map(([name]) => name.toLowerCase()));
  return [...headers.filter(([name]) => !names.has(name.toLowerCase())), ...mapped];
}

function stageVariable(variable: string, place: SocketPlace): string | undefined {
  const name = /^stageVariables\.(.+)$/.exec(variable)?.[1];
  return name !== undefined && Object.hasOwn(place.stageVariables, name) ? place.stageVariables[name] : undefined;
}
