// What stands behind a WebSocket route: a function, a mock or an HTTP backend. All end the same way: a status (which
// only $connect heeds), a body (which only a route response sends), or one of AWS's messages.

import type { WebSocketIntegration } from '../../api/definition.ts';
import type { HeaderList } from '../exchange.ts';
import type { GatewayEnvironment } from '../gateway.ts';
import { compileExpression } from '../http/expression.ts';
import { invokeFunction } from '../integrations/invoke-function.ts';
import { sendRequest } from '../integrations/send-request.ts';
import { isRecord, parseRecord } from '../json-record.ts';
import { renderTemplate, TemplateError } from '../vtl/render-template.ts';
import type { WebSocketLimits } from './limits.ts';
import type { SocketPlace } from './socket-event.ts';

/** One call of an integration. */
export interface IntegrationCall {
  readonly routeKey: string;
  readonly requestId: string;
  readonly event: Readonly<Record<string, unknown>>;
  /** The message; empty for handshake and end. */
  readonly body: string;
  /** The client went away: stop waiting for a backend. */
  readonly signal: AbortSignal;
}

export type IntegrationEnd =
  | { readonly type: 'answer'; readonly status: number; readonly headers: HeaderList; readonly body: string }
  | { readonly type: 'failure'; readonly message: 'Internal server error' | 'Endpoint request timed out' };

const FAILED: IntegrationEnd = { type: 'failure', message: 'Internal server error' };
const TIMED_OUT: IntegrationEnd = { type: 'failure', message: 'Endpoint request timed out' };

/** Never rejects. */
export function callIntegration(
  integration: WebSocketIntegration,
  call: IntegrationCall,
  place: SocketPlace,
  environment: GatewayEnvironment,
  limits: WebSocketLimits,
): Promise<IntegrationEnd> {
  switch (integration.type) {
    case 'AWS_PROXY':
      return callFunction(integration, call, environment, limits);
    case 'MOCK':
      return Promise.resolve(callMock(integration, call, place, environment));
    case 'HTTP_PROXY':
      return callBackend(integration, call, place, environment, limits);
    case 'AWS':
      environment.note(
        `${call.routeKey}: ${integration.uri} is an AWS service, which WebSocket routes do not call here`,
      );
      return Promise.resolve(FAILED);
  }
}

async function callFunction(
  integration: Extract<WebSocketIntegration, { type: 'AWS_PROXY' }>,
  call: IntegrationCall,
  environment: GatewayEnvironment,
  limits: WebSocketLimits,
): Promise<IntegrationEnd> {
  const outcome = await invokeFunction(environment, {
    functionName: integration.function,
    event: JSON.stringify(call.event),
    route: call.routeKey,
    requestId: call.requestId,
    timeoutMs: Math.min(integration.timeoutInMillis ?? limits.integrationMs, limits.integrationMs),
  });
  if (outcome.type === 'timeout') return TIMED_OUT;
  if (outcome.type === 'not-called') {
    environment.note(`${call.routeKey}: function ${integration.function} ${outcome.reason}`);
  }
  if (outcome.type !== 'success') return FAILED;
  const answer = proxyAnswer(outcome.payload);
  if (answer !== undefined) return answer;
  environment.note(
    `${call.routeKey}: ${integration.function} must return { statusCode, body }, not ${outcome.payload.slice(0, 100)}`,
  );
  return FAILED;
}

// A function that returns nothing (or a bare text) makes API Gateway say "Internal server error" to the client.
function proxyAnswer(payload: string): IntegrationEnd | undefined {
  const value = parseRecord(payload);
  if (value === undefined) return undefined;
  const { statusCode = 200, headers = {}, body = '', isBase64Encoded } = value;
  const status = typeof statusCode === 'string' && /^\d{3}$/.test(statusCode) ? Number(statusCode) : statusCode;
  if (typeof status !== 'number' || !Number.isInteger(status) || status < 100 || status > 599) return undefined;
  if ((typeof body !== 'string' && body !== null) || (headers !== null && !isRecord(headers))) return undefined;
  const text = body ?? '';
  return {
    type: 'answer',
    status,
    headers: Object.entries(headers ?? {}).map(([name, entry]) => [name, String(entry)]),
    body: isBase64Encoded === true ? Buffer.from(text, 'base64').toString('utf8') : text,
  };
}

function callMock(
  integration: Extract<WebSocketIntegration, { type: 'MOCK' }>,
  call: IntegrationCall,
  place: SocketPlace,
  environment: GatewayEnvironment,
): IntegrationEnd {
  const templates = integration.requestTemplates ?? {};
  const template = templates['$default'] ?? templates['application/json'] ?? Object.values(templates)[0];
  if (template === undefined) return { type: 'answer', status: 200, headers: [], body: '' };
  const { requestContext, queryStringParameters, headers } = call.event;
  try {
    const { text } = renderTemplate(template, {
      input: {
        bodyText: call.body,
        params: { path: {}, querystring: textMap(queryStringParameters), header: textMap(headers) },
      },
      context: isRecord(requestContext) ? requestContext : {},
      stageVariables: place.stageVariables,
    });
    const answer = proxyAnswer(text);
    if (answer?.type === 'answer') return { ...answer, body: '' };
    environment.note(`${call.routeKey}: the mock's template must yield {"statusCode": 200}, not ${text.slice(0, 100)}`);
  } catch (cause) {
    if (!(cause instanceof TemplateError)) throw cause;
    environment.note(`${call.routeKey}: ${cause.summary}`);
  }
  return FAILED;
}

async function callBackend(
  integration: Extract<WebSocketIntegration, { type: 'HTTP_PROXY' }>,
  call: IntegrationCall,
  place: SocketPlace,
  environment: GatewayEnvironment,
  limits: WebSocketLimits,
): Promise<IntegrationEnd> {
  const uri = compileExpression(integration.uri)({ read: (variable) => stageVariable(variable, place) }) ?? '';
  const outcome = await sendRequest({
    method: integration.httpMethod === 'ANY' ? 'POST' : integration.httpMethod,
    uri,
    headers: [
      ['Content-Type', 'application/json'],
      ['User-Agent', `AmazonAPIGateway_${place.apiId}`],
      ['X-Amzn-Apigateway-Api-Id', place.apiId],
    ],
    body: Buffer.from(call.body),
    timeoutMs: Math.min(integration.timeoutInMillis ?? limits.integrationMs, limits.integrationMs),
    signal: call.signal,
  });
  if (outcome.type === 'timeout') return TIMED_OUT;
  if (outcome.type !== 'answer') {
    environment.note(`${call.routeKey}: ${uri}: ${outcome.reason}`);
    return FAILED;
  }
  const { status, headers, body } = outcome.answer;
  return { type: 'answer', status, headers, body: Buffer.from(body).toString('utf8') };
}

function stageVariable(variable: string, place: SocketPlace): string | undefined {
  const name = /^stageVariables\.(.+)$/.exec(variable)?.[1];
  return name !== undefined && Object.hasOwn(place.stageVariables, name) ? place.stageVariables[name] : undefined;
}

function textMap(value: unknown): Record<string, string> {
  return isRecord(value) ? Object.fromEntries(Object.entries(value).map(([name, text]) => [name, String(text)])) : {};
}
