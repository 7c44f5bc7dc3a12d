// What a repository's templates need to know of a model: its keys, its indexes, and its attributes with their types.

import type { AttributeSpec, ValueSpec } from '../../models/attribute-spec.ts';
import { type Attribute, typeOf } from './model-attributes.ts';

export interface KeyPart {
  readonly name: string;
  /** Index keys alone may be missing in an item. */
  readonly required: boolean;
  readonly value: ValueSpec;
}

export interface Key {
  readonly hash: KeyPart;
  readonly range: KeyPart | undefined;
}

export interface RepositoryModel {
  /** As apigen.yml names it: `Order`. */
  readonly name: string;
  /** Relative to the root: `src/models/order.ts`. */
  readonly file: string;
  /** The name of the exported type of its items. */
  readonly itemType: string;
  readonly key: Key;
  readonly indexes: readonly (Key & { readonly name: string })[];
  /** All that a new item may be given: neither the version nor what Dynamoose writes. */
  readonly attributes: readonly AttributeSpec[];
  /** What Dynamoose writes: `createdAt`. */
  readonly timestamps: readonly string[];
}

/** Of a model that is about to be written. */
export function newRepositoryModel(
  name: string,
  file: string,
  attributes: readonly Attribute[],
  { timestamps }: { readonly timestamps: boolean },
): RepositoryModel {
  const part = (wanted: string): KeyPart[] =>
    attributes
      .filter((attribute) => attribute.name === wanted)
      .map((attribute) => ({
        name: wanted,
        required: attribute.role !== 'optional',
        value: typeOf(attribute),
      }));
  const key = (hash: string | undefined, range: string | undefined): Key[] => {
    const [hashPart] = hash === undefined ? [] : part(hash);
    const [rangePart] = range === undefined ? [] : part(range);
    return hashPart === undefined ? [] : [{ hash: hashPart, range: rangePart }];
  };
  const nameOf = (role: Attribute['role']) => attributes.find((attribute) => attribute.role === role)?.name;
  const [own] = key(nameOf('hashKey'), nameOf('rangeKey'));
  if (own === undefined) throw new TypeError(`${name} has no key`);
  return {
    name,
    file,
    itemType: `${name}Item`,
    key: own,
    indexes: attributes.flatMap(({ name: hash, indexes = [] }) =>
      indexes.flatMap((index) => key(hash, index.rangeKey).map((parts) => ({ ...parts, name: index.name }))),
    ),
    attributes: attributes
      .filter(({ role }) => role !== 'version')
      .map((attribute) => ({
        name: attribute.name,
        values: [typeOf(attribute)],
        required: attribute.role !== 'optional',
      })),
    timestamps: timestamps ? ['createdAt', 'updatedAt'] : [],
  };
}
