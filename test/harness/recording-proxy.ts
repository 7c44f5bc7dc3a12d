// Between functions and an emulator: sends every call of AWS on, and keeps which permission each needs, on which
// resources, in the words of AWS's service authorization reference.

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Need {
  /** `dynamodb:PutItem`. */
  readonly action: string;
  readonly resource: string;
}

export interface RecordingProxy {
  readonly url: string;
  /** In the order of the calls, by the function that called. */
  readonly needs: Need[];
  close(): Promise<void>;
}

/** @param place `eu-west-1:000000000000` */
export async function recordingProxy(upstream: string, place: string): Promise<RecordingProxy> {
  const needs: Need[] = [];
  const server = createServer((request, response) => {
    const answer = async (): Promise<void> => {
      const parts: Buffer[] = [];
      for await (const part of request) parts.push(part as Buffer);
      const body = Buffer.concat(parts);
      const { host: _host, connection: _connection, 'content-length': _length, ...headers } = request.headers;
      needs.push(...needsOf(`${request.method} ${request.url}`, headers['x-amz-target'], body.toString(), place));
      const sent = await fetch(upstream + request.url, {
        method: request.method ?? 'GET',
        headers: headers as Record<string, string>,
        ...(body.length > 0 && { body }),
      });
      response.writeHead(sent.status, { 'content-type': sent.headers.get('content-type') ?? 'application/json' });
      response.end(Buffer.from(await sent.arrayBuffer()));
    };
    answer().catch((cause: unknown) => response.writeHead(502).end(String(cause)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    needs,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

function needsOf(line: string, target: string | string[] | undefined, body: string, place: string): Need[] {
  const [, stagePath] = /\/([^/]+\/[^/?]+)\/@connections\//.exec(line) ?? [];
  if (stagePath !== undefined) {
    const [method] = line.split(' ');
    const resource = `arn:aws:execute-api:${place}:${stagePath}/${method}/@connections/abc`;
    return [{ action: 'execute-api:ManageConnections', resource }];
  }
  const [service = '', operation = ''] = String(target ?? '').split('.');
  if (service.startsWith('DynamoDB')) return tableNeeds(operation, JSON.parse(body), place);
  if (service === 'AmazonSQS') {
    const url = String(JSON.parse(body).QueueUrl);
    return [{ action: `sqs:${operation}`, resource: `arn:aws:sqs:${place}:${url.split('/').at(-1)}` }];
  }
  const form = new URLSearchParams(body);
  if (form.get('Action') === 'Publish') return [{ action: 'sns:Publish', resource: form.get('TopicArn') ?? '' }];
  throw new Error(`No permission is known for ${line} ${target}`);
}

interface TableCall {
  readonly TableName?: string;
  readonly IndexName?: string;
  readonly RequestItems?: Readonly<Record<string, unknown>>;
  readonly TransactItems?: readonly Readonly<Record<string, { readonly TableName: string }>>[];
}

/** A transaction needs the permission of each of its parts; a query of an index, that on the index. */
function tableNeeds(operation: string, call: TableCall, place: string): Need[] {
  const arn = (table: string): string => `arn:aws:dynamodb:${place}:table/${table}`;
  if (call.TransactItems !== undefined) {
    const actions: Record<string, string> = {
      Put: 'PutItem',
      Update: 'UpdateItem',
      Delete: 'DeleteItem',
      Get: 'GetItem',
      ConditionCheck: 'ConditionCheckItem',
    };
    return call.TransactItems.flatMap((item) =>
      Object.entries(item).map(([part, { TableName }]) => ({
        action: `dynamodb:${actions[part]}`,
        resource: arn(TableName),
      })),
    );
  }
  if (call.RequestItems !== undefined) {
    return Object.keys(call.RequestItems).map((name) => ({ action: `dynamodb:${operation}`, resource: arn(name) }));
  }
  const table = arn(call.TableName ?? '');
  return [{ action: `dynamodb:${operation}`, resource: call.IndexName ? `${table}/index/${call.IndexName}` : table }];
}
