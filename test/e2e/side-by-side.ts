// Sends requests to two gateways and tells what differs in the answers, and in the events that functions saw, as lines:
// `json body: event.headers.accept: "a" here, nothing there`. What is new at every request is left out.

import type { WireResponse } from '../harness/gateway-cases/http-client.ts';
import type { DifferentialRequest } from './differential-project.ts';

export interface Side {
  readonly base: string;
  send(request: DifferentialRequest): Promise<WireResponse>;
}

// Ids, times and addresses: minted for each request or each machine.
const VOLATILE =
  /requestId|extendedRequestId|requestTime|timeEpoch|\.time$|apiId|accountId|deploymentId|resourceId|domainName|domainPrefix|[Tt]race|x-forwarded|X-Forwarded|\.host\b|\.Host\b|sourceIp/i;
/** Headers of an answer that tell a client something. */
const TOLD = ['content-type', 'location', 'x-own', 'x-amzn-errortype', 'set-cookie'];

/** One line for each difference. */
export async function differences(dev: Side, cloud: Side, requests: readonly DifferentialRequest[]): Promise<string[]> {
  const lines: string[] = [];
  for (const request of requests) {
    const [here, there] = await Promise.all([dev, cloud].map(async (one) => leaves(await one.send(request), one)));
    const paths = new Set([...(here?.keys() ?? []), ...(there?.keys() ?? [])]);
    for (const path of [...paths].sort()) {
      const [ours, theirs] = [here?.get(path), there?.get(path)];
      if (ours !== theirs)
        lines.push(`${request.name}: ${path}: ${ours ?? 'nothing'} here, ${theirs ?? 'nothing'} there`);
    }
  }
  return lines;
}

function leaves(answer: WireResponse, { base }: Side): ReadonlyMap<string, string> {
  const found = new Map<string, string>([['status', String(answer.status)]]);
  for (const [name, value] of answer.headers) {
    if (TOLD.includes(name.toLowerCase())) found.set(`answer.${name.toLowerCase()}`, value);
  }
  const text = answer.body.toString('utf8');
  const event = parsed(text);
  if (typeof event === 'object' && event !== null && 'requestContext' in event) flatten(event, 'event', found, base);
  // How a document is laid out is nobody's business.
  else found.set('body', event === undefined ? JSON.stringify(text) : JSON.stringify(event));
  return found;
}

function flatten(value: unknown, path: string, found: Map<string, string>, base: string): void {
  if (VOLATILE.test(path)) return;
  if (typeof value !== 'object' || value === null) {
    // MiniStack has a path of its own in front of the API's; the stage of a REST API belongs to both.
    const prefix = new URL(base).pathname.replace(/\/dev$/, '');
    const text = typeof value === 'string' && prefix.length > 1 ? value.replace(prefix, '') : value;
    found.set(path, JSON.stringify(text));
    return;
  }
  const entries = Object.entries(value);
  if (entries.length === 0) found.set(path, Array.isArray(value) ? '[]' : '{}');
  for (const [key, item] of entries) flatten(item, `${path}.${key}`, found, base);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
