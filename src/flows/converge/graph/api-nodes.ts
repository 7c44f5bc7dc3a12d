// An API's nodes: the shell, its definition with the hash of all of it, its stage, and the right of the API to call
// each function it routes to.

import { createHash } from 'node:crypto';
import type { RestApiDefinition } from '../../../api/definition.ts';
import { canonical } from '../../../engine/compare.ts';
import type { DesiredNode, NodeId } from '../../../engine/kind.ts';
import { ref } from '../../../engine/references.ts';
import { snapshotPrefix } from '../../../kinds/rest-definition.ts';
import { accessLogNodes, accessLogOf } from './access-log.ts';
import { apiNodeId } from './api-node-id.ts';
import { functionsOf, permission } from './api-permissions.ts';
import { aliasNodeId } from './function-nodes.ts';
import { type GraphInput, nodeTags, placeOf } from './graph-input.ts';
import { apiName } from './names.ts';
import { restContent } from './rest-content.ts';
import { restDomainNodes } from './rest-domain-nodes.ts';
import { restShellSettings } from './rest-shell.ts';
import { logsRoleNodes, restStageSettings, usagePlanNodes } from './rest-stage-nodes.ts';
import { apiRoleNodeIds } from './roles.ts';
import { v2ApiNodes } from './v2-api-nodes.ts';

export { apiNodeId } from './api-node-id.ts';

export function apiNodes(input: GraphInput): readonly DesiredNode[] {
  const nodes = [...input.definitions.values()].flatMap((definition) =>
    definition.type === 'rest' ? restNodes(input, definition) : v2ApiNodes(input, definition),
  );
  // What APIs share (the account's role for logs) each of them asks for.
  return [...new Map(nodes.map((node) => [node.id, node])).values()];
}

function restNodes(input: GraphInput, definition: RestApiDefinition): readonly DesiredNode[] {
  const name = apiName(placeOf(input), definition.name, input.version);
  const shellId = apiNodeId(definition, input.version);
  const content = restContent(input, definition);
  // A deployment freezes what the shell says too.
  const frozen = { ...content, shell: restShellSettings(definition) };
  const hash = createHash('sha256').update(canonical(frozen)).digest('hex').slice(0, 32);
  const snapshot = `${snapshotPrefix}${hash}`;
  const functions = functionsOf(definition);
  const permissions = functions.map((logical) => permission(input, logical, definition, shellId));
  const definitionId = `${shellId}/definition`;
  const stageId = `${shellId}/stage`;
  const { stage } = definition;
  const accessLog = accessLogNodes(input, definition, shellId, name);
  const account = logsRoleNodes(input, definition);
  return [
    ...accessLog,
    ...account,
    shell(input, definition, shellId, name),
    ...permissions,
    {
      id: definitionId,
      kind: `${definition.type}-definition`,
      name,
      props: { apiId: ref(shellId, 'apiId'), ...content, snapshot },
      // It names its functions by their deterministic ARNs and serves nobody until the stage points at it: written
      // while their roles are still on the way. Its own role is passed to API Gateway, so that one must be there.
      dependsOn: apiRoleNodeIds(definition),
      inside: shellId,
    },
    {
      id: stageId,
      kind: `${definition.type}-stage`,
      name: `${name}/${stage.name}`,
      props: {
        apiId: ref(shellId, 'apiId'),
        stageName: stage.name,
        snapshot,
        deploymentId: ref(definitionId, 'deploymentId'),
        variables: stage.variables,
        ...restStageSettings(definition),
        accessLog: accessLogOf(definition, shellId),
        tags: nodeTags(input, stageId, definition.tags),
      },
      // Last of all: what it makes callable must stand.
      dependsOn: [
        definitionId,
        ...account.map((node) => node.id),
        ...permissions.map((node) => node.id),
        ...functions.map((logical) => aliasNodeId(logical, input.version)),
      ],
      inside: shellId,
    },
    ...usagePlanNodes(input, definition, shellId, stageId),
    ...restDomainNodes(input, definition, shellId, stageId),
  ];
}

function shell(input: GraphInput, definition: RestApiDefinition, id: NodeId, name: string): DesiredNode {
  const common = {
    apiName: name,
    description: definition.description ?? '',
    tags: nodeTags(input, id, definition.tags),
  };
  return { id, kind: 'rest-api', name, props: { ...common, ...restShellSettings(definition) }, dependsOn: [] };
}
