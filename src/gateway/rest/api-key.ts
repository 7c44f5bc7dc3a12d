// The API key of a request, from its header or from what the authorizer returned, against the usage plans.

import { headerValue } from '../header-list.ts';
import type { UsagePlans } from '../usage-plans/usage-plans.ts';
import { GatewayFault } from './fault.ts';
import { type RoutedExchange, stableId } from './rest-exchange.ts';

/** Fills in the caller's key. @throws GatewayFault 403 (no valid key), 429 (too fast, over the quota). */
export function checkApiKey(exchange: RoutedExchange, plans: UsagePlans): void {
  const value =
    exchange.definition.apiKeySource === 'AUTHORIZER'
      ? exchange.caller.usageIdentifierKey
      : headerValue(exchange.headers, 'x-api-key');
  const admission = plans.admit(value, `${exchange.route.method} ${exchange.route.path}`);
  switch (admission.type) {
    case 'admitted': {
      const { key } = admission;
      exchange.caller.apiKey = { value: key.value, id: stableId('api-key', key.name, 10) };
      return;
    }
    case 'invalid-key':
      throw new GatewayFault('invalidApiKey');
    case 'throttled':
      throw new GatewayFault('throttled');
    case 'over-quota':
      throw new GatewayFault('quotaExceeded');
  }
}
