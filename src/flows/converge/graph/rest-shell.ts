// What a REST API's shell says besides its name and tags. A deployment freezes it, so it belongs to the definition's hash.

import type { RestApiDefinition } from '../../../api/definition.ts';
import type { Json } from '../../../engine/kind.ts';

export function restShellSettings(definition: RestApiDefinition): Readonly<Record<string, Json>> {
  return {
    endpointType: definition.endpointType,
    binaryMediaTypes: [...definition.binaryMediaTypes].sort(),
    minimumCompressionSize: definition.minimumCompressionSize ?? null,
    apiKeySource: definition.apiKeySource,
    policy: (definition.policy ?? null) as Json,
    endpointDisabled: definition.defaultEndpointDisabled ?? false,
  };
}
