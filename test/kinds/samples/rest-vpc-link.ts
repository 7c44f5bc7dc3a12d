import { restVpcLinkInputs } from '../../../src/kinds/rest-vpc-link.ts';
import { type Place, physical, type Sample, set, tagged, tagVariations } from './sample.ts';

const balancer = ({ partition, region, account }: Place, name: string): string =>
  `arn:${partition}:elasticloadbalancing:${region}:${account}:loadbalancer/net/${name}/50dc6c495c0c9188`;

export const restVpcLinkSample: Sample = {
  inputs: restVpcLinkInputs,
  parents: () => [],
  node: (place) => ({
    id: 'vpc-link:stock',
    kind: 'rest-vpc-link',
    name: physical(place, 'stock'),
    props: {
      linkName: physical(place, 'stock'),
      targetArn: balancer(place, 'stock'),
      tags: tagged(place, 'vpc-link:stock'),
    },
    dependsOn: [],
  }),
  variations: (place) => ({
    linkName: [{ says: 'another name', change: set({ linkName: physical(place, 'store') }) }],
    targetArn: [{ says: 'another balancer', change: set({ targetArn: balancer(place, 'store') }) }],
    tags: tagVariations,
  }),
};
