// What an HTTP API itself answers, in AWS's words: status, `{"message":…}` and nothing more.

import type { GatewayAnswer, HeaderList } from '../exchange.ts';

const MESSAGES: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  413: 'Request Entity Too Large',
  429: 'Too Many Requests',
  431: 'Request Header Fields Too Large',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
};

/** The gateway's own answer; `message` only where AWS has no words for what this machine cannot do. */
export function errorAnswer(status: number, headers: HeaderList = [], message?: string): GatewayAnswer {
  return {
    status,
    headers: [['Content-Type', 'application/json'], ...headers],
    body: Buffer.from(JSON.stringify({ message: message ?? MESSAGES[status] ?? 'Internal Server Error' })),
  };
}
