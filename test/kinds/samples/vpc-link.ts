import { vpcLinkInputs } from '../../../src/kinds/vpc-link.ts';
import { physical, type Sample, set, tagged, tagVariations } from './sample.ts';

export const vpcLinkSample: Sample = {
  inputs: vpcLinkInputs,
  parents: () => [],
  node: (place) => ({
    id: 'vpc-link:inner',
    kind: 'vpc-link',
    name: physical(place, 'inner'),
    props: {
      linkName: physical(place, 'inner'),
      subnets: ['subnet-0a1b2c3d', 'subnet-1a2b3c4d'],
      securityGroups: ['sg-0a1b2c3d'],
      tags: tagged(place, 'vpc-link:inner'),
    },
    dependsOn: [],
  }),
  variations: (place) => ({
    linkName: [{ says: 'another name', change: set({ linkName: physical(place, 'inside') }) }],
    subnets: [{ says: 'others', change: set({ subnets: ['subnet-2a3b4c5d'] }) }],
    securityGroups: [{ says: 'others', change: set({ securityGroups: ['sg-1a2b3c4d'] }) }],
    tags: tagVariations,
  }),
};
