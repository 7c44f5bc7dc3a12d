// The call of an AWS service that API Gateway would make, signed, to the endpoint that stands in for the service here.
// Where none does, the call is not made: the outcome shows it to the person.

import { signatureHeaders } from '../authorizers/sigv4.ts';
import type { HeaderList } from '../exchange.ts';
import type { GatewayEnvironment } from '../gateway.ts';
import { headerValue } from '../header-list.ts';
import { type BackendOutcome, sendRequest } from './send-request.ts';

export interface ServiceCall {
  /** Its name in a credential scope: `sqs`, `events`. */
  readonly service: string;
  readonly region: string;
  readonly method: string;
  /** Path and query below the service's endpoint. */
  readonly target: string;
  readonly headers: HeaderList;
  readonly body: Uint8Array;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

export type ServiceOutcome = BackendOutcome | { readonly type: 'no-endpoint'; readonly reason: string };

// Emulators read service and region from the signature, and take any key.
const ANYBODY = { accessKeyId: 'local', secretAccessKey: 'local' };
const SHOWN_CHARACTERS = 1000;

/** Never rejects. The reason of a failure names the service. */
export async function callService(environment: GatewayEnvironment, call: ServiceCall): Promise<ServiceOutcome> {
  const { service, method, headers, body, timeoutMs, signal } = call;
  const endpoint = await environment.serviceEndpoint?.(service, `${call.target} ${Buffer.from(body).toString('utf8')}`);
  if (endpoint === undefined) return { type: 'no-endpoint', reason: notMade(call) };
  const uri = endpoint.replace(/\/$/, '') + call.target;
  if (!URL.canParse(uri)) return { type: 'unusable', reason: `${service} at ${endpoint}: ${uri} is no address` };
  const signed = [...headers, ...signature(call, new URL(uri), environment)];
  const outcome = await sendRequest({ uri, method, headers: signed, body, timeoutMs, signal });
  return outcome.type === 'answer' ? outcome : { ...outcome, reason: `${service} at ${endpoint}: ${outcome.reason}` };
}

function signature(call: ServiceCall, url: URL, environment: GatewayEnvironment): [string, string][] {
  const signed = call.headers.filter(([name]) => /^(content-type|x-amz-.*)$/i.test(name));
  const { method, body, service, region } = call;
  return signatureHeaders(
    {
      method,
      path: url.pathname,
      query: url.search.slice(1),
      headers: [['Host', url.host], ...signed],
      body,
      service,
      region,
    },
    environment.credentials[0] ?? ANYBODY,
    Date.now(),
  );
}

function notMade({ service, method, target, headers, body }: ServiceCall): string {
  const action = headerValue(headers, 'x-amz-target') ?? `${method} ${target}`;
  const shown = `${action} ${Buffer.from(body).toString('utf8').slice(0, SHOWN_CHARACTERS)}`.trim();
  return `This route calls ${service} on AWS, and no local endpoint for ${service} is known: ${shown} was not sent. Try: apigen dev --endpoint-url http://127.0.0.1:4566`;
}
