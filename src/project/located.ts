// A YAML value that knows where each of its parts stands. Overlays are merged on these trees, so that a value of
// the result still names the line it came from, whether that is the base or a stage.

import type { ProjectPath } from './project.ts';

/** An offset into the text of apigen.yml, from 0. */
export type Offset = number;

export type Located = LocatedScalar | LocatedMap | LocatedList;

export interface LocatedScalar {
  readonly kind: 'scalar';
  readonly at: Offset;
  readonly value: string | number | boolean | null;
  /** As written, without quotes: `012`, `1.10`. */
  readonly source: string;
}

export interface LocatedMap {
  readonly kind: 'map';
  readonly at: Offset;
  readonly entries: ReadonlyMap<string, LocatedEntry>;
}

export interface LocatedList {
  readonly kind: 'list';
  readonly at: Offset;
  readonly items: readonly Located[];
}

export interface LocatedEntry {
  /** Where the key stands. */
  readonly keyAt: Offset;
  readonly node: Located;
}

/** The value at a path, or `undefined` where there is none. */
export function locate(root: Located, path: ProjectPath): Located | undefined {
  let node: Located | undefined = root;
  for (const step of path) node = node === undefined ? undefined : child(node, step)?.node;
  return node;
}

/**
 * Where a person should look for `path`: the value itself when it is a scalar, the key of a map or list, and the
 * nearest parent where the path is not in the file.
 */
export function offsetOf(root: Located, path: ProjectPath): Offset {
  let at = root.at;
  let node = root;
  for (const step of path) {
    const found = child(node, step);
    if (found === undefined) break;
    node = found.node;
    at = node.kind === 'scalar' && node.value !== null ? node.at : found.keyAt;
  }
  return at;
}

/** Where the key at the end of `path` stands. */
export function keyOffsetOf(root: Located, path: ProjectPath): Offset {
  const key = path.at(-1);
  const parent = locate(root, path.slice(0, -1));
  const found = parent === undefined || key === undefined ? undefined : child(parent, key);
  return found?.keyAt ?? offsetOf(root, path);
}

/** The plain value, as a schema takes it. */
export function toPlain(node: Located): unknown {
  if (node.kind === 'scalar') return node.value;
  if (node.kind === 'list') return node.items.map(toPlain);
  const plain: Record<string, unknown> = {};
  for (const [key, entry] of node.entries) plain[key] = toPlain(entry.node);
  return plain;
}

function child(node: Located, step: string | number): LocatedEntry | undefined {
  if (node.kind === 'map') return node.entries.get(String(step));
  if (node.kind === 'list') {
    const item = node.items[Number(step)];
    return item === undefined ? undefined : { keyAt: item.at, node: item };
  }
  return undefined;
}
