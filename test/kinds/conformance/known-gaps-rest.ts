// What emulators lack of REST APIs.

import type { Emulator } from './emulator.ts';
import type { KnownGap } from './known-gaps.ts';

/** The two checks of one change of a field. */
const change = (emulator: Emulator, kind: string, field: string, says: string, reason: string): readonly KnownGap[] => [
  { emulator, kind, check: `updates ${field}, and back: ${says}`, reason },
  {
    emulator,
    kind,
    check: `converges when the update of ${field} is cut off at any call, there and back: ${says}`,
    reason,
  },
];

const definition = (emulator: Emulator, field: string, says: string, reason: string): readonly KnownGap[] =>
  change(emulator, 'rest-definition', field, says, reason);

const stageGap = (field: string, says: string): readonly KnownGap[] =>
  change('moto', 'rest-stage', field, says, 'UpdateStage does not take the settings of a path away');

const tagGaps = (emulator: Emulator, kind: string, reason: string): readonly KnownGap[] =>
  ['another value', 'one more'].flatMap((says) => change(emulator, kind, 'tags', says, reason));

const domainGaps = (emulator: Emulator): readonly KnownGap[] =>
  Object.entries({
    endpointType: 'edge-optimised',
    certificateArn: 'a new certificate',
    securityPolicy: 'older clients',
    mutualTls: 'certificates of clients',
    ownershipCertificateArn: 'one',
  }).flatMap(([field, says]) => change(emulator, 'rest-domain', field, says, 'has no UpdateDomainName'));

export const restGaps: readonly KnownGap[] = [
  ...definition('moto', 'methods', 'a key of the cache', 'PutIntegration drops cacheKeyParameters'),
  ...definition('moto', 'methods', 'an answer that is streamed', 'integrations have no responseTransferMode'),
  ...definition('moto', 'methods', 'through a VPC link', 'PutIntegration drops connectionId'),
  ...definition('moto', 'authorizers', 'another user pool', 'UpdateAuthorizer does not patch providerARNs'),
  ...definition('moto', 'models', 'another schema', 'has no UpdateModel'),
  ...definition('ministack', 'methods', 'a shared cache', 'PutIntegration drops cacheNamespace'),
  ...definition('ministack', 'methods', 'an answer that is streamed', 'integrations have no responseTransferMode'),
  ...definition('ministack', 'methods', 'its certificate not looked at', 'PutIntegration drops tlsConfig'),
  ...definition('ministack', 'methods', 'through a VPC link', 'PutIntegration drops connectionId'),
  ...definition(
    'ministack',
    'authorizers',
    'another user pool',
    'UpdateAuthorizer keeps one patched providerARN as text',
  ),
  ...change('ministack', 'rest-api', 'binaryMediaTypes', 'two', 'UpdateRestApi keeps the last of patched media types'),
  ...change('moto', 'rest-api', 'binaryMediaTypes', 'two', 'UpdateRestApi drops the media type of a path'),
  ...['from a kilobyte on', 'all'].flatMap((says) =>
    change('moto', 'rest-api', 'minimumCompressionSize', says, 'UpdateRestApi does not take it'),
  ),
  ...change('moto', 'rest-api', 'endpointDisabled', 'a custom domain alone', 'UpdateRestApi cannot switch it off'),
  ...['wider, another method', "none: the account's throttle", "the account's throttle, with metrics"].flatMap((says) =>
    stageGap('settings', says),
  ),
  ...stageGap('cacheCluster', 'the smallest'),
  ...change(
    'ministack',
    'usage-plan',
    'stages',
    'limits of a method',
    'UpdateUsagePlan takes no paths below apiStages',
  ),
  ...change('moto', 'usage-plan', 'stages', 'limits of a method', 'UpdateUsagePlan takes no paths below apiStages'),
  ...tagGaps('ministack', 'usage-plan', 'TagResource keeps tags that only GetTags answers'),
  ...tagGaps('moto', 'usage-plan', 'has no TagResource for usage plans'),
  ...tagGaps('ministack', 'rest-domain', 'TagResource keeps tags that only GetTags answers'),
  ...tagGaps('moto', 'rest-domain', 'has no TagResource for domain names'),
  ...domainGaps('ministack'),
  ...domainGaps('moto'),
  { emulator: 'moto', kind: 'base-path-mapping', reason: 'GetBasePathMapping of a domain without any answers 500' },
  ...change('ministack', 'base-path-mapping', 'apiId', 'another API', 'has no UpdateBasePathMapping'),
  ...change('ministack', 'base-path-mapping', 'stage', 'another stage', 'has no UpdateBasePathMapping'),
];
