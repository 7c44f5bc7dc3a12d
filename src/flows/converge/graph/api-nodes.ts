// An API's nodes: the shell, its definition with the hash of all of it, its stage, and the right of the API to call
// each function it routes to.

import { createHash } from 'node:crypto';
import type { ApiDefinition, HttpApiDefinition, RestApiDefinition } from '../../../api/definition.ts';
import { canonical } from '../../../engine/compare.ts';
import type { DesiredNode, NodeId } from '../../../engine/kind.ts';
import { ref } from '../../../engine/references.ts';
import { snapshotPrefix } from '../../../kinds/rest-definition.ts';
import { accessLogNodes, accessLogOf } from './access-log.ts';
import { aliasNodeId, functionNodeId } from './function-nodes.ts';
import { type GraphInput, nodeTags, placeOf } from './graph-input.ts';
import { httpContent } from './http-content.ts';
import { apiName, functionName } from './names.ts';
import { restContent } from './rest-content.ts';
import { restShellSettings } from './rest-shell.ts';
import { logsRoleNodes, restStageSettings, usagePlanNodes } from './rest-stage-nodes.ts';

/** `rest-api:partner`, `http-api:public@v2`: v1 goes without saying. */
export const apiNodeId = (definition: ApiDefinition, version: string): NodeId =>
  `${definition.type}-api:${definition.name}${version === 'v1' ? '' : `@${version}`}`;

export function apiNodes(input: GraphInput): readonly DesiredNode[] {
  const nodes = [...input.definitions.values()].flatMap((definition) => nodesOf(input, definition));
  // What APIs share (the account's role for logs) each of them asks for.
  return [...new Map(nodes.map((node) => [node.id, node])).values()];
}

function nodesOf(input: GraphInput, definition: ApiDefinition): readonly DesiredNode[] {
  if (definition.type === 'websocket') return [];
  const name = apiName(placeOf(input), definition.name, input.version);
  const shellId = apiNodeId(definition, input.version);
  const content = definition.type === 'rest' ? restContent(input, definition) : httpContent(input, definition);
  // A deployment freezes what the shell says too.
  const frozen = definition.type === 'rest' ? { ...content, shell: restShellSettings(definition) } : content;
  const hash = createHash('sha256').update(canonical(frozen)).digest('hex').slice(0, 32);
  const snapshot = `${snapshotPrefix}${hash}`;
  const functions = functionsOf(definition);
  const permissions = functions.map((logical) => permission(input, logical, definition, shellId));
  const definitionId = `${shellId}/definition`;
  const stageId = `${shellId}/stage`;
  const { stage } = definition;
  const accessLog = accessLogNodes(input, definition, shellId, name);
  const account = definition.type === 'rest' ? logsRoleNodes(input, definition) : [];
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
      // while their roles are still on the way.
      dependsOn: [],
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
        ...(definition.type === 'rest'
          ? { ...restStageSettings(definition), accessLog: accessLogOf(definition, shellId) }
          : { throttle: stage.throttle ? { rate: stage.throttle.rateLimit, burst: stage.throttle.burstLimit } : null }),
        tags: nodeTags(input, stageId),
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
    ...(definition.type === 'rest' ? usagePlanNodes(input, definition, shellId, stageId) : []),
  ];
}

function shell(
  input: GraphInput,
  definition: RestApiDefinition | HttpApiDefinition,
  id: NodeId,
  name: string,
): DesiredNode {
  const common = { apiName: name, description: definition.description ?? '', tags: nodeTags(input, id) };
  if (definition.type === 'rest') {
    return { id, kind: 'rest-api', name, props: { ...common, ...restShellSettings(definition) }, dependsOn: [] };
  }
  const cors = definition.cors && {
    allowOrigins: definition.cors.allowOrigins,
    allowMethods: definition.cors.allowMethods,
    allowHeaders: definition.cors.allowHeaders,
    exposeHeaders: definition.cors.exposeHeaders,
    maxAge: definition.cors.maxAge ?? 0,
    allowCredentials: definition.cors.allowCredentials ?? false,
  };
  return { id, kind: 'http-api', name, props: { ...common, protocol: 'HTTP', cors: cors ?? null }, dependsOn: [] };
}

function functionsOf(definition: ApiDefinition): readonly string[] {
  const named = definition.routes.flatMap(({ integration }) =>
    'function' in integration ? [integration.function] : [],
  );
  return [...new Set(named)].sort();
}

/** One fixed statement per function, API version and API, however many routes there are. */
function permission(input: GraphInput, logical: string, definition: ApiDefinition, shellId: NodeId): DesiredNode {
  const physical = functionName(placeOf(input), logical);
  const statementId = `apigen-${definition.type}-${definition.name}`;
  const { region } = placeOf(input);
  return {
    id: `permission:${logical}@${input.version}/${definition.name}`,
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
