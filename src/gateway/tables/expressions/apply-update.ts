// What an item is after an update. Every operand is read from the item as it was; indexes of lists are those of before,
// and what is set beyond a list's end is appended in the order of the indexes.

import type { AttributeValue, Item } from '../dynalite.ts';
import { validationFault } from '../fault.ts';
import { sum } from './decimal.ts';
import { valueAt } from './paths.ts';
import { type NewValue, typeOf, type UpdateAction } from './syntax.ts';

const WRONG_TYPE = 'An operand in the update expression has an incorrect data type';
const NO_SUCH_PATH = 'The document path provided in the update expression is invalid for update';

/** @throws `ValidationException` for operands that are missing or do not fit */
export function applyUpdate(item: Item, actions: readonly UpdateAction[]): Item {
  const changes = actions.map((action) => ({ path: action.path, value: newValue(action, item) }));
  const root = mutable({ M: item });
  for (const { path, value } of changes) {
    const parent = parentOf(root, path);
    const last = path[path.length - 1];
    if (typeof last === 'number') writeMember(parent.L, last, value);
    else if (parent.M === undefined || last === undefined) throw validationFault(NO_SUCH_PATH);
    else if (value === undefined) parent.M.delete(last);
    else parent.M.set(last, mutable(value));
  }
  return settled(root)['M'] as Item;
}

/** `undefined`: the attribute goes. */
function newValue(action: UpdateAction, item: Item): AttributeValue | undefined {
  if (action.type === 'remove') return undefined;
  if (action.type === 'set') return resolved(action.to, item);
  const present = valueAt(item, action.path);
  const type = typeOf(action.value);
  if (present !== undefined && typeOf(present) !== type) throw validationFault(WRONG_TYPE);
  if (type === 'N') return { N: sum(String(present?.['N'] ?? '0'), '+', String(action.value['N'])) };
  const given = action.value[type] as readonly unknown[];
  const members = (present?.[type] ?? []) as readonly unknown[];
  if (action.type === 'add') return { [type]: [...members, ...given.filter((member) => !members.includes(member))] };
  const left = members.filter((member) => !given.includes(member));
  return left.length === 0 ? undefined : { [type]: left };
}

function resolved(value: NewValue, item: Item): AttributeValue {
  if (value.type === 'value') return value.value;
  if (value.type === 'if_not_exists') return valueAt(item, value.path) ?? resolved(value.otherwise, item);
  if (value.type === 'path') {
    const found = valueAt(item, value.path);
    if (found === undefined) {
      throw validationFault('The provided expression refers to an attribute that does not exist in the item');
    }
    return found;
  }
  const [left, right] = [resolved(value.left, item), resolved(value.right, item)];
  const type = value.type === 'list_append' ? 'L' : 'N';
  if (left[type] === undefined || right[type] === undefined) throw validationFault(WRONG_TYPE);
  if (value.type !== 'list_append') return { N: sum(String(left['N']), value.type, String(right['N'])) };
  return { L: [...(left['L'] as readonly unknown[]), ...(right['L'] as readonly unknown[])] };
}

/** A value that is being changed: a list is held by the indexes of before, with gaps. */
interface Mutable {
  readonly M?: Map<string, Mutable>;
  readonly L?: { readonly length: number; readonly members: Map<number, Mutable> };
  readonly other?: AttributeValue;
}

function mutable(value: AttributeValue): Mutable {
  if (value['M'] !== undefined) {
    return { M: new Map(Object.entries(value['M'] as Item).map(([name, member]) => [name, mutable(member)])) };
  }
  if (value['L'] === undefined) return { other: value };
  const members = value['L'] as readonly AttributeValue[];
  return { L: { length: members.length, members: new Map(members.map((member, index) => [index, mutable(member)])) } };
}

function settled({ M, L, other }: Mutable): AttributeValue {
  if (M !== undefined) return { M: Object.fromEntries([...M].map(([name, member]) => [name, settled(member)])) };
  if (L === undefined) return other ?? {};
  return { L: [...L.members].sort(([a], [b]) => a - b).map(([, member]) => settled(member)) };
}

function parentOf(root: Mutable, path: readonly (string | number)[]): Mutable {
  let parent: Mutable | undefined = root;
  for (const piece of path.slice(0, -1)) {
    parent = typeof piece === 'number' ? parent?.L?.members.get(piece) : parent?.M?.get(piece);
  }
  if (parent === undefined) throw validationFault(NO_SUCH_PATH);
  return parent;
}

function writeMember(list: Mutable['L'], index: number, value: AttributeValue | undefined): void {
  if (list === undefined) throw validationFault(NO_SUCH_PATH);
  if (value === undefined) list.members.delete(index);
  else list.members.set(index, mutable(value));
}
