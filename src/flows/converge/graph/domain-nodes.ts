// Custom domains of HTTP and WebSocket APIs and the paths under which they show them: one domain however many APIs and API versions share
// it, one mapping for each path. Version 1 stands at the base path itself and beside the other versions below it.

import type { ApiDefinition, ApiDomain } from '../../../api/definition.ts';
import type { DesiredNode } from '../../../engine/kind.ts';
import { ref } from '../../../engine/references.ts';
import { tagsOf } from '../../../kinds/ownership.ts';
import { FIRST_VERSION } from '../../../project/api-version.ts';
import { apiNodeId } from './api-node-id.ts';
import type { GraphInput } from './graph-input.ts';
import { domainNodeId } from './rest-domain-nodes.ts';

export function domainNodes(input: GraphInput): readonly DesiredNode[] {
  const definitions = [...input.definitions.values()];
  // A domain that a REST API of the project has as well is made with that one.
  const made = new Set(definitions.flatMap(({ type, domain }) => (type === 'rest' ? (domain?.domainName ?? []) : [])));
  const nodes = definitions.flatMap((definition) => {
    const { domain, type } = definition;
    if (!domain || type === 'rest') return [];
    const paths = mappingKeys(definition, domain, input.version).map((key) => mapping(input, definition, domain, key));
    return made.has(domain.domainName) ? paths : [domainNode(input, domain), ...paths];
  });
  return [...new Map(nodes.map((node) => [node.id, node])).values()];
}

/**
 * Paths of several levels are not for WebSocket APIs.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-mappings.html
 */
export function mappingKeys({ type }: ApiDefinition, { basePath }: ApiDomain, version: string): readonly string[] {
  const separator = type === 'websocket' ? '-' : '/';
  const below = basePath === '' ? version : `${basePath}${separator}${version}`;
  return version === FIRST_VERSION ? [basePath, below] : [below];
}

function domainNode(input: GraphInput, domain: ApiDomain): DesiredNode {
  const id = domainNodeId(domain.domainName);
  const owner = { project: input.project.name, stage: input.project.stage.name };
  return {
    id,
    kind: 'domain-name',
    name: domain.domainName,
    props: {
      domainName: domain.domainName,
      certificateArn: domain.certificateArn,
      securityPolicy: domain.securityPolicy,
      mutualTls: domain.mutualTls ? { truststoreVersion: '', ...domain.mutualTls } : null,
      ownershipCertificateArn: domain.ownershipVerificationCertificateArn ?? '',
      tags: tagsOf(owner, id, { ...input.project.tags, ...domain.tags }),
    },
    dependsOn: [],
  };
}

function mapping(input: GraphInput, definition: ApiDefinition, { domainName }: ApiDomain, key: string): DesiredNode {
  const shellId = apiNodeId(definition, input.version);
  const domainId = domainNodeId(domainName);
  return {
    id: `mapping:${domainName}/${key}`,
    kind: 'api-mapping',
    name: `${domainName}/${key}`,
    props: { domainName, mappingKey: key, apiId: ref(shellId, 'apiId'), stageName: definition.stage.name },
    // A mapping leads to a stage that stands.
    dependsOn: [domainId, `${shellId}/stage`],
    inside: domainId,
  };
}
