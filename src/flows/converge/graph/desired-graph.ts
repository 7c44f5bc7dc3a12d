// Api definitions, tables and built functions → the desired graph.

import { buildGraph, type Graph } from '../../../engine/graph.ts';
import { alarmNodes } from './alarm-nodes.ts';
import { apiNodes } from './api-nodes.ts';
import { domainNodes } from './domain-nodes.ts';
import { functionNodes } from './function-nodes.ts';
import type { GraphInput } from './graph-input.ts';
import { neighbourNodes } from './neighbour-nodes.ts';
import { apiRoleNodes } from './roles.ts';
import { tableNodes } from './table-nodes.ts';
import { triggerNodes } from './trigger-nodes.ts';
import { vpcLinkNodes } from './vpc-link-nodes.ts';

export function desiredGraph(input: GraphInput): Graph {
  return buildGraph([
    ...tableNodes(input),
    ...neighbourNodes(input),
    ...functionNodes(input),
    ...triggerNodes(input),
    ...apiRoleNodes(input),
    ...vpcLinkNodes(input),
    ...apiNodes(input),
    ...alarmNodes(input),
    ...domainNodes(input),
  ]);
}
