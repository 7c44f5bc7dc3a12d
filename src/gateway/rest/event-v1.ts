// The event of a Lambda proxy integration (format 1.0): absent parts are null, single maps hold the last value, the
// path carries no stage.

import { headerValue } from '../header-list.ts';
import { allValues, lastValues } from '../query-string.ts';
import { isBinaryType } from './binary.ts';
import { eventRequestContext } from './request-context.ts';
import { headerMaps } from './request-headers.ts';
import type { RoutedExchange } from './rest-exchange.ts';

/** The whole event as JSON text. */
export function proxyEvent(exchange: RoutedExchange): string {
  const requestContext = eventRequestContext(exchange);
  // The parts are this event's own: adding to them costs a fraction of a spread.
  return JSON.stringify(Object.assign(requestParts(exchange, null), { requestContext }, body(exchange)));
}

/**
 * What proxy events and the events of REQUEST authorizers share. Absent parameters are null in the former and empty
 * maps in the latter ("Input to an API Gateway Lambda authorizer", developer guide).
 */
export function requestParts(exchange: RoutedExchange, absent: null | object): Record<string, unknown> {
  const { query, headers, pathParameters, stageVariables } = exchange;
  const { single, multi } = headerMaps(headers);
  return {
    resource: exchange.route.path,
    path: exchange.path,
    httpMethod: exchange.request.method,
    headers: single,
    multiValueHeaders: multi,
    queryStringParameters: query.length === 0 ? absent : lastValues(query),
    multiValueQueryStringParameters: query.length === 0 ? absent : allValues(query),
    pathParameters: isEmpty(pathParameters) ? absent : pathParameters,
    stageVariables: isEmpty(stageVariables) ? absent : stageVariables,
  };
}

function body(exchange: RoutedExchange): { body: string | null; isBase64Encoded: boolean } {
  const bytes = exchange.request.body;
  if (bytes.byteLength === 0) return { body: null, isBase64Encoded: false };
  const contentType = headerValue(exchange.headers, 'content-type') ?? 'application/json';
  const isBase64Encoded = isBinaryType(contentType, exchange.definition.binaryMediaTypes);
  return { body: Buffer.from(bytes).toString(isBase64Encoded ? 'base64' : 'utf8'), isBase64Encoded };
}

function isEmpty(map: object): boolean {
  return Object.keys(map).length === 0;
}
