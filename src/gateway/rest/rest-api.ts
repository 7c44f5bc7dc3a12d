// A REST API as API Gateway serves it.

import type { ApiKey, RestApiDefinition, UsagePlan } from '../../api/definition.ts';
import type { ApiHandler, ApiOptions } from '../gateway.ts';

export interface RestApiOptions extends ApiOptions<RestApiDefinition> {
  readonly apiKeys?: readonly ApiKey[];
  readonly usagePlans?: readonly UsagePlan[];
}

/** Serves one REST API. */
export function createRestApi(_options: RestApiOptions): ApiHandler {
  return {
    handle: () =>
      Promise.resolve({ status: 403, headers: [], body: Buffer.from('{"message":"Missing Authentication Token"}') }),
  };
}
