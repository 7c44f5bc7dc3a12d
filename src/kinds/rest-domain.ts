// A custom domain name of REST APIs: regional, or edge-optimised through CloudFront. Found by its name, ours by its
// tags; all versions of an API, and several APIs, stand below one. DNS stays with its owner: it is pointed at the
// `target` that AWS mints.

import {
  CreateDomainNameCommand,
  DeleteDomainNameCommand,
  type DomainName,
  GetDomainNameCommand,
  GetDomainNamesCommand,
  TagResourceCommand,
  UpdateDomainNameCommand,
} from '@aws-sdk/client-api-gateway';
import type { Kind, Live, Props } from '../engine/kind.ts';
import type { KindContext } from './kind-context.ts';
import { orAbsent } from './or-absent.ts';
import { managedTags, missingTags, nodeOf, ownership } from './ownership.ts';
import { type RestDomainProps, restDomainPatch } from './rest-domain-props.ts';
import { everyPage } from './rest-part.ts';

export function restDomain({ aws, owner }: KindContext): Kind {
  const gateway = aws.apiGateway;

  const outputsOf = (domain: DomainName) => ({
    target: domain.regionalDomainName ?? domain.distributionDomainName ?? '',
    hostedZoneId: domain.regionalHostedZoneId ?? domain.distributionHostedZoneId ?? '',
  });
  const liveOf = (domain: DomainName, desired: Props | undefined): Live => {
    const endpointType = (domain.endpointConfiguration?.types?.[0] ?? 'EDGE') as RestDomainProps['endpointType'];
    const { truststoreUri, truststoreVersion = '' } = domain.mutualTlsAuthentication ?? {};
    const props: RestDomainProps = {
      domainName: domain.domainName ?? '',
      endpointType,
      certificateArn: (endpointType === 'EDGE' ? domain.certificateArn : domain.regionalCertificateArn) ?? '',
      securityPolicy: domain.securityPolicy === 'TLS_1_0' ? 'TLS_1_0' : 'TLS_1_2',
      mutualTls: truststoreUri ? { truststoreUri, truststoreVersion } : null,
      ownershipCertificateArn: domain.ownershipVerificationCertificateArn ?? '',
      tags: managedTags(domain.tags ?? {}, desired?.['tags']),
    };
    return {
      physicalId: props.domainName,
      props: props as unknown as Props,
      outputs: outputsOf(domain),
      ...ownership(domain.tags ?? {}, owner),
    };
  };

  return {
    name: 'rest-domain',
    title: 'custom domain',
    fields: {
      domainName: 'immutable',
      endpointType: 'mutable',
      certificateArn: 'mutable',
      securityPolicy: 'mutable',
      mutualTls: 'mutable',
      ownershipCertificateArn: 'mutable',
      tags: 'mutable',
    },
    holdsData: false,
    cutsOver: false,
    retires: false,
    replacement: 'create-first',

    async read(target, desired) {
      const domainName = String(desired?.['domainName'] ?? target.name);
      const domain = await orAbsent(gateway.send(new GetDomainNameCommand({ domainName })));
      return domain && liveOf(domain, desired);
    },

    async reconcile(_target, props, live) {
      const desired = props as unknown as RestDomainProps;
      const { domainName } = desired;
      if (!live) {
        const made = await gateway.send(new CreateDomainNameCommand(inputOf(desired)));
        return { physicalId: domainName, props, outputs: outputsOf(made), owned: true };
      }
      const now = live.props as unknown as RestDomainProps;
      const patchOperations = restDomainPatch(now, desired);
      const changed =
        patchOperations.length > 0
          ? await gateway.send(new UpdateDomainNameCommand({ domainName, patchOperations }))
          : undefined;
      const tags = missingTags(now.tags, desired.tags);
      if (Object.keys(tags).length > 0) {
        const resourceArn = `arn:${aws.partition}:apigateway:${aws.region}::/domainnames/${domainName}`;
        await gateway.send(new TagResourceCommand({ resourceArn, tags }));
      }
      return { ...live, props, outputs: changed ? outputsOf(changed) : live.outputs };
    },

    async remove(target) {
      await orAbsent(gateway.send(new DeleteDomainNameCommand({ domainName: target.physicalId ?? target.name })));
    },

    async discover() {
      const domains = await everyPage<DomainName>((position) =>
        gateway.send(new GetDomainNamesCommand({ limit: 500, ...position })),
      );
      return domains.flatMap(({ domainName = '', tags = {} }) => {
        const id = nodeOf(tags, owner);
        return id === undefined ? [] : [{ id, name: domainName, physicalId: domainName }];
      });
    },
  };
}

const inputOf = (desired: RestDomainProps) => ({
  domainName: desired.domainName,
  endpointConfiguration: { types: [desired.endpointType] },
  ...(desired.endpointType === 'EDGE'
    ? { certificateArn: desired.certificateArn }
    : { regionalCertificateArn: desired.certificateArn }),
  securityPolicy: desired.securityPolicy,
  ...(desired.mutualTls && {
    mutualTlsAuthentication: {
      truststoreUri: desired.mutualTls.truststoreUri,
      ...(desired.mutualTls.truststoreVersion !== '' && { truststoreVersion: desired.mutualTls.truststoreVersion }),
    },
  }),
  ...(desired.ownershipCertificateArn !== '' && {
    ownershipVerificationCertificateArn: desired.ownershipCertificateArn,
  }),
  tags: { ...desired.tags },
});
