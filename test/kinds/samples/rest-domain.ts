import { restDomainInputs } from '../../../src/kinds/rest-domain-props.ts';
import { type Place, type Sample, set, tagged, tagVariations } from './sample.ts';

const nameOf = ({ owner }: Place): string => `${owner.stage}.api.example.com`;

const certificate = ({ partition, account }: Place, region: string, id: string): string =>
  `arn:${partition}:acm:${region}:${account}:certificate/${id}`;

export const restDomainSample: Sample = {
  inputs: restDomainInputs,
  parents: () => [],
  node: (place) => ({
    id: 'domain:api.example.com',
    kind: 'rest-domain',
    name: nameOf(place),
    props: {
      domainName: nameOf(place),
      endpointType: 'REGIONAL',
      certificateArn: certificate(place, place.region, '4a6e'),
      securityPolicy: 'TLS_1_2',
      mutualTls: null,
      ownershipCertificateArn: '',
      tags: tagged(place, 'domain:api.example.com'),
    },
    dependsOn: [],
  }),
  variations: (place) => ({
    domainName: [{ says: 'another name', change: set({ domainName: `next-${nameOf(place)}` }) }],
    endpointType: [
      {
        says: 'edge-optimised',
        change: set({ endpointType: 'EDGE', certificateArn: certificate(place, 'us-east-1', '4a6e') }),
      },
    ],
    certificateArn: [
      { says: 'a new certificate', change: set({ certificateArn: certificate(place, place.region, '5b7f') }) },
    ],
    securityPolicy: [{ says: 'older clients', change: set({ securityPolicy: 'TLS_1_0' }) }],
    mutualTls: [
      {
        says: 'certificates of clients',
        change: set({ mutualTls: { truststoreUri: 's3://trust/store.pem', truststoreVersion: 'abc' } }),
      },
    ],
    ownershipCertificateArn: [
      { says: 'one', change: set({ ownershipCertificateArn: certificate(place, place.region, '6c80') }) },
    ],
    tags: tagVariations,
  }),
};
