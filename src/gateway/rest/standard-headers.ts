// The last step of every answer: AWS's own headers, and the promise that each name and value can stand on the wire.

import { randomUUID } from 'node:crypto';
import type { GatewayAnswer, HeaderList } from '../exchange.ts';
import { isHeaderName, isHeaderValue } from '../header-list.ts';
import { mintExtendedRequestId } from '../mint-ids.ts';
import type { RestExchange } from './rest-exchange.ts';

/** X-Amzn-Trace-Id comes back from functions, services and mapped HTTP endpoints alone. */
const TRACED = new Set(['AWS_PROXY', 'AWS', 'HTTP']);

/** The answer as it goes to the client; `integrated` where an integration made it. */
export function finish(answer: GatewayAnswer, exchange: RestExchange, integrated: boolean): GatewayAnswer {
  const headers: [string, string][] = [];
  for (const [name, value] of answer.headers) {
    const text = wireValue(value);
    if (text !== undefined && isHeaderName(name)) headers.push([name, text]);
  }
  headers.push(['x-amzn-RequestId', exchange.requestId], ['x-amz-apigw-id', exchange.extendedRequestId]);
  const type = exchange.route?.integration.type;
  if (integrated && type !== undefined && TRACED.has(type)) headers.push(['X-Amzn-Trace-Id', exchange.traceId]);
  return { ...answer, headers };
}

function wireValue(value: string): string | undefined {
  if (isHeaderValue(value)) return value;
  const text = Buffer.from(value.replace(/[\r\n\0]+/g, ' '), 'utf8').toString('latin1');
  return isHeaderValue(text) ? text : undefined;
}

/** A path outside the stage: no API of AWS's answers it, and no gateway response applies. */
export function unknownStage(): GatewayAnswer {
  return early(403, 'application/json', '{"message":"Forbidden"}', [['x-amzn-ErrorType', 'ForbiddenException']]);
}

/** A body over 10 MB: observed on AWS as plain text, whatever gateway responses the API has. */
export function bodyTooLarge(): GatewayAnswer {
  return early(413, 'text/plain', 'HTTP content length exceeded 10485760 bytes.', []);
}

function early(status: number, contentType: string, body: string, headers: HeaderList): GatewayAnswer {
  return {
    status,
    headers: [
      ['Content-Type', contentType],
      ...headers,
      ['x-amzn-RequestId', randomUUID()],
      ['x-amz-apigw-id', mintExtendedRequestId()],
    ],
    body: Buffer.from(body),
  };
}
