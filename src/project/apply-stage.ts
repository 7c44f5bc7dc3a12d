// A stage's overlay laid over the base: maps merge, lists replace, null removes. Short forms count as the map they
// stand for, so that `Order: src/models/order.ts` may be overlaid with `Order: { backups: continuous }`.

import type { Located, LocatedEntry, LocatedMap } from './located.ts';
import type { ProjectPath } from './project.ts';

/** Where a bare string stands for a map with one key; `*` is any key. */
const SHORT_FORMS: readonly { readonly path: ProjectPath; readonly key: string }[] = [
  { path: ['models', '*'], key: 'file' },
  { path: ['functions', '*'], key: 'handler' },
  { path: ['topics', '*'], key: 'arn' },
  { path: ['queues', '*'], key: 'arn' },
  { path: ['apis', '*', 'routes', '*'], key: 'handler' },
];

export interface Applied {
  readonly root: LocatedMap;
  /** Paths of the base that the overlay removes with null but that do not exist. */
  readonly removesNothing: readonly ProjectPath[];
}

/** The base with the overlay's entries; `stages` and the stage's own settings are left to the caller. */
export function applyStage(base: LocatedMap, overlay: LocatedMap): Applied {
  const removesNothing: ProjectPath[] = [];
  const root = mergeMaps(base, overlay, [], removesNothing);
  return { root, removesNothing };
}

/** Sections of the file that may stand empty (`models:` with nothing below it). */
const SECTIONS = [
  ...['tags', 'defaults', 'models', 'topics', 'queues', 'vpcLinks'],
  ...['functions', 'auth', 'apis', 'stages'],
];

/** The map that a value stands for: itself, a short form's expansion, or for an empty section an empty map. */
export function expandShortForms(node: Located, path: ProjectPath = []): Located {
  const key = shortFormKey(path);
  if (key !== undefined && node.kind === 'scalar' && typeof node.value === 'string') return expand(node, key);
  if (node.kind === 'scalar' && node.value === null && isSection(path)) {
    return { kind: 'map', at: node.at, entries: new Map() };
  }
  if (node.kind !== 'map' || path.length >= 4) return node;
  const entries = new Map<string, LocatedEntry>();
  for (const [name, entry] of node.entries) {
    entries.set(name, { keyAt: entry.keyAt, node: expandShortForms(entry.node, [...path, name]) });
  }
  return { ...node, entries };
}

function mergeMaps(
  base: LocatedMap,
  overlay: LocatedMap,
  path: ProjectPath,
  removesNothing: ProjectPath[],
): LocatedMap {
  const entries = new Map(base.entries);
  for (const [name, over] of overlay.entries) {
    const here = [...path, name];
    const under = entries.get(name);
    if (over.node.kind === 'scalar' && over.node.value === null) {
      if (!entries.delete(name)) removesNothing.push(here);
      continue;
    }
    const overMap = asMap(over.node, here);
    const underMap = under === undefined ? undefined : asMap(under.node, here);
    if (overMap === undefined) entries.set(name, over);
    else {
      // Also merged over nothing, so that a null inside it is dropped and reported.
      const merged = mergeMaps(underMap ?? { ...overMap, entries: new Map() }, overMap, here, removesNothing);
      entries.set(name, { keyAt: over.keyAt, node: merged });
    }
  }
  return { kind: 'map', at: base.at, entries };
}

function asMap(node: Located, path: ProjectPath): LocatedMap | undefined {
  if (node.kind === 'map') return node;
  const key = shortFormKey(path);
  return key !== undefined && node.kind === 'scalar' && typeof node.value === 'string' ? expand(node, key) : undefined;
}

function expand(node: Located, key: string): LocatedMap {
  return { kind: 'map', at: node.at, entries: new Map([[key, { keyAt: node.at, node }]]) };
}

function isSection(path: ProjectPath): boolean {
  if (path.length === 1) return SECTIONS.some((section) => section === path[0]);
  return path.length === 3 && path[0] === 'apis' && path[2] === 'routes';
}

function shortFormKey(path: ProjectPath): string | undefined {
  const found = SHORT_FORMS.find(
    (form) =>
      form.path.length === path.length && form.path.every((step, index) => step === '*' || step === path[index]),
  );
  return found?.key;
}
