// AWS's query protocol, the answer: XML, or the same as JSON for who asks for that, as API Gateway does.

import { randomUUID } from 'node:crypto';
import type { Fields } from '../request-fields.ts';
import type { ServiceFault } from '../service-fault.ts';

export type QueryService = 'sqs' | 'sns';

const NAMESPACES: Readonly<Record<QueryService, string>> = {
  sqs: 'http://queue.amazonaws.com/doc/2012-11-05/',
  sns: 'http://sns.amazonaws.com/doc/2010-03-31/',
};

export interface QueryAnswer {
  readonly type: string;
  readonly body: string;
}

export function queryAnswer(service: QueryService, action: string, result: Fields, asJson: boolean): QueryAnswer {
  const RequestId = randomUUID();
  if (asJson) {
    const { Messages, ...rest } = result;
    const shown = action === 'ReceiveMessage' ? { messages: Messages ?? null } : rest;
    const answer = { [`${action}Result`]: shown, ResponseMetadata: { RequestId } };
    return { type: 'application/json', body: JSON.stringify({ [`${action}Response`]: answer }) };
  }
  const inner = Object.keys(result).length === 0 ? '' : element(`${action}Result`, members(service, action, result));
  const body = `${inner}<ResponseMetadata><RequestId>${RequestId}</RequestId></ResponseMetadata>`;
  return {
    type: 'text/xml',
    body: `<?xml version="1.0"?><${action}Response xmlns="${NAMESPACES[service]}">${body}</${action}Response>`,
  };
}

export function queryFault(service: QueryService, { queryCode, message }: ServiceFault, asJson: boolean): QueryAnswer {
  const RequestId = randomUUID();
  const fault = { Type: 'Sender', Code: queryCode, Message: message };
  if (asJson) return { type: 'application/json', body: JSON.stringify({ Error: fault, RequestId }) };
  const inner = `${element('Error', members(service, '', fault))}<RequestId>${RequestId}</RequestId>`;
  return {
    type: 'text/xml',
    body: `<?xml version="1.0"?><ErrorResponse xmlns="${NAMESPACES[service]}">${inner}</ErrorResponse>`,
  };
}

/** SQS writes lists and maps flat, each element under a name of its own. */
const FLAT: Readonly<Record<string, string>> = {
  Messages: 'Message',
  Attributes: 'Attribute',
  MessageAttributes: 'MessageAttribute',
};

function members(service: QueryService, action: string, fields: Fields): string {
  return Object.entries(fields)
    .map(([name, value]) => {
      if (value === undefined || value === null) return '';
      if (Array.isArray(value)) return list(service, action, name, value);
      if (typeof value !== 'object') return element(name, escaped(String(value)));
      const flat = FLAT[name];
      if (flat === undefined) return element(name, members(service, action, value as Fields));
      return Object.entries(value)
        .map(([Name, Value]) => element(flat, members(service, action, { Name, Value })))
        .join('');
    })
    .join('');
}

function list(service: QueryService, action: string, name: string, values: readonly unknown[]): string {
  const inner = (value: unknown): string => members(service, action, value as Fields);
  if (service === 'sns') return element(name, values.map((value) => element('member', inner(value))).join(''));
  const own = name === 'Failed' ? 'BatchResultErrorEntry' : name === 'Successful' ? `${action}ResultEntry` : FLAT[name];
  return values.map((value) => element(own ?? name, inner(value))).join('');
}

const element = (name: string, inner: string): string => `<${name}>${inner}</${name}>`;

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\r': '&#xd;',
};

const escaped = (text: string): string => text.replace(/[&<>"\r]/g, (found) => ENTITIES[found] ?? found);
