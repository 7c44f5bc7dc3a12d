// What stands behind a WebSocket route: a function, a mock, an HTTP backend or an AWS service. All end the same way: a
// status (which only $connect heeds), a body (which only a route response sends), or one of AWS's messages.

import type { WebSocketIntegration } from '../../api/definition.ts';
import type { HeaderList } from '../exchange.ts';
import type { GatewayEnvironment } from '../gateway.ts';
import { invokeFunction } from '../integrations/invoke-function.ts';
import { mockStatus, noMockStatus } from '../integrations/mock-status.ts';
import { TemplateError } from '../vtl/render-template.ts';
import { callAddress } from './call-address.ts';
import { functionAnswer } from './function-answer.ts';
import type { WebSocketLimits } from './limits.ts';
import { mapAnswer } from './message-answer.ts';
import { mapMessage } from './message-mapping.ts';
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
export async function callIntegration(
  integration: WebSocketIntegration,
  call: IntegrationCall,
  place: SocketPlace,
  environment: GatewayEnvironment,
  limits: WebSocketLimits,
): Promise<IntegrationEnd> {
  const timeoutMs = Math.min(integration.timeoutInMillis ?? limits.integrationMs, limits.integrationMs);
  try {
    if (integration.type === 'AWS_PROXY') return await callFunction(integration.function, call, environment, timeoutMs);
    return await callMapped(integration, call, place, environment, timeoutMs);
  } catch (cause) {
    if (!(cause instanceof TemplateError)) throw cause;
    return failed(call, environment, cause.summary);
  }
}

async function callFunction(
  name: string,
  call: IntegrationCall,
  environment: GatewayEnvironment,
  timeoutMs: number,
): Promise<IntegrationEnd> {
  const outcome = await invokeFunction(environment, {
    functionName: name,
    event: JSON.stringify(call.event),
    route: call.routeKey,
    requestId: call.requestId,
    timeoutMs,
  });
  if (outcome.type === 'timeout') return TIMED_OUT;
  if (outcome.type === 'not-called') return failed(call, environment, `function ${name} ${outcome.reason}`);
  if (outcome.type !== 'success') return FAILED;
  const answer = functionAnswer(outcome.payload);
  return 'problem' in answer ? failed(call, environment, `${name} ${answer.problem}`) : { type: 'answer', ...answer };
}

type Mapped = Exclude<WebSocketIntegration, { type: 'AWS_PROXY' }>;

async function callMapped(
  integration: Mapped,
  call: IntegrationCall,
  place: SocketPlace,
  environment: GatewayEnvironment,
  timeoutMs: number,
): Promise<IntegrationEnd> {
  const message = mapMessage(integration, call, place);
  const { body } = message;
  if (body === undefined)
    return failed(call, environment, 'no template fits the message, and it may not pass as it is');
  if (integration.type === 'MOCK') {
    // The guide's mock without a template accepts.
    const status = integration.requestTemplates === undefined ? 200 : mockStatus(body);
    if (status === undefined) return failed(call, environment, `the mock's template ${noMockStatus(body)}`);
    const result = { status, headers: [], body: '' };
    return answered(integration.responses ?? [{ key: '$default' }], result, call, place, environment);
  }
  const outcome = await callAddress(integration, { ...message, body }, call, place, environment, timeoutMs);
  if (outcome.type === 'timeout') return TIMED_OUT;
  if (outcome.type !== 'answer') return failed(call, environment, outcome.reason);
  const result = { ...outcome.answer, body: Buffer.from(outcome.answer.body).toString('utf8') };
  if (integration.type === 'HTTP_PROXY') return { type: 'answer', ...result };
  return answered(integration.responses ?? [], result, call, place, environment);
}

type Answer = Omit<Extract<IntegrationEnd, { type: 'answer' }>, 'type'>;

function answered(
  responses: Parameters<typeof mapAnswer>[0],
  result: Answer,
  call: IntegrationCall,
  place: SocketPlace,
  environment: GatewayEnvironment,
): IntegrationEnd {
  const body = mapAnswer(responses, result, call, place);
  if (body === undefined) return failed(call, environment, `no integration response fits the status ${result.status}`);
  return { type: 'answer', ...result, body };
}

function failed(call: IntegrationCall, environment: GatewayEnvironment, reason: string): IntegrationEnd {
  environment.note(`${call.routeKey}: ${reason}`);
  return FAILED;
}
