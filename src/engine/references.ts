// References between nodes: values that AWS mints for one node and another node's props need.

import { hashOf } from './compare.ts';
import type { DesiredNode, Json, NodeId, Outputs, Props, Ref } from './kind.ts';

const isRef = (value: unknown): value is Ref =>
  typeof value === 'object' && value !== null && '$ref' in value && 'output' in value;

/** Makes a reference that props may hold anywhere. */
export function ref(node: NodeId, output: string): Ref & { readonly [key: string]: Json } {
  return { $ref: node, output };
}

interface Hashed {
  readonly $hash: Json;
  readonly prefix: string;
}

const isHashed = (value: unknown): value is Hashed =>
  typeof value === 'object' && value !== null && '$hash' in value && 'prefix' in value;

/** A text that names content by its hash where the content holds references: known as soon as they are. */
export function hashed(prefix: string, value: Json): Hashed & { readonly [key: string]: Json } {
  return { $hash: value, prefix };
}

/** The nodes that a value refers to. */
export function referencedNodes(value: Json | undefined): readonly NodeId[] {
  if (isRef(value)) return [value.$ref];
  if (Array.isArray(value)) return value.flatMap((item: Json) => referencedNodes(item));
  if (typeof value === 'object' && value !== null) return Object.values(value).flatMap(referencedNodes);
  return [];
}

/** All nodes that must stand before this one: said and referred to. */
export function dependenciesOf(node: DesiredNode): readonly NodeId[] {
  return [...new Set([...node.dependsOn, ...referencedNodes(node.props)])];
}

/** What a resource is called that stands only until its successor serves: `http-api:public~a1b2c3`. */
export const outgoingId = (id: NodeId, physicalId: string): NodeId => `${id}~${physicalId}`;

export const isOutgoing = (id: NodeId): boolean => id.includes('~');

/** Marks a reference whose node has no outputs yet; shown as "known after apply". */
export const unresolved = Symbol('unresolved');

/**
 * Props with references replaced by outputs, or {@link unresolved} when a node they refer to does not exist yet.
 */
export function resolveProps(props: Props, outputsOf: (id: NodeId) => Outputs | undefined): Props | typeof unresolved {
  let complete = true;
  const resolve = (value: Json | undefined): Json | undefined => {
    if (isRef(value)) {
      const output = outputsOf(value.$ref)?.[value.output];
      if (output === undefined) complete = false;
      return output;
    }
    if (isHashed(value)) return value.prefix + hashOf(resolve(value.$hash));
    if (Array.isArray(value)) return value.map((item: Json) => resolve(item) ?? null);
    if (typeof value === 'object' && value !== null) {
      return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, resolve(item)]));
    }
    return value;
  };
  const resolved = Object.fromEntries(Object.entries(props).map(([field, value]) => [field, resolve(value)]));
  return complete ? resolved : unresolved;
}
