// Makes the handler of an API definition. Each type's code is loaded only when a project has such an API.

import type { ApiDefinition, ApiKey, UsagePlan } from '../api/definition.ts';
import type { ApiHandler, ApiOptions } from './gateway.ts';

/** What REST APIs alone take: their plans and keys stand outside the definition, as on AWS. */
export interface RestExtras {
  readonly apiKeys?: readonly ApiKey[];
  readonly usagePlans?: readonly UsagePlan[];
}

/** The local API behind a definition. `close()` it when another takes its place. */
export async function createApi(options: ApiOptions<ApiDefinition> & RestExtras): Promise<ApiHandler> {
  const { definition } = options;
  switch (definition.type) {
    case 'rest': {
      const { createRestApi } = await import('./rest/rest-api.ts');
      return createRestApi({ ...options, definition });
    }
    case 'http': {
      const { createHttpApi } = await import('./http/http-api.ts');
      return createHttpApi({ ...options, definition });
    }
    case 'websocket': {
      const { createWebSocketApi } = await import('./websocket/websocket-api.ts');
      return createWebSocketApi({ ...options, definition });
    }
  }
}
