// The VPC links that apigen makes: those of `vpcLinks:` that a route uses.

import type { DesiredNode } from '../../../engine/kind.ts';
import { type GraphInput, nodeTags, placeOf } from './graph-input.ts';
import { functionName } from './names.ts';
import { vpcLinkNodeId } from './vpc-link-id.ts';

export function vpcLinkNodes(input: GraphInput): readonly DesiredNode[] {
  const used = new Set(
    [...input.definitions.values()].flatMap(({ routes }) =>
      routes.flatMap(({ integration }) => ('vpcLink' in integration ? (integration.vpcLink ?? []) : [])),
    ),
  );
  return Object.values(input.project.vpcLinks ?? {}).flatMap((link): DesiredNode[] => {
    if (link.type === 'existing' || !used.has(link.name)) return [];
    const id = vpcLinkNodeId(link.name);
    const name = functionName(placeOf(input), link.name);
    const common = { linkName: name, tags: nodeTags(input, id) };
    if (link.type === 'rest') {
      return [{ id, kind: 'rest-vpc-link', name, props: { ...common, targetArn: link.targetArn }, dependsOn: [] }];
    }
    const { subnets, securityGroups } = link;
    const props = { ...common, subnets: [...subnets].sort(), securityGroups: [...securityGroups].sort() };
    return [{ id, kind: 'vpc-link', name, props, dependsOn: [] }];
  });
}
