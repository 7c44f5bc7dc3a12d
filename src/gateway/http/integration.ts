// The integration of a route, compiled once: request mapping, the call, response mapping.

import type { HttpIntegration } from '../../api/definition.ts';
import type { GatewayAnswer } from '../exchange.ts';
import type { GatewayEnvironment } from '../gateway.ts';
import { invokeFunction } from '../integrations/invoke-function.ts';
import { errorAnswer } from './error-answer.ts';
import { eventV1 } from './event-v1.ts';
import { eventV2 } from './event-v2.ts';
import { compileExpression } from './expression.ts';
import type { HttpCall } from './http-call.ts';
import { lambdaAnswer } from './lambda-answer.ts';
import { mappingScope } from './mapping-scope.ts';
import { compileMappings, mapRequest, mapResponse } from './parameter-mapping.ts';
import { callBackend, HTTP_TIMEOUT_MS } from './proxy-integration.ts';
import { answerFromService } from './service-integration.ts';

/** Answers an authorized call; never rejects for what functions, backends and services do. */
export type Integration = (call: HttpCall) => Promise<GatewayAnswer>;

/** Compiles an integration with its mappings. */
export function createIntegration(integration: HttpIntegration, environment: GatewayEnvironment): Integration {
  const service = 'subtype' in integration;
  // A service's request parameters are the action's, not mappings.
  const mappings = compileMappings(service ? undefined : integration.requestParameters, integration.responseParameters);
  const answerOf: Integration =
    integration.type === 'HTTP_PROXY'
      ? (call) => callBackend(integration, call, environment)
      : 'subtype' in integration
        ? (call) => answerFromService(integration, call, environment)
        : functionCaller(integration, environment);
  return async (call) => {
    const answer = await answerOf(mapRequest(mappings, call, () => mappingScope(call)));
    return mapResponse(mappings, answer, (original) => mappingScope(call, original));
  };
}

type FunctionIntegration = Extract<HttpIntegration, { function: string }>;

function functionCaller(integration: FunctionIntegration, environment: GatewayEnvironment): Integration {
  const nameOf = compileExpression(integration.function);
  const format = integration.payloadFormatVersion;
  const timeoutMs = integration.timeoutInMillis ?? HTTP_TIMEOUT_MS;
  return async (call) => {
    const functionName = nameOf(mappingScope(call)) ?? '';
    const outcome = await invokeFunction(environment, {
      functionName,
      event: JSON.stringify(format === '1.0' ? eventV1(call) : eventV2(call)),
      route: call.route.routeKey,
      requestId: call.requestId,
      timeoutMs,
      request: call.request,
    });
    switch (outcome.type) {
      case 'success':
        return lambdaAnswer(outcome.payload, format, (why) =>
          environment.note(`${call.route.routeKey}: what ${functionName} returned is no answer: ${why}`),
        );
      case 'error':
        return errorAnswer(500);
      case 'not-called':
        environment.note(`${call.route.routeKey}: function ${functionName} ${outcome.reason}`);
        return errorAnswer(500);
      case 'too-large':
        return errorAnswer(413);
      case 'timeout':
      case 'throttled':
        return errorAnswer(503);
    }
  };
}
