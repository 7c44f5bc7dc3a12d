// Integrations with AWS services: the action's parameters are mapped from the request and sent to the service. A call
// that cannot be made is shown to the person at the terminal, and answered with the reason.

import type { HttpIntegration } from '../../api/definition.ts';
import type { GatewayAnswer } from '../exchange.ts';
import type { GatewayEnvironment } from '../gateway.ts';
import { callService } from '../integrations/call-service.ts';
import { errorAnswer } from './error-answer.ts';
import { compileExpression } from './expression.ts';
import type { HttpCall } from './http-call.ts';
import { mappingScope } from './mapping-scope.ts';
import { HTTP_TIMEOUT_MS } from './proxy-integration.ts';
import { SERVICE_ACTIONS } from './service-actions.ts';

type ServiceIntegration = Extract<HttpIntegration, { subtype: string }>;

const PASSED = /^(content-type|x-amzn-requestid|x-amz-id-2)$/i;
const SHOWN_CHARACTERS = 1000;
const shown = (body: Uint8Array): string => Buffer.from(body).toString('utf8').slice(0, SHOWN_CHARACTERS);

/** Never rejects for what the service does. */
export async function answerFromService(
  integration: ServiceIntegration,
  call: HttpCall,
  environment: GatewayEnvironment,
): Promise<GatewayAnswer> {
  const { subtype } = integration;
  const action = Object.hasOwn(SERVICE_ACTIONS, subtype) ? SERVICE_ACTIONS[subtype] : undefined;
  if (action === undefined) {
    return explained(environment, call, 500, `${subtype} is no integration subtype of HTTP APIs`);
  }
  const parameters = evaluate(integration, call);
  // A parameter that comes out empty is refused like a missing one, a voluntary one too: LocalStack's tests, validated
  // on AWS, whose answer to whatever the service refuses is 500.
  const mapped = [...action.required, ...Object.keys(integration.requestParameters ?? {})];
  const missing = [...new Set(mapped)].filter((name) => (parameters[name] ?? '') === '');
  if (missing.length > 0) return explained(environment, call, 400, `${subtype} needs ${missing.join(', ')}`);
  const { body, ...request } = action.build(parameters);
  const outcome = await callService(environment, {
    ...request,
    body: Buffer.from(body),
    service: action.service,
    region: parameters['Region'] ?? environment.region,
    timeoutMs: integration.timeoutInMillis ?? HTTP_TIMEOUT_MS,
    signal: call.request.signal,
  });
  switch (outcome.type) {
    case 'answer': {
      const { status, headers, body: answered } = outcome.answer;
      if (status < 300) return { ...outcome.answer, headers: headers.filter(([name]) => PASSED.test(name)) };
      environment.note(`${call.route.routeKey}: ${subtype} answered ${status}: ${shown(answered)}`);
      return errorAnswer(500);
    }
    case 'timeout':
      return errorAnswer(503);
    case 'no-endpoint':
      return explained(environment, call, 501, outcome.reason);
    default:
      return explained(environment, call, 500, outcome.reason);
  }
}

function evaluate(integration: ServiceIntegration, call: HttpCall): Record<string, string> {
  const scope = mappingScope(call);
  const values: Record<string, string> = {};
  for (const [name, text] of Object.entries(integration.requestParameters ?? {})) {
    const value = compileExpression(text)(scope);
    if (value !== undefined) values[name] = value;
  }
  return values;
}

function explained(environment: GatewayEnvironment, call: HttpCall, status: number, reason: string): GatewayAnswer {
  environment.note(`${call.route.routeKey}: ${reason}`);
  return errorAnswer(status, [], reason);
}
