// Puts the whole definition of a REST API with one call where that is cheaper. Only a short cut: what is compared and
// mended afterwards by single calls is the same as without it, so a refused or unknown PutRestApi costs one call.

import { GetRestApiCommand, PutRestApiCommand } from '@aws-sdk/client-api-gateway';
import type { Aws } from '../aws/aws.ts';
import { equal } from '../engine/compare.ts';
import type { Json } from '../engine/kind.ts';
import { ApigenError } from '../errors.ts';
import { isOurs, methodFrom, type RestMethodProps } from './rest-method.ts';
import { isCheaperWhole, openApiOf } from './rest-openapi.ts';
import type { WorkingCopy } from './rest-working-copy.ts';

/** Answers to a call that the endpoint does not know or does not take: single calls do the same. */
const refusals = new Set([400, 404, 405, 501]);

/**
 * @returns whether the working copy was overwritten and must be read again
 */
export async function putWhole(
  aws: Aws,
  restApiId: string,
  methods: Readonly<Record<string, RestMethodProps>>,
  copy: WorkingCopy,
): Promise<boolean> {
  // Overwriting would delete what somebody else added, which is reported and left alone.
  if ([...copy.methods].some(([key, method]) => !(key in methods) && !isOurs(method))) return false;
  const missing = Object.entries(methods).filter(([key, method]) => {
    const live = copy.methods.get(key);
    return !live || !equal(methodFrom(live, method) as unknown as Json, method as unknown as Json);
  });
  const paths = new Set(Object.keys(methods).map((key) => key.split(' ')[1] ?? ''));
  const newPaths = [...paths].filter((path) => !copy.resources.has(path)).length;
  if (
    !isCheaperWhole(
      missing.map(([, method]) => method),
      newPaths,
    )
  )
    return false;
  const { name = '', description = '' } = await aws.apiGateway.send(new GetRestApiCommand({ restApiId }));
  const body = new TextEncoder().encode(JSON.stringify(openApiOf({ name, description }, methods)));
  try {
    await aws.apiGateway.send(new PutRestApiCommand({ restApiId, mode: 'overwrite', failOnWarnings: false, body }));
    return true;
  } catch (error) {
    if (error instanceof ApigenError && refusals.has(error.aws?.status ?? 0)) return false;
    throw error;
  }
}
