// What all handlers share: reading a request and answering it. It fits REST and HTTP APIs alike.
import type { APIGatewayProxyEvent, APIGatewayProxyEventV2 } from 'aws-lambda';
import type { Item } from 'dynamoose/dist/Item.js';

type Parts = 'body' | 'isBase64Encoded' | 'pathParameters' | 'queryStringParameters';

/** What both types of API send; HTTP APIs say the version of the format. */
export type ApiRequest = (Pick<APIGatewayProxyEvent, Parts> | Pick<APIGatewayProxyEventV2, Parts>) & {
  version?: string;
};

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

/** Waits for a write whose condition is that the item is there: 404 when it is not. */
export async function orNotFound<T>(write: Promise<T>, message: string): Promise<T> {
  try {
    return await write;
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'ConditionalCheckFailedException') throw error;
    throw new Refusal(404, message);
  }
}

/** An answer in JSON; without a body it is empty. */
export function json(statusCode: number, body?: unknown): ApiAnswer {
  return {
    statusCode,
    headers: { 'content-type': 'application/json' },
    body: body === undefined ? '' : JSON.stringify(body, asJson),
  };
}

/** 201, with the address of what was created: relative to the request's own, so that it holds behind every domain. */
export function created(location: string, body: unknown): ApiAnswer {
  const answer = json(201, body);
  return { ...answer, headers: { ...answer.headers, location } };
}

/** JSON has neither sets nor bytes: they are sent as lists and as base64. */
function asJson(this: Record<string, unknown>, name: string, value: unknown): unknown {
  // As it was before its toJSON(): that of Dynamoose's items and pages loses both.
  const original = this[name];
  if (original instanceof Set || Array.isArray(original)) return [...original];
  if (original instanceof Uint8Array) return Buffer.from(original).toString('base64');
  return typeof original === 'object' && original !== null && !(original instanceof Date) ? { ...original } : value;
}

/** A new item as a later read gives it: Dynamoose's create() hands times back as the numbers that are stored. */
export async function asRead<T extends Item>(item: T): Promise<T> {
  const settings = { customTypesDynamo: true, saveUnknown: true };
  return (await item.conformToSchema({ ...settings, type: 'fromDynamo', modifiers: ['get'] })) as T;
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

/** `{name}` of the route's path. REST APIs pass it on as it was sent, HTTP APIs decoded. */
export function pathParameter(request: ApiRequest, name: string): string {
  const value = request.pathParameters?.[name];
  if (value === undefined) throw new Refusal(400, `The path has no ${name}`);
  if (request.version !== undefined) return value;
  try {
    return decodeURIComponent(value);
  } catch {
    throw new Refusal(400, `${name} is not encoded as paths are`);
  }
}

/** A number in the route's path. */
export function numberParameter(request: ApiRequest, name: string): number {
  const text = pathParameter(request, name);
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value)) throw new Refusal(400, `${name} must be a number`);
  return value;
}

/** A time in the route's path. Dynamoose wants it as a Date in items, and in keys as it is stored: `.getTime()`. */
export function timeParameter(request: ApiRequest, name: string): Date {
  const value = timeOf(pathParameter(request, name));
  if (value === undefined) throw new Refusal(400, `${name} must be a time as 2026-01-31T12:00:00Z`);
  return value;
}

/** `2026-01-31T12:00:00Z` as a Date; undefined when the text is something else, or no day of the calendar. */
export function timeOf(text: string): Date | undefined {
  const [, day] = /^(\d{4}-\d{2}-\d{2})T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})$/i.exec(text) ?? [];
  const date = new Date(text);
  if (day === undefined || Number.isNaN(date.getTime())) return undefined;
  // JavaScript takes the 31st of February for a day of March.
  return new Date(day).toISOString().startsWith(day) ? date : undefined;
}

/** How many items a page of a list may have: `?limit=`, 50 where it says nothing. */
export function pageLimit(request: ApiRequest): number {
  const text = request.queryStringParameters?.['limit'] ?? '50';
  const limit = Number(text);
  if (/^\d+$/.test(text) && limit >= 1 && limit <= 100) return limit;
  throw new Refusal(400, 'limit must be a whole number from 1 to 100');
}

/** Where a list goes on: `?next=`, as an earlier answer gave it. It holds the key attributes of an item and no others. */
export function startKey(request: ApiRequest, names: readonly string[]): Record<string, unknown> | undefined {
  const next = request.queryStringParameters?.['next'];
  if (next === undefined) return undefined;
  try {
    const key: Record<string, unknown> = JSON.parse(Buffer.from(next, 'base64url').toString());
    const isKey = names.every((name) => ['string', 'number'].includes(typeof key[name]));
    if (isKey && Object.keys(key).length === names.length) return key;
  } catch {
    // It is said below.
  }
  throw new Refusal(400, 'next must come from an earlier answer');
}

/** The `next` of a list that has more to give. */
export function nextKey(lastKey: object | undefined): string | undefined {
  return lastKey === undefined ? undefined : Buffer.from(JSON.stringify(lastKey)).toString('base64url');
}
