// The desired graph: nodes by id, edges checked, an order in which each node follows what it needs.

import { ApigenError } from '../errors.ts';
import type { DesiredNode, NodeId } from './kind.ts';
import { dependenciesOf } from './references.ts';

export type Graph = ReadonlyMap<NodeId, DesiredNode>;

/**
 * Checks ids and edges and orders the nodes, dependencies first.
 * @throws ApigenError `GRAPH_BROKEN` for a double id, an unknown dependency or a cycle: a mistake in the graph's
 * builder, never in a project.
 */
export function buildGraph(nodes: readonly DesiredNode[]): Graph {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  if (byId.size !== nodes.length) {
    const seen = new Set<NodeId>();
    const double = nodes.find((node) => seen.size === seen.add(node.id).size);
    throw broken(`two nodes are called ${double?.id}`);
  }
  const ordered = new Map<NodeId, DesiredNode>();
  const visiting = new Set<NodeId>();
  const visit = (node: DesiredNode, trail: readonly NodeId[]): void => {
    if (ordered.has(node.id)) return;
    if (visiting.has(node.id)) throw broken(`a cycle: ${[...trail, node.id].join(' → ')}`);
    visiting.add(node.id);
    for (const id of dependenciesOf(node)) {
      const dependency = byId.get(id);
      if (!dependency) throw broken(`${node.id} needs ${id}, which is not in the graph`);
      visit(dependency, [...trail, node.id]);
    }
    ordered.set(node.id, node);
  };
  for (const node of nodes) visit(node, []);
  return ordered;
}

const broken = (detail: string): ApigenError =>
  new ApigenError({ code: 'GRAPH_BROKEN', summary: 'The resource graph is inconsistent', detail });
