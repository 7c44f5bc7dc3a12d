// The keys that the language knows at a place, for the hint of an unknown key. Read from the JSON Schema, so that
// there is no second list.

import { projectJsonSchema, type SchemaNode } from './json-schema.ts';
import type { ProjectPath } from './project.ts';

/** The keys allowed in the map at `path`. */
export function knownKeys(path: ProjectPath): readonly string[] {
  let nodes: readonly SchemaNode[] = [projectJsonSchema()];
  for (const step of path) nodes = nodes.flatMap(branches).flatMap((node) => descend(node, step));
  return [...new Set(nodes.flatMap(branches).flatMap((node) => Object.keys((node['properties'] as object) ?? {})))];
}

function descend(node: SchemaNode, step: string | number): readonly SchemaNode[] {
  if (typeof step === 'number') return isSchema(node['items']) ? [node['items']] : [];
  const property = (node['properties'] as Record<string, SchemaNode> | undefined)?.[step];
  if (property !== undefined) return [property];
  return isSchema(node['additionalProperties']) ? [node['additionalProperties']] : [];
}

function branches(node: SchemaNode): readonly SchemaNode[] {
  const any = node['anyOf'];
  return Array.isArray(any) ? any.filter(isSchema).flatMap(branches) : [node];
}

function isSchema(value: unknown): value is SchemaNode {
  return typeof value === 'object' && value !== null;
}
