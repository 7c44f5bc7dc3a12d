// An AWS that answers as a test tells it to, over real HTTP to the real SDK clients. What is not scripted succeeds
// with an empty answer; who is asking is always account 123456789012.

import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { identifyCall } from '../harness/quota-proxy/control-call.ts';

export interface Reply {
  readonly status?: number;
  /** AWS's error name; the answer is then a refusal with `message`. */
  readonly error?: string;
  readonly message?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: object;
  /** Instead of answering: cut the connection, or stay silent. */
  readonly instead?: 'reset' | 'silence';
}

export interface ScriptedAws {
  readonly endpoint: string;
  /** Operations in the order of their arrival: `lambda CreateFunction`. */
  readonly seen: readonly string[];
  /** Bodies in the same order. */
  readonly bodies: readonly string[];
  /** The next answers of an operation, one after the other; afterwards it succeeds again. */
  script(operation: string, ...replies: readonly Reply[]): void;
  close(): Promise<void>;
}

const identity = `<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>arn:aws-us-gov:iam::123456789012:user/kim</Arn><UserId>U</UserId><Account>123456789012</Account></GetCallerIdentityResult></GetCallerIdentityResponse>`;

export async function startScriptedAws(): Promise<ScriptedAws> {
  const seen: string[] = [];
  const bodies: string[] = [];
  const scripts = new Map<string, Reply[]>();
  const server = createServer(async (incoming, outgoing) => {
    const parts: Buffer[] = [];
    for await (const part of incoming) parts.push(part as Buffer);
    const body = Buffer.concat(parts);
    const { method = '', url = '', headers } = incoming;
    const call = identifyCall({ method, url, headers, body });
    const operation = call?.operation ?? `${method} ${url}`;
    seen.push(`${call?.service} ${operation}`);
    bodies.push(body.toString('utf8'));
    const reply = scripts.get(operation)?.shift() ?? {};
    if (reply.instead === 'silence') return;
    if (reply.instead === 'reset') incoming.socket.resetAndDestroy();
    else if (call?.service === 'iam' || call?.service === 'sts') answerXml(outgoing, reply, operation);
    else answerJson(outgoing, reply, call?.service ?? '');
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    bodies,
    script: (operation, ...replies) => scripts.set(operation, [...(scripts.get(operation) ?? []), ...replies]),
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

function answerXml(outgoing: ServerResponse, reply: Reply, operation: string): void {
  outgoing.writeHead(reply.status ?? 200, {
    'content-type': 'text/xml',
    'x-amzn-requestid': 'request-1',
    ...reply.headers,
  });
  const refusal = `<ErrorResponse><Error><Type>Sender</Type><Code>${reply.error}</Code><Message>${reply.message}</Message></Error><RequestId>request-1</RequestId></ErrorResponse>`;
  const success =
    operation === 'GetCallerIdentity' ? identity : `<${operation}Response><${operation}Result/></${operation}Response>`;
  outgoing.end(reply.error === undefined ? success : refusal);
}

function answerJson(outgoing: ServerResponse, reply: Reply, service: string): void {
  const named = reply.error !== undefined && service !== 'dynamodb' && service !== 'logs';
  outgoing.writeHead(reply.status ?? 200, {
    'content-type': 'application/json',
    'x-amzn-requestid': 'request-1',
    ...(named ? { 'x-amzn-errortype': reply.error } : {}),
    ...reply.headers,
  });
  const refusal = { ...(named ? {} : { __type: `x#${reply.error}` }), message: reply.message, ...reply.body };
  outgoing.end(JSON.stringify(reply.error === undefined ? (reply.body ?? {}) : refusal));
}
