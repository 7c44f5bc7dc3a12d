// The nodes of an HTTP or WebSocket API: the shell, its definition with the hash of all of it, its stage with the log
// group of its access logs, and the right of the API to call its functions.

import { createHash } from 'node:crypto';
import type { ApiDefinition, HttpApiDefinition, WebSocketApiDefinition } from '../../../api/definition.ts';
import { canonical } from '../../../engine/compare.ts';
import type { DesiredNode, Json, NodeId, Props } from '../../../engine/kind.ts';
import { ref } from '../../../engine/references.ts';
import type { Throttle } from '../../../kinds/account-throttle.ts';
import { tagsOf } from '../../../kinds/ownership.ts';
import { keyPrefix } from '../../../kinds/v2-protocol.ts';
import { noExecutionLog } from '../../../kinds/v2-stage-props.ts';
import { defaultApiKeySelection } from '../../../kinds/websocket-api.ts';
import { accessLogNodes, accessLogOf } from './access-log.ts';
import { apiNodeId } from './api-node-id.ts';
import { functionsOf, permission } from './api-permissions.ts';
import { aliasNodeId } from './function-nodes.ts';
import { type GraphInput, placeOf } from './graph-input.ts';
import { httpContent } from './http-content.ts';
import { apiName } from './names.ts';
import { logsRoleNodes } from './rest-stage-nodes.ts';
import { apiRoleNodeIds } from './roles.ts';
import { vpcLinkNodeId } from './vpc-link-id.ts';
import { websocketContent } from './websocket-content.ts';

type V2Definition = HttpApiDefinition | WebSocketApiDefinition;

export function v2ApiNodes(input: GraphInput, definition: V2Definition): readonly DesiredNode[] {
  const name = apiName(placeOf(input), definition.name, input.version);
  const shellId = apiNodeId(definition, input.version);
  const content = definition.type === 'http' ? httpContent(input, definition) : websocketContent(input, definition);
  const snapshot = `${keyPrefix}${hashOf(input, content)}`;
  const functions = functionsOf(definition);
  const permissions = functions.map((logical) => permission(input, logical, definition, shellId));
  const definitionId = `${shellId}/definition`;
  const stageId = `${shellId}/stage`;
  // HTTP APIs write their logs without a role.
  const account = definition.type === 'websocket' ? logsRoleNodes(input, definition) : [];
  return [
    ...accessLogNodes(input, definition, shellId, name),
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
      name: `${name}/${definition.stage.name}`,
      props: {
        apiId: ref(shellId, 'apiId'),
        snapshot,
        deploymentId: ref(definitionId, 'deploymentId'),
        ...stageSettings(definition, shellId),
        tags: tagsFor(input, definition, stageId),
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
  ];
}

/** Of the whole definition. A VPC link counts by what it is, since its id is minted. */
function hashOf(input: GraphInput, content: Props): string {
  const refersTo = (name: string): boolean => JSON.stringify(content).includes(`"${vpcLinkNodeId(name)}"`);
  const links = Object.entries(input.project.vpcLinks ?? {}).flatMap(([name, { path: _, ...link }]) =>
    refersTo(name) ? [link] : [],
  );
  const whole = links.length > 0 ? { ...content, links } : content;
  return createHash('sha256').update(canonical(whole)).digest('hex').slice(0, 32);
}

/** The project's tags, then the API's own. */
const tagsFor = (input: GraphInput, { tags }: ApiDefinition, id: NodeId) =>
  tagsOf({ project: input.project.name, stage: input.project.stage.name }, id, { ...input.project.tags, ...tags });

function shell(input: GraphInput, definition: V2Definition, id: NodeId, name: string): DesiredNode {
  const common = {
    apiName: name,
    description: definition.description ?? '',
    endpointDisabled: definition.defaultEndpointDisabled ?? false,
    tags: tagsFor(input, definition, id),
  };
  const own: Props =
    definition.type === 'http'
      ? { protocol: 'HTTP', cors: corsOf(definition) }
      : {
          routeSelection: definition.routeSelectionExpression,
          apiKeySelection: defaultApiKeySelection,
          stageName: definition.stage.name,
        };
  return { id, kind: `${definition.type}-api`, name, props: { ...common, ...own }, dependsOn: [] };
}

function corsOf({ cors }: HttpApiDefinition): Json {
  return cors === undefined
    ? null
    : {
        allowOrigins: cors.allowOrigins,
        allowMethods: cors.allowMethods,
        allowHeaders: cors.allowHeaders,
        exposeHeaders: cors.exposeHeaders,
        maxAge: cors.maxAge ?? 0,
        allowCredentials: cors.allowCredentials ?? false,
      };
}

function stageSettings(definition: V2Definition, shellId: NodeId): Props {
  const { stage } = definition;
  const throttles = definition.routes.flatMap(({ routeKey, throttle }) =>
    throttle ? [[routeKey, throttleProps(throttle)] as const] : [],
  );
  const { level, dataTrace } = stage.executionLog ?? noExecutionLog;
  return {
    stageName: stage.name,
    description: stage.description ?? '',
    variables: stage.variables,
    throttle: stage.throttle ? throttleProps(stage.throttle) : null,
    routeThrottles: Object.fromEntries(throttles),
    accessLog: accessLogOf(definition, shellId),
    ...(definition.type === 'websocket' && { executionLog: { level, dataTrace } }),
    detailedMetrics: stage.detailedMetrics ?? false,
  };
}

const throttleProps = (throttle: { readonly rateLimit: number; readonly burstLimit: number }): Throttle & Props => ({
  rate: throttle.rateLimit,
  burst: throttle.burstLimit,
});
