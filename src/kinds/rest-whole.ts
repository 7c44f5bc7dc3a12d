// Puts the whole definition of a REST API with one call where that is cheaper. Only a short cut: what is compared and
// mended afterwards by single calls is the same as without it, so a refused or unknown PutRestApi costs one call.

import { GetRestApiCommand, PutRestApiCommand } from '@aws-sdk/client-api-gateway';
import type { Aws } from '../aws/aws.ts';
import { equal } from '../engine/compare.ts';
import type { Json } from '../engine/kind.ts';
import { ApigenError } from '../errors.ts';
import { type LiveContent, liveMethod, managedParts, type RestContent, unknownParts } from './rest-content.ts';
import { isOurs } from './rest-method.ts';
import { isCheaperWhole, openApiOf } from './rest-openapi.ts';

/** Answers to a call that the endpoint does not know or does not take: single calls do the same. */
const refusals = new Set([400, 404, 405, 501]);

/**
 * @returns whether the working copy was overwritten and must be read again
 */
export async function putWhole(aws: Aws, restApiId: string, desired: RestContent, live: LiveContent): Promise<boolean> {
  const { copy } = live;
  const { methods } = desired;
  // Overwriting would delete what somebody else added, which is reported and left alone.
  if ([...copy.methods].some(([key, method]) => !(key in methods) && !isOurs(method))) return false;
  if (unknownParts(live, desired).length > 0) return false;
  const missing = Object.entries(methods).filter(
    ([key, method]) => !equal(liveMethod(live, key, method) as unknown as Json, method as unknown as Json),
  );
  const paths = new Set(Object.keys(methods).map((key) => key.split(' ')[1] ?? ''));
  const newPaths = [...paths].filter((path) => !copy.resources.has(path)).length;
  const others = newPaths + differingParts(desired, live);
  if (
    !isCheaperWhole(
      missing.map(([, method]) => method),
      others,
    )
  )
    return false;
  const facts = await aws.apiGateway.send(new GetRestApiCommand({ restApiId }));
  const body = new TextEncoder().encode(JSON.stringify(openApiOf(facts, desired)));
  try {
    await aws.apiGateway.send(new PutRestApiCommand({ restApiId, mode: 'overwrite', failOnWarnings: false, body }));
    return true;
  } catch (error) {
    if (error instanceof ApigenError && refusals.has(error.aws?.status ?? 0)) return false;
    throw error;
  }
}

/** How many children besides methods would take a call. */
function differingParts(desired: RestContent, live: LiveContent): number {
  const managed = managedParts(live, desired);
  const fields = ['authorizers', 'validators', 'models', 'gatewayResponses'] as const;
  return fields.reduce((sum, field) => {
    const [now, wanted]: readonly Record<string, unknown>[] = [managed[field], desired[field]];
    const names = Object.keys(wanted ?? {});
    return sum + names.filter((name) => !equal(now?.[name] as Json, wanted?.[name] as Json)).length;
  }, 0);
}
