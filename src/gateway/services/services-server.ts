// The project's own queues and topics behind SQS's and SNS's protocols on the loopback interface: JSON, and the query
// protocol that routes and SNS's clients speak. Unsigned calls are refused, so that no web page can send anything.

import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { closeServer } from '../http1/close-server.ts';
import { listen } from '../http1/listen.ts';
import { type BodyBudget, readBody } from '../http1/read-body.ts';
import { closeAfterDraining } from '../http1/send-answer.ts';
import type { QueueSet } from '../queues/queue-set.ts';
import { sqsAction } from '../queues/sqs-actions.ts';
import { type Fields, fieldsOf, textOf } from '../request-fields.ts';
import { ServiceFault } from '../service-fault.ts';
import { snsAction } from '../topics/sns-actions.ts';
import type { TopicSet } from '../topics/topic-set.ts';
import { depthOf } from '../triggers/lineage.ts';
import { type QueryService, queryAnswer, queryFault } from './query-answer.ts';
import { queryRequest } from './query-request.ts';

export interface ServicesOptions {
  readonly queues: QueueSet;
  readonly topics: TopicSet;
  /** 12 digits. */
  readonly account: string;
  /** A fault of ours; the client got a 500. */
  failed(action: string, cause: unknown): void;
}

export interface ServicesServer {
  /** `http://127.0.0.1:40123`. Takes any credentials and region. */
  readonly endpoint: string;
  close(): Promise<void>;
}

interface Call {
  readonly protocol: 'json' | 'query';
  readonly service: QueryService;
  readonly action: string;
  readonly request: Fields;
  /** The answer of a query call is wanted as JSON. */
  readonly asJson: boolean;
}

const BODY_LIMIT_BYTES = 4 * 1024 * 1024;
const GRACE_MS = 500;
const BODY_BUDGET_BYTES = 64 * 1024 * 1024;
const TARGET = /^AmazonSQS\.([A-Za-z]+)$/;

/** @throws ApigenError `CANNOT_LISTEN` */
export async function serveServices(options: ServicesOptions): Promise<ServicesServer> {
  const budget: BodyBudget = { used: 0, limit: BODY_BUDGET_BYTES };
  const server = createServer({ keepAliveTimeout: 60_000 });
  let endpoint = '';
  server.on('request', (incoming, response) => void exchange(incoming, response, budget, options, endpoint));
  const { host, port } = await listen(server, {});
  endpoint = `http://${host}:${port}`;
  return { endpoint, close: () => closeServer(server, GRACE_MS) };
}

async function exchange(
  incoming: IncomingMessage,
  response: ServerResponse,
  budget: BodyBudget,
  options: ServicesOptions,
  endpoint: string,
): Promise<void> {
  const outcome = await readBody(incoming, BODY_LIMIT_BYTES, budget);
  if (outcome.type === 'gone') return;
  if (outcome.type !== 'read') {
    response.setHeader('Connection', 'close');
    response.writeHead(outcome.type === 'too-large' ? 413 : 503).end();
    closeAfterDraining(incoming);
    return;
  }
  const call = callOf(incoming, Buffer.from(outcome.body).toString('utf8'));
  try {
    if (!incoming.headers.authorization?.startsWith('AWS4-')) {
      throw new ServiceFault('MissingAuthenticationToken', 'Request is missing Authentication Token', { status: 403 });
    }
    succeed(
      response,
      call,
      await answer(call, depthOf(String(incoming.headers['x-amzn-trace-id'] ?? '')), options, endpoint),
    );
  } catch (cause) {
    if (!(cause instanceof ServiceFault)) options.failed(call.action, cause);
    const reason = `The local services failed to answer ${call.action}.`;
    refuse(
      response,
      call,
      cause instanceof ServiceFault ? cause : new ServiceFault('InternalError', reason, { status: 500 }),
    );
  }
}

function callOf(incoming: IncomingMessage, body: string): Call {
  const [written = '/', query = ''] = (incoming.url ?? '/').split(/\?(.*)/s);
  // An endpoint may end with a slash, and a path begins with one.
  const pathname = written.replace(/^\/+/, '/');
  const target = TARGET.exec(String(incoming.headers['x-amz-target']))?.[1];
  if (target !== undefined) {
    return { protocol: 'json', service: 'sqs', action: target, request: fieldsOf(parsed(body)), asJson: true };
  }
  const form = new URLSearchParams(body);
  for (const [name, value] of new URLSearchParams(query)) if (!form.has(name)) form.append(name, value);
  const request = queryRequest(form);
  const action = textOf(request, 'Action') ?? '';
  // As AWS tells them apart by the host, which is one here.
  const service = /^Publish/.test(action) || textOf(request, 'TopicArn') !== undefined ? 'sns' : 'sqs';
  const path = pathname.length > 1 ? { QueueUrl: pathname } : {};
  const asJson =
    /json/.test(incoming.headers.accept ?? '') || /^AmazonAPIGateway_/.test(incoming.headers['user-agent'] ?? '');
  return { protocol: 'query', service, action, request: { ...path, ...request }, asJson };
}

async function answer(
  { service, action, request }: Call,
  depth: number,
  { queues, topics, account }: ServicesOptions,
  endpoint: string,
): Promise<Fields> {
  if (service === 'sns') return snsAction(action, request, topics, depth);
  return sqsAction(action, request, { queues, endpoint, account, depth });
}

function succeed(response: ServerResponse, { protocol, service, action, asJson }: Call, result: Fields): void {
  if (protocol === 'json') send(response, 200, 'application/x-amz-json-1.0', JSON.stringify(result));
  else {
    const { type, body } = queryAnswer(service, action, result, asJson);
    send(response, 200, type, body);
  }
}

function refuse(response: ServerResponse, { protocol, service, asJson }: Call, fault: ServiceFault): void {
  if (protocol === 'json') {
    // Older names of errors, for clients that know the query protocol's.
    response.setHeader('x-amzn-query-error', `${fault.queryCode};Sender`);
    const body = JSON.stringify({ __type: `com.amazonaws.sqs#${fault.shape}`, message: fault.message });
    send(response, fault.status, 'application/x-amz-json-1.0', body);
  } else {
    const { type, body } = queryFault(service, fault, asJson);
    send(response, fault.status, type, body);
  }
}

function send(response: ServerResponse, status: number, type: string, text: string): void {
  const body = Buffer.from(text);
  response.writeHead(status, { 'Content-Type': type, 'Content-Length': body.length, 'x-amzn-RequestId': randomUUID() });
  response.end(body);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}
