// Values at paths of an item, and the part of an item that some paths pick.

import type { AttributeValue, Item } from '../dynalite.ts';
import type { Path } from './syntax.ts';

export function valueAt(item: Item, path: Path): AttributeValue | undefined {
  let value: AttributeValue | undefined = { M: item };
  for (const piece of path) {
    if (value === undefined) return undefined;
    value = memberOf(value, piece);
  }
  return value;
}

/** The values at `paths` where they stand in the item; members of lists move up into the gaps. */
export function pick(item: Item, paths: readonly Path[]): Item {
  const picked: Picked = { children: new Map() };
  for (const path of paths) {
    const value = valueAt(item, path);
    if (value === undefined) continue;
    let at = picked;
    for (const piece of path) {
      const next: Picked = at.children.get(piece) ?? { children: new Map() };
      at.children.set(piece, next);
      at = next;
    }
    at.value = value;
  }
  return (built(picked)['M'] ?? {}) as Item;
}

interface Picked {
  value?: AttributeValue;
  readonly children: Map<string | number, Picked>;
}

function built({ value, children }: Picked): AttributeValue {
  if (value !== undefined) return value;
  const members = [...children];
  if (!members.some(([piece]) => typeof piece === 'number')) {
    return { M: Object.fromEntries(members.map(([piece, child]) => [piece, built(child)])) };
  }
  return { L: members.sort(([a], [b]) => Number(a) - Number(b)).map(([, child]) => built(child)) };
}

function memberOf(value: AttributeValue, piece: string | number): AttributeValue | undefined {
  if (typeof piece === 'number') return (value['L'] as readonly AttributeValue[] | undefined)?.[piece];
  const map = value['M'] as Readonly<Record<string, AttributeValue>> | undefined;
  return map !== undefined && Object.hasOwn(map, piece) ? map[piece] : undefined;
}
