// The last step of every answer: AWS's own headers, and the promise that each name and value can stand on the wire.

import { randomUUID } from 'node:crypto';
import type { GatewayAnswer } from '../exchange.ts';
import { isHeaderName, isHeaderValue } from '../header-list.ts';
import type { RestExchange } from './rest-exchange.ts';

/** X-Amzn-Trace-Id comes back from functions, services and mapped HTTP endpoints alone. */
const TRACED = new Set(['AWS_PROXY', 'AWS', 'HTTP']);

/** The answer as it goes to the client. */
export function finish(answer: GatewayAnswer, exchange: RestExchange): GatewayAnswer {
  const headers: [string, string][] = [];
  for (const [name, value] of answer.headers) {
    const text = wireValue(value);
    if (text !== undefined && isHeaderName(name)) headers.push([name, text]);
  }
  headers.push(['x-amzn-RequestId', exchange.requestId], ['x-amz-apigw-id', exchange.extendedRequestId]);
  const type = exchange.route?.integration.type;
  const isFault = answer.headers.some(([name]) => name === 'x-amzn-ErrorType');
  if (type !== undefined && TRACED.has(type) && !isFault) headers.push(['X-Amzn-Trace-Id', exchange.traceId]);
  return { ...answer, headers };
}

function wireValue(value: string): string | undefined {
  if (isHeaderValue(value)) return value;
  const text = Buffer.from(value.replace(/[\r\n\0]+/g, ' '), 'utf8').toString('latin1');
  return isHeaderValue(text) ? text : undefined;
}

/** A path outside the stage: no API of AWS's answers it, and no gateway response applies. */
export function unknownStage(): GatewayAnswer {
  return {
    status: 403,
    headers: [
      ['Content-Type', 'application/json'],
      ['x-amzn-ErrorType', 'ForbiddenException'],
      ['x-amzn-RequestId', randomUUID()],
    ],
    body: Buffer.from('{"message":"Forbidden"}'),
  };
}
