// Integrations with AWS services: the action's parameters are mapped from the request and sent to the endpoint this
// gateway was given. Without one, the call is shown to the person at the terminal and answered 5xx with the reason.

import type { HttpIntegration } from '../../api/definition.ts';
import { signatureHeaders } from '../authorizers/sigv4.ts';
import type { GatewayAnswer } from '../exchange.ts';
import type { GatewayEnvironment } from '../gateway.ts';
import { sendRequest } from '../integrations/send-request.ts';
import { errorAnswer } from './error-answer.ts';
import { compileExpression } from './expression.ts';
import type { HttpCall } from './http-call.ts';
import { mappingScope } from './mapping-scope.ts';
import { HTTP_TIMEOUT_MS } from './proxy-integration.ts';
import { SERVICE_ACTIONS, type ServiceAction } from './service-actions.ts';

type ServiceIntegration = Extract<HttpIntegration, { subtype: string }>;

// Emulators read service and region from the signature, and take any key.
const ANYBODY = { accessKeyId: 'local', secretAccessKey: 'local' };

/** Never rejects for what the service does. */
export async function callService(
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
  const missing = action.required.filter((name) => parameters[name] === undefined);
  if (missing.length > 0) return explained(environment, call, 400, `${subtype} needs ${missing.join(', ')}`);
  const endpoint = await environment.serviceEndpoint?.(action.service);
  if (endpoint === undefined) {
    return explained(
      environment,
      call,
      501,
      `${subtype} calls AWS, which is not at hand here: ${JSON.stringify(parameters)}. Give an endpoint: apigen dev --endpoint-url URL`,
    );
  }
  return send(action, integration, parameters, call, environment, endpoint);
}

async function send(
  action: ServiceAction,
  integration: ServiceIntegration,
  parameters: Readonly<Record<string, string>>,
  call: HttpCall,
  environment: GatewayEnvironment,
  endpoint: string,
): Promise<GatewayAnswer> {
  const { method, path, headers, body: text } = action.build(parameters);
  const url = new URL(endpoint.replace(/\/$/, '') + path);
  const body = Buffer.from(text);
  const signed = signatureHeaders(
    {
      method,
      path: url.pathname,
      query: url.search.slice(1),
      headers: [['Host', url.host], ...headers],
      body,
      service: action.service,
      region: parameters['Region'] ?? environment.region,
    },
    environment.credentials[0] ?? ANYBODY,
    call.request.receivedAt,
  );
  const outcome = await sendRequest({
    method,
    uri: url.href,
    headers: [...headers, ...signed],
    body,
    timeoutMs: integration.timeoutInMillis ?? HTTP_TIMEOUT_MS,
    signal: call.request.signal,
  });
  if (outcome.type === 'timeout') return errorAnswer(503);
  if (outcome.type !== 'answer') {
    return explained(environment, call, 500, `${integration.subtype} at ${endpoint}: ${outcome.reason}`);
  }
  const type = outcome.answer.headers.find(([name]) => name.toLowerCase() === 'content-type');
  return { ...outcome.answer, headers: type === undefined ? [] : [['Content-Type', type[1]]] };
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
