// The custom domain of a REST API and the paths below it: v1 at the base path and at `/v1`, v2 at `/v2`.

import type { RestApiDefinition } from '../../../api/definition.ts';
import type { DesiredNode, NodeId } from '../../../engine/kind.ts';
import { ref } from '../../../engine/references.ts';
import { FIRST_VERSION } from '../../../project/api-version.ts';
import { type GraphInput, nodeTags } from './graph-input.ts';

export const domainNodeId = (domainName: string): NodeId => `domain:${domainName}`;

export function restDomainNodes(
  input: GraphInput,
  { domain, stage }: RestApiDefinition,
  shellId: NodeId,
  stageId: NodeId,
): readonly DesiredNode[] {
  if (!domain) return [];
  const { domainName } = domain;
  const id = domainNodeId(domainName);
  return [
    {
      id,
      kind: 'rest-domain',
      name: domainName,
      props: {
        domainName,
        endpointType: domain.endpointType,
        certificateArn: domain.certificateArn,
        securityPolicy: domain.securityPolicy,
        mutualTls: domain.mutualTls
          ? {
              truststoreUri: domain.mutualTls.truststoreUri,
              truststoreVersion: domain.mutualTls.truststoreVersion ?? '',
            }
          : null,
        ownershipCertificateArn: domain.ownershipVerificationCertificateArn ?? '',
        tags: nodeTags(input, id, domain.tags),
      },
      dependsOn: [],
    },
    ...basePathsOf(domain.basePath, input.version).map(
      (basePath): DesiredNode => ({
        id: `${id}/${basePath}`,
        kind: 'base-path-mapping',
        name: `${domainName}/${basePath || '(none)'}`,
        props: { domainName, basePath, apiId: ref(shellId, 'apiId'), stage: stage.name },
        dependsOn: [id, stageId],
        inside: id,
      }),
    ),
  ];
}

/** API Gateway maps REST APIs one level deep: below a base path of its own, v1 stands alone. */
export function basePathsOf(basePath: string, version: string): readonly string[] {
  if (basePath === '') return version === FIRST_VERSION ? ['', FIRST_VERSION] : [version];
  return version === FIRST_VERSION ? [basePath] : [`${basePath}-${version}`];
}
