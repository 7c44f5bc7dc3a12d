// What a REST method's request validator refuses: missing parameters first, then a body that its model rejects.

import { headerValue } from '../header-list.ts';
import { mimeOf } from '../rest/binary.ts';
import { GatewayFault } from '../rest/fault.ts';
import type { RoutedExchange } from '../rest/rest-exchange.ts';
import type { Models } from './models.ts';
import { missingParameters } from './request-parameters.ts';

/** @throws GatewayFault 400 (parameters, body), 500 (a model that is none). */
export function validateRequest(exchange: RoutedExchange, models: Models): void {
  const { validator } = exchange.route;
  if (validator?.parameters === true) {
    const missing = missingParameters(exchange);
    if (missing.length > 0) {
      const message = `Missing required request parameters: [${missing.join(', ')}]`;
      throw new GatewayFault('badParameters', { message });
    }
  }
  if (validator?.body === true) validateBody(exchange, models);
}

function validateBody(exchange: RoutedExchange, models: Models): void {
  const model = modelFor(exchange);
  if (model === undefined) return;
  const text = Buffer.from(exchange.request.body).toString('utf8');
  let verdict: ReturnType<Models['validate']>;
  try {
    // No body counts as an empty document.
    verdict = models.validate(model, text.trim() === '' ? '{}' : text);
  } catch (cause) {
    throw new GatewayFault('configuration', {
      reason: `model ${model}: ${cause instanceof Error ? cause.message : String(cause)}`,
    });
  }
  if (verdict !== undefined)
    throw new GatewayFault('badBody', { validation: verdict.problem, reason: verdict.problem });
}

// A content type without a model is not validated; `$default` stands for all of them ("Request validation for REST
// APIs", developer guide). No Content-Type counts as application/json.
function modelFor(exchange: RoutedExchange): string | undefined {
  const models = exchange.route.requestModels;
  const contentType = mimeOf(headerValue(exchange.headers, 'content-type') ?? 'application/json');
  const found = Object.entries(models).find(([type]) => type.toLowerCase() === contentType);
  return found?.[1] ?? models['$default'];
}
