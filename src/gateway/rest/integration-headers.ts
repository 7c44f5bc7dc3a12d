// Which mapped headers may go to an integration: some fail the request on AWS, some are silently not sent.

import { GatewayFault } from './fault.ts';
import type { MappedParameters } from './request-mapping.ts';

const NEVER = ['content-length', 'transfer-encoding'];
const NEVER_TO_AWS = [...NEVER, 'authorization', 'connection', 'expect', 'proxy-authenticate', 'te'];
const NOT_SENT = new Set(['connection', 'expect', 'proxy-authenticate', 'te', 'via']);

/** @throws GatewayFault 500 for a mapping to a header that Lambda and AWS services must not get. */
export function refuseHeadersForAws(mapped: MappedParameters): void {
  refuse(mapped, NEVER_TO_AWS);
}

/** The mapped headers that go to an HTTP endpoint. @throws GatewayFault 500 for a mapping to a framing header. */
export function headersForHttp(mapped: MappedParameters): [string, string][] {
  refuse(mapped, NEVER);
  return [...mapped.headers].flatMap(([name, values]) =>
    NOT_SENT.has(name.toLowerCase()) ? [] : values.map((value): [string, string] => [name, value]),
  );
}

function refuse(mapped: MappedParameters, names: readonly string[]): void {
  for (const name of mapped.headers.keys()) {
    if (names.includes(name.toLowerCase())) {
      throw new GatewayFault('configuration', { reason: `API Gateway refuses a mapping to the header ${name} here` });
    }
  }
}
