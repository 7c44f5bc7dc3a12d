// Hands a request that passed every check to its route's integration.

import type { GatewayAnswer } from '../exchange.ts';
import { invokeHttp, invokeHttpProxy } from './integration-http.ts';
import { invokeLambdaCustom, invokeLambdaProxy } from './integration-lambda.ts';
import { invokeMock } from './integration-mock.ts';
import { invokeService } from './integration-service.ts';
import type { RoutedExchange } from './rest-exchange.ts';

/** @throws GatewayFault; TemplateError. */
export async function integrate(exchange: RoutedExchange): Promise<GatewayAnswer> {
  const { integration } = exchange.route;
  switch (integration.type) {
    case 'MOCK':
      return invokeMock(integration, exchange);
    case 'AWS_PROXY':
      return invokeLambdaProxy(integration, exchange);
    case 'AWS':
      return 'function' in integration
        ? invokeLambdaCustom(integration, exchange)
        : invokeService(integration, exchange);
    case 'HTTP':
      return invokeHttp(integration, exchange);
    case 'HTTP_PROXY':
      return invokeHttpProxy(integration, exchange);
  }
}
