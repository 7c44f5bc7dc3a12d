// DynamoDB's wire protocol (AWS JSON 1.0) on the loopback interface. A broken or oversized request is refused in AWS's
// words and harms nobody else. No CORS headers: web pages have no business here.

import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { crc32 } from 'node:zlib';
import { closeServer } from '../http1/close-server.ts';
import { listen } from '../http1/listen.ts';
import { type BodyBudget, readBody } from '../http1/read-body.ts';
import { closeAfterDraining } from '../http1/send-answer.ts';
import type { Fields } from './dynalite.ts';
import { type Fault, fault, frameworkFault, isFault } from './fault.ts';

/** DynamoDB's own limit of a request. */
const BODY_LIMIT_BYTES = 16 * 1024 * 1024;
const GRACE_MS = 2_000;
const BODY_BUDGET_BYTES = 256 * 1024 * 1024;
const TARGET = /^DynamoDB_20120810\.([A-Za-z]+)$/;

export interface TablesServer {
  /** `http://127.0.0.1:8000`. */
  readonly endpoint: string;
  /** Finishes the requests in flight. */
  close(): Promise<void>;
}

export interface TablesServerOptions {
  readonly port?: number | undefined;
  /**
   * @param trace the caller's X-Amzn-Trace-Id
   * @throws faults in DynamoDB's words; anything else is a fault of ours
   */
  answer(operation: string, request: Fields, trace: string): Promise<Fields>;
  /** A fault of ours; the client got a 500. */
  failed(operation: string, cause: unknown): void;
}

/** @throws ApigenError `PORT_TAKEN`, `CANNOT_LISTEN` */
export async function serveTables(options: TablesServerOptions): Promise<TablesServer> {
  const budget: BodyBudget = { used: 0, limit: BODY_BUDGET_BYTES };
  const server = createServer({ keepAliveTimeout: 60_000 });
  server.on('request', (incoming, response) => void exchange(incoming, response, budget, options));
  const { host, port } = await listen(server, { port: options.port ?? 0 });
  return { endpoint: `http://${host}:${port}`, close: () => closeServer(server, GRACE_MS) };
}

async function exchange(
  incoming: IncomingMessage,
  response: ServerResponse,
  budget: BodyBudget,
  options: TablesServerOptions,
): Promise<void> {
  const outcome = await readBody(incoming, BODY_LIMIT_BYTES, budget);
  if (outcome.type === 'gone') return;
  if (outcome.type !== 'read') {
    response.setHeader('Connection', 'close');
    const tooLarge = outcome.type === 'too-large';
    send(response, tooLarge ? 413 : 503, { __type: tooLarge ? 'RequestEntityTooLarge' : 'ServiceUnavailable' });
    closeAfterDraining(incoming);
    return;
  }
  const operation = TARGET.exec(String(incoming.headers['x-amz-target']))?.[1] ?? '';
  try {
    const request = requestOf(incoming, operation, outcome.body);
    const trace = String(incoming.headers['x-amzn-trace-id'] ?? '');
    send(response, 200, await options.answer(operation, request, trace));
  } catch (error) {
    if (!isFault(error)) options.failed(operation, error);
    const refusal: Fault = isFault(error) ? error : internalFailure(operation);
    send(response, refusal.statusCode, refusal.body);
  }
}

function requestOf(incoming: IncomingMessage, operation: string, body: Uint8Array): Fields {
  if (incoming.method !== 'POST' || operation === '') throw frameworkFault('UnknownOperationException');
  // As dynalite: signed, whoever by. Real credentials have no use here.
  if (!incoming.headers.authorization?.startsWith('AWS4-')) {
    throw frameworkFault('MissingAuthenticationTokenException', 'Request is missing Authentication Token');
  }
  let request: unknown;
  try {
    request = JSON.parse(Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8'));
  } catch {
    throw frameworkFault('SerializationException');
  }
  if (typeof request !== 'object' || request === null || Array.isArray(request)) {
    throw frameworkFault('SerializationException');
  }
  return request as Fields;
}

function internalFailure(operation: string): Fault {
  const { body } = fault('InternalServerError', `The local tables failed to answer ${operation}.`);
  return { statusCode: 500, body: { ...body, __type: body.__type } };
}

function send(response: ServerResponse, status: number, answer: Fields): void {
  const body = Buffer.from(JSON.stringify(answer));
  response.writeHead(status, {
    'Content-Type': 'application/x-amz-json-1.0',
    'Content-Length': body.length,
    'x-amzn-RequestId': randomBytes(26).toString('hex').toUpperCase(),
    'x-amz-crc32': crc32(body),
  });
  response.end(body);
}
