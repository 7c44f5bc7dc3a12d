// Refusals in DynamoDB's own words: what the client reads as an exception. dynalite's errors have the same shape.

import type { Fields } from './dynalite.ts';

export interface Fault {
  readonly statusCode: number;
  readonly body: Fields & { readonly __type: string };
}

class TableFault extends Error implements Fault {
  readonly statusCode: number;
  readonly body: Fault['body'];

  constructor(body: Fault['body'], statusCode: number) {
    super(String(body['message'] ?? body.__type));
    this.statusCode = statusCode;
    this.body = body;
  }
}

const SERVICE = 'com.amazonaws.dynamodb.v20120810#';

/** An exception of DynamoDB's model: `fault('ResourceInUseException', '…')`. */
export const fault = (name: string, message: string, more: Fields = {}): Error & Fault =>
  new TableFault({ __type: `${SERVICE}${name}`, message, ...more }, 400);

export const validationFault = (message: string): Error & Fault =>
  new TableFault({ __type: 'com.amazon.coral.validate#ValidationException', message }, 400);

/** An exception of AWS's framework, before any operation is chosen: `UnknownOperationException`. */
export const frameworkFault = (name: string, message?: string, statusCode = 400): Error & Fault =>
  new TableFault({ __type: `com.amazon.coral.service#${name}`, ...(message !== undefined && { message }) }, statusCode);

export function isFault(error: unknown): error is Fault {
  return error instanceof Error && 'statusCode' in error && 'body' in error;
}

/** `ValidationException`, without where it is declared. */
export const faultName = (error: Fault): string => error.body.__type.split('#').pop() ?? '';

/** The message, whichever case its key has. */
export const faultMessage = (error: Fault): string => String(error.body['message'] ?? error.body['Message'] ?? '');
