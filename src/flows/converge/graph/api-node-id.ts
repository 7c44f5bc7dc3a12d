// The ids of an API's nodes, which functions refer to as well.

import type { ApiDefinition } from '../../../api/definition.ts';
import type { NodeId } from '../../../engine/kind.ts';
import { FIRST_VERSION } from '../../../project/api-version.ts';

/** `rest-api:partner`, `http-api:public@v2`: v1 goes without saying. */
export const apiNodeId = (definition: Pick<ApiDefinition, 'type' | 'name'>, version: string): NodeId =>
  `${definition.type}-api:${definition.name}${version === FIRST_VERSION ? '' : `@${version}`}`;
