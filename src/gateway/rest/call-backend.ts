// Calls an endpoint for an integration of a REST API, and says in AWS's words why there is no answer.

import type { GatewayAnswer } from '../exchange.ts';
import { type BackendOutcome, type NoAnswer, type OutgoingRequest, sendRequest } from '../integrations/send-request.ts';
import { type FaultName, GatewayFault } from './fault.ts';

const FAULTS: Readonly<Record<NoAnswer['type'], FaultName>> = {
  unusable: 'configuration',
  unreachable: 'endpointUnreachable',
  failed: 'integrationFailure',
  timeout: 'integrationTimeout',
  'too-large': 'integrationFailure',
};

/** @throws GatewayFault 500 (no such host, no address, over 10 MB), 504 (timeout, refused, cut off). */
export async function callBackend(outgoing: OutgoingRequest): Promise<GatewayAnswer> {
  return answerOrFault(await sendRequest(outgoing), outgoing.uri);
}

/** The answer; `uri` is what the reason names. @throws GatewayFault as {@link callBackend}. */
export function answerOrFault(outcome: BackendOutcome, uri: string): GatewayAnswer {
  if (outcome.type === 'answer') return outcome.answer;
  throw new GatewayFault(FAULTS[outcome.type], { reason: `${uri}: ${outcome.reason}` });
}
