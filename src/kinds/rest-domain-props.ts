// A custom domain name as props, what UpdateDomainName is told so that one becomes another, and where every field of
// the SDK's inputs stands. https://docs.aws.amazon.com/apigateway/latest/api/patch-operations.html#UpdateDomainName-Patch

import type {
  CreateDomainNameCommandInput,
  PatchOperation,
  UpdateDomainNameCommandInput,
} from '@aws-sdk/client-api-gateway';
import { type Coverage, fixed, unsupported } from './coverage.ts';
import type { Tags } from './ownership.ts';

export interface RestDomainProps {
  readonly domainName: string;
  readonly endpointType: 'REGIONAL' | 'EDGE';
  /** Of ACM: in the API's region, for edge-optimised ones in us-east-1. */
  readonly certificateArn: string;
  readonly securityPolicy: 'TLS_1_0' | 'TLS_1_2';
  /** Clients must show a certificate; an empty version is the newest. */
  readonly mutualTls: { readonly truststoreUri: string; readonly truststoreVersion: string } | null;
  /** Empty: none. */
  readonly ownershipCertificateArn: string;
  readonly tags: Tags;
}

export const restDomainInputs = {
  domainName: 'domainName',
  endpointConfiguration: 'endpointType',
  certificateArn: 'certificateArn',
  regionalCertificateArn: 'certificateArn',
  securityPolicy: 'securityPolicy',
  mutualTlsAuthentication: 'mutualTls',
  ownershipVerificationCertificateArn: 'ownershipCertificateArn',
  tags: 'tags',
  patchOperations: ['endpointType', 'certificateArn', 'securityPolicy', 'mutualTls', 'ownershipCertificateArn'],
  certificateName: unsupported('certificates come from ACM'),
  certificateBody: unsupported('certificates come from ACM'),
  certificatePrivateKey: unsupported('certificates come from ACM'),
  certificateChain: unsupported('certificates come from ACM'),
  regionalCertificateName: unsupported('certificates come from ACM'),
  endpointAccessMode: unsupported("AWS's default"),
  policy: unsupported('private domains are not offered'),
  routingMode: fixed("AWS's default: base path mappings alone"),
  domainNameId: unsupported('private domains are not offered'),
} satisfies Coverage<CreateDomainNameCommandInput & UpdateDomainNameCommandInput>;

export function restDomainPatch(now: RestDomainProps, desired: RestDomainProps): PatchOperation[] {
  const replace = (path: string, from: string, to: string): PatchOperation[] =>
    from === to ? [] : [{ op: 'replace', path, value: to }];
  const moved = now.endpointType !== desired.endpointType;
  const certificate = desired.endpointType === 'EDGE' ? '/certificateArn' : '/regionalCertificateArn';
  return [
    ...replace(certificate, moved ? '' : now.certificateArn, desired.certificateArn),
    ...replace(`/endpointConfiguration/types/${now.endpointType}`, now.endpointType, desired.endpointType),
    ...replace('/securityPolicy', now.securityPolicy, desired.securityPolicy),
    // Without a truststore, clients need no certificate.
    ...replace(
      '/mutualTlsAuthentication/truststoreUri',
      now.mutualTls?.truststoreUri ?? '',
      desired.mutualTls?.truststoreUri ?? '',
    ),
    ...(desired.mutualTls
      ? replace(
          '/mutualTlsAuthentication/truststoreVersion',
          now.mutualTls?.truststoreVersion ?? '',
          desired.mutualTls.truststoreVersion,
        )
      : []),
    ...replace('/ownershipVerificationCertificateArn', now.ownershipCertificateArn, desired.ownershipCertificateArn),
  ];
}
