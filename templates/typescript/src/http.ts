// What all handlers share: reading a request and answering it. It fits REST and HTTP APIs alike.
import type { APIGatewayProxyEvent, APIGatewayProxyEventV2 } from 'aws-lambda';

type Parts = 'body' | 'isBase64Encoded' | 'pathParameters' | 'queryStringParameters';

/** What both types of API send. */
export type ApiRequest = Pick<APIGatewayProxyEvent, Parts> | Pick<APIGatewayProxyEventV2, Parts>;

export interface ApiAnswer {
  statusCode: number;
  headers: Record<string, string>;
  body: string;
}

/** An error that is the caller's: its message is sent back. */
export class Refusal extends Error {
  readonly statusCode: number;

  constructor(statusCode: number, message: string) {
    super(message);
    this.statusCode = statusCode;
  }
}

/** The status of errors that Dynamoose and DynamoDB raise over what a caller sent. */
const STATUS_BY_ERROR: Record<string, number> = {
  ValidationError: 400,
  ValidationException: 400,
  TypeMismatch: 400,
  ConditionalCheckFailedException: 409,
  CursorError: 400,
  ConflictError: 409,
};

/** Wraps a handler: a caller's mistake becomes 400, 404 or 409, every other error a line in the log and 500. */
export function answering<Request extends ApiRequest = ApiRequest>(run: (request: Request) => Promise<ApiAnswer>) {
  return async (request: Request): Promise<ApiAnswer> => {
    try {
      return await run(request);
    } catch (error) {
      if (error instanceof Refusal) return json(error.statusCode, { message: error.message });
      const status = error instanceof Error ? STATUS_BY_ERROR[error.name] : undefined;
      if (status !== undefined && error instanceof Error) return json(status, { message: messageOf(error) });
      console.error(error);
      return json(500, { message: 'Something went wrong' });
    }
  };
}

/** DynamoDB's own words for a failed condition tell a caller nothing. */
function messageOf({ name, message }: Error): string {
  return name === 'ConditionalCheckFailedException' ? 'It is there already' : message;
}

/** An answer in JSON; without a body it is empty. */
export function json(statusCode: number, body?: unknown): ApiAnswer {
  return {
    statusCode,
    headers: { 'content-type': 'application/json' },
    body: body === undefined ? '' : JSON.stringify(body),
  };
}

/** The JSON object that was sent. Its attributes are checked by the model when it is saved. */
export function readJson<T extends object>(request: ApiRequest): T {
  const text = request.isBase64Encoded ? Buffer.from(request.body ?? '', 'base64').toString() : request.body;
  let value: unknown;
  try {
    value = JSON.parse(text ?? '');
  } catch {
    throw new Refusal(400, 'The body must be JSON');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Refusal(400, 'The body must be a JSON object');
  }
  return value as T;
}

/** `{name}` of the route's path. */
export function pathParameter(request: ApiRequest, name: string): string {
  const value = request.pathParameters?.[name];
  if (value === undefined) throw new Refusal(400, `The path has no ${name}`);
  return value;
}

/** Where a list goes on: `?next=`, as an earlier answer gave it. */
export function startKey(request: ApiRequest): Record<string, unknown> | undefined {
  const next = request.queryStringParameters?.['next'];
  if (next === undefined) return undefined;
  try {
    return JSON.parse(Buffer.from(next, 'base64url').toString());
  } catch {
    throw new Refusal(400, 'next must come from an earlier answer');
  }
}

/** The `next` of a list that has more to give. */
export function nextKey(lastKey: object | undefined): string | undefined {
  return lastKey === undefined ? undefined : Buffer.from(JSON.stringify(lastKey)).toString('base64url');
}
