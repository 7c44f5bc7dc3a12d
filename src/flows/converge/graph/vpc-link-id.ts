// The id of a VPC link that an integration goes through: of one that exists, or of the node that makes it.

import type { Json, NodeId } from '../../../engine/kind.ts';
import { ref } from '../../../engine/references.ts';
import type { GraphInput } from './graph-input.ts';

export const vpcLinkNodeId = (name: string): NodeId => `vpc-link:${name}`;

/** @param name a key under `vpcLinks:` */
export function vpcLinkId({ project }: GraphInput, name: string): Json {
  const link = project.vpcLinks?.[name];
  return link?.type === 'existing' ? link.id : ref(vpcLinkNodeId(name), 'vpcLinkId');
}
