// What the conformance suite knows of a kind: a resource to make, what it needs, and a change for every field.

import type { DesiredNode, Props } from '../../../src/engine/kind.ts';
import type { Fixed, Unsupported } from '../../../src/kinds/coverage.ts';
import { type Owner, type Tags, tagsOf } from '../../../src/kinds/ownership.ts';

/** Where a sample is made: an account, and a stage of its own so that no two cases meet. */
export interface Place {
  readonly account: string;
  readonly region: string;
  readonly partition: string;
  readonly owner: Owner;
}

/** A change of one field; other fields may have to follow it, as a hash follows what it names. */
export interface Variation {
  readonly says: string;
  readonly change: (props: Props) => Props;
  /** Brought first: another version to point at, another API to move to. */
  readonly first?: readonly DesiredNode[];
}

export interface Sample {
  /** Where the kind says of every field of the SDK's inputs where it stands. */
  readonly inputs: Readonly<Record<string, string | readonly string[] | Unsupported | Fixed>>;
  /** Created first, in this order, through their own kinds. */
  parents(place: Place): readonly DesiredNode[];
  node(place: Place): DesiredNode;
  /** Fields that one call changes together: cutting the first of them off stands for the others. */
  readonly alike?: readonly string[];
  /** By field; every mutable and immutable one has at least one. */
  variations(place: Place): Readonly<Record<string, readonly Variation[]>>;
}

/** `conf-s1-orders`. */
export const physical = ({ owner }: Place, logical: string): string => `${owner.project}-${owner.stage}-${logical}`;

/** The node's tags and one of the project's own. */
export const tagged = ({ owner }: Place, node: string): Tags => tagsOf(owner, node, { team: 'checkout' });

/** Sets fields. */
export const set =
  (fields: Props) =>
  (props: Props): Props => ({ ...props, ...fields });

/** The two changes that every kind with tags takes. */
export const tagVariations: readonly Variation[] = [
  { says: 'another value', change: withTags({ team: 'billing' }) },
  { says: 'one more', change: withTags({ 'cost-centre': '4711' }) },
];

function withTags(tags: Tags): (props: Props) => Props {
  return (props) => ({ ...props, tags: { ...(props['tags'] as Tags), ...tags } });
}
