// Fields whose update an emulator lacks, of VPC links and custom domains.

import type { Emulator } from './emulator.ts';
import type { KnownGap } from './known-gaps.ts';

export const updateGaps: readonly KnownGap[] = [
  ...ofUpdate('moto', 'domain-name', 'certificateArn', 'another', 'has no UpdateDomainName'),
  ...ofUpdate('moto', 'domain-name', 'securityPolicy', 'the older', 'has no UpdateDomainName'),
  ...ofUpdate('moto', 'domain-name', 'mutualTls', 'another version', 'has no UpdateDomainName'),
  ...ofUpdate('moto', 'domain-name', 'mutualTls', 'off', 'has no UpdateDomainName'),
  ...ofUpdate('moto', 'domain-name', 'ownershipCertificateArn', 'one', 'has no UpdateDomainName'),
  ...ofUpdate('moto', 'domain-name', 'tags', 'another value', 'TagResource keeps tags that only GetTags answers'),
  ...ofUpdate('moto', 'rest-vpc-link', 'tags', 'another value', 'has no TagResource for VPC links of REST APIs'),
  ...ofUpdate('moto', 'domain-name', 'tags', 'one more', 'TagResource keeps tags that only GetTags answers'),
  ...ofUpdate('moto', 'rest-vpc-link', 'tags', 'one more', 'has no TagResource for VPC links of REST APIs'),
  ...ofUpdate('moto', 'rest-vpc-link', 'linkName', 'another name', 'has no UpdateVpcLink for REST APIs'),
];

/** The checks of one field's update, there and back. */
function ofUpdate(emulator: Emulator, kind: string, field: string, says: string, reason: string): readonly KnownGap[] {
  return [
    { emulator, kind, check: `updates ${field}, and back: ${says}`, reason },
    {
      emulator,
      kind,
      check: `converges when the update of ${field} is cut off at any call, there and back: ${says}`,
      reason,
    },
  ];
}
