// The right of an API to call its functions, those of its routes and those of its authorizers alike: through the alias
// of the API version, by one fixed statement per function and API.

import type { ApiDefinition } from '../../../api/definition.ts';
import type { DesiredNode, NodeId } from '../../../engine/kind.ts';
import { ref } from '../../../engine/references.ts';
import { FIRST_VERSION } from '../../../project/api-version.ts';
import { aliasNodeId, functionNodeId } from './function-nodes.ts';
import { type GraphInput, placeOf } from './graph-input.ts';
import { functionName } from './names.ts';

/** Every function that an API calls, sorted. */
export function functionsOf(definition: ApiDefinition): readonly string[] {
  const ofRoutes = definition.routes.flatMap(({ integration }) =>
    'function' in integration ? [integration.function] : [],
  );
  const ofAuthorizers = Object.values(definition.authorizers).flatMap((authorizer) =>
    'function' in authorizer ? [authorizer.function] : [],
  );
  return [...new Set([...ofRoutes, ...ofAuthorizers])].sort();
}

/** Told apart by name too, though each alias has a policy of its own: emulators keep one for all. */
export const ofVersion = ({ version }: GraphInput): string => (version === FIRST_VERSION ? '' : `-${version}`);

/** One fixed statement per function, API version and API, however many routes there are. */
export function permission(
  input: GraphInput,
  logical: string,
  definition: ApiDefinition,
  shellId: NodeId,
): DesiredNode {
  const physical = functionName(placeOf(input), logical);
  const statementId = `apigen-${definition.type}-${definition.name}${ofVersion(input)}`;
  const { region } = placeOf(input);
  return {
    // An API of another type is another caller: the statement of the one before it goes with that one.
    id: `permission:${logical}@${input.version}/${definition.type}-${definition.name}`,
    kind: 'lambda-permission',
    name: `${physical}:${input.version}:${statementId}`,
    props: {
      functionName: physical,
      aliasName: input.version,
      statementId,
      principal: 'apigateway.amazonaws.com',
      // Resolved whole: a reference cannot stand inside a text.
      apiId: ref(shellId, 'apiId'),
      sourceArnPrefix: `arn:${input.partition}:execute-api:${region}:${input.account}:`,
    },
    dependsOn: [aliasNodeId(logical, input.version)],
    inside: functionNodeId(logical),
  };
}
