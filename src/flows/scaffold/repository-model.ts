// What a repository's templates need to know of a model: its keys, its indexes, and its attributes with their types.

import type { AttributeSpec, ValueSpec } from '../../models/attribute-spec.ts';
import { type Attribute, typeOf } from './model-attributes.ts';
import { plural } from './words.ts';

export interface KeyPart {
  readonly name: string;
  /** Index keys alone may be missing in an item. */
  readonly required: boolean;
  readonly value: ValueSpec;
}

/** A text that can begin in any way. */
export const isText = ({ value }: KeyPart): boolean => value.type.kind === 'string' && value.enum === undefined;

export interface Key {
  readonly hash: KeyPart;
  readonly range: KeyPart | undefined;
}

export interface IndexKey extends Key {
  readonly name: string;
  /** It holds all attributes of an item. */
  readonly isWhole: boolean;
}

export interface RepositoryModel {
  /** As apigen.yml names it: `Order`. */
  readonly name: string;
  /** Relative to the root: `src/models/order.ts`. */
  readonly file: string;
  /** The name of the exported type of its items. */
  readonly itemType: string;
  readonly key: Key;
  readonly indexes: readonly IndexKey[];
  /** All that a new item may be given. */
  readonly attributes: readonly AttributeSpec[];
  /** What Dynamoose writes on every save: `createdAt`. */
  readonly written: readonly string[];
  /** What the model fills in where a new item says nothing. */
  readonly filled: readonly string[];
  /** It counts the changes of its items in `version`. */
  readonly isVersioned: boolean;
}

/** A function of the repository that lists by a key. */
export interface ListFunction extends Key {
  /** `listOrdersByStatus` */
  readonly name: string;
  /** The index it reads; undefined for the table itself. */
  readonly index: string | undefined;
  readonly isWhole: boolean;
}

/** What lists by a key: the table's own where it has a sort key, and each index. */
export function listFunctions({ name, key, indexes }: RepositoryModel): readonly ListFunction[] {
  const base = `list${plural(name)}`;
  const taken = new Set([base]);
  const byIndex = indexes.map((index) => {
    const words = pascal(index.name);
    const wished = `${base}${/^By[A-Z]/.test(words) ? words : `By${words}`}`;
    let free = wished;
    for (let count = 2; taken.has(free); count += 1) free = `${wished}${count}`;
    taken.add(free);
    return { ...index, name: free, index: index.name };
  });
  return key.range === undefined ? byIndex : [{ ...key, name: base, index: undefined, isWhole: true }, ...byIndex];
}

/** Of a model that is about to be written. */
export function newRepositoryModel(
  name: string,
  file: string,
  attributes: readonly Attribute[],
  { timestamps }: { readonly timestamps: boolean },
): RepositoryModel {
  const part = (wanted: string | undefined): KeyPart | undefined => {
    const found = attributes.find((attribute) => attribute.name === wanted);
    return found && { name: found.name, required: found.role !== 'optional', value: typeOf(found) };
  };
  const nameOf = (role: Attribute['role']) => attributes.find((attribute) => attribute.role === role)?.name;
  const hash = part(nameOf('hashKey'));
  if (hash === undefined) throw new TypeError(`${name} has no key`);
  return {
    name,
    file,
    itemType: `${name}Item`,
    key: { hash, range: part(nameOf('rangeKey')) },
    indexes: attributes.flatMap((attribute) =>
      (attribute.indexes ?? []).flatMap((index) => {
        const first = part(attribute.name);
        return first ? [{ hash: first, range: part(index.rangeKey), name: index.name, isWhole: true }] : [];
      }),
    ),
    attributes: attributes
      .filter(({ role }) => role !== 'version')
      .map((attribute) => ({
        name: attribute.name,
        values: [typeOf(attribute)],
        required: attribute.role !== 'optional',
      })),
    written: timestamps ? ['createdAt', 'updatedAt'] : [],
    filled: [],
    isVersioned: true,
  };
}

function pascal(name: string): string {
  return name
    .split(/[^A-Za-z\d]+/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
}
