// AWS_IAM routes of REST APIs: the signature must be that of an access key known to this machine.

import { GatewayFault } from '../rest/fault.ts';
import type { RestExchange } from '../rest/rest-exchange.ts';
import { verifySignature } from './sigv4.ts';
import { readSignature } from './sigv4-parts.ts';

/** Fills in the caller. @throws GatewayFault 403. */
export function authorizeByIam(exchange: RestExchange): void {
  const { environment, request } = exchange;
  const verdict = verifySignature(request, environment.credentials, environment.region);
  if (verdict.valid) {
    const { accessKeyId, userArn } = verdict.credential;
    const accountId = userArn.split(':')[4] ?? environment.accountId;
    exchange.caller.iam = { accessKey: accessKeyId, accountId, userArn };
    return;
  }
  const { fault, message } = verdict;
  switch (fault) {
    case 'missing':
      throw new GatewayFault('missingAuthenticationToken');
    case 'incomplete':
      throw new GatewayFault('incompleteSignature', { message });
    case 'unknown-key':
      throw new GatewayFault('unrecognizedClient', { reason: 'signed by an access key this machine does not know' });
    case 'mismatch':
    case 'expired':
      throw new GatewayFault('invalidSignature', { message });
  }
}

/** An unknown path is looked at as if it were signed: what stands in Authorization changes the words of its 403. */
export function unknownRoute(exchange: RestExchange): GatewayFault {
  const given = readSignature(exchange.request);
  return given.type === 'incomplete'
    ? new GatewayFault('incompleteSignature', { message: given.message })
    : new GatewayFault('missingAuthenticationToken');
}
