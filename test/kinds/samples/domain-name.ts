import { domainNameInputs } from '../../../src/kinds/domain-name.ts';
import { type Place, type Sample, set, tagged, tagVariations } from './sample.ts';

const certificate = ({ partition, region, account }: Place, id: string): string =>
  `arn:${partition}:acm:${region}:${account}:certificate/${id}`;

export const domainOf = ({ owner }: Place): string => `${owner.stage}.example.com`;

export const domainNameSample: Sample = {
  inputs: domainNameInputs,
  parents: () => [],
  node: (place) => ({
    id: 'domain:api',
    kind: 'domain-name',
    name: domainOf(place),
    props: {
      domainName: domainOf(place),
      certificateArn: certificate(place, '1a2b3c4d'),
      securityPolicy: 'TLS_1_2',
      mutualTls: { truststoreUri: 's3://trust/store.pem', truststoreVersion: '' },
      ownershipCertificateArn: '',
      tags: tagged(place, 'domain:api'),
    },
    dependsOn: [],
  }),
  variations: (place) => ({
    domainName: [{ says: 'another name', change: set({ domainName: `www-${domainOf(place)}` }) }],
    certificateArn: [{ says: 'another', change: set({ certificateArn: certificate(place, '5e6f7a8b') }) }],
    securityPolicy: [{ says: 'the older', change: set({ securityPolicy: 'TLS_1_0' }) }],
    mutualTls: [
      {
        says: 'another version',
        change: set({ mutualTls: { truststoreUri: 's3://trust/store.pem', truststoreVersion: 'v2' } }),
      },
      { says: 'off', change: set({ mutualTls: null }) },
    ],
    ownershipCertificateArn: [
      { says: 'one', change: set({ ownershipCertificateArn: certificate(place, '9c0d1e2f') }) },
    ],
    tags: tagVariations,
  }),
};
