// What a WebSocket API says itself, in AWS's words: on the socket as frames, before there is one as HTTP answers.

import type { GatewayAnswer, HeaderList } from '../exchange.ts';

/** A frame about a call that failed. */
export function errorFrame(message: string, connectionId: string, requestId: string): string {
  return `{"message": ${JSON.stringify(message)}, "connectionId":"${connectionId}", "requestId":"${requestId}"}`;
}

/** A message that its model refuses is named by its own id. */
export function badBodyFrame(connectionId: string, messageId: string): string {
  return `{"message": "Bad request body", "connectionId":"${connectionId}", "messageId":"${messageId}"}`;
}

/** Why there is no connection. */
export interface Refusal {
  readonly status: number;
  readonly message: string;
  /** AWS's exception name: `ForbiddenException`. */
  readonly errorType?: string;
}

/** The answer to a handshake, which carries the ids the connection would have had. */
export function refusalAnswer(refusal: Refusal, connectionId: string, requestId: string): GatewayAnswer {
  return jsonAnswer(refusal.status, errorFrame(refusal.message, connectionId, requestId), refusal.errorType, requestId);
}

/** An answer with JSON text, or with no body at all. */
export function jsonAnswer(
  status: number,
  text: string,
  errorType: string | undefined,
  requestId: string,
): GatewayAnswer {
  const headers: HeaderList = [
    ...(text === '' ? [] : [['Content-Type', 'application/json'] as const]),
    ['x-amzn-RequestId', requestId],
    ...(errorType === undefined ? [] : [['x-amzn-ErrorType', errorType] as const]),
  ];
  return { status, headers, body: Buffer.from(text) };
}
