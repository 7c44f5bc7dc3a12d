// What a REST API's definition holds beside its methods: authorizers, request validators, models, gateway responses.
// Each part lists its children, puts one and removes one; what all of them have in common stands here. Children
// cannot carry tags: a part knows its own by a mark in the name or the description.

import type { Aws } from '../aws/aws.ts';
import { isNotFound } from '../aws/is-not-found.ts';
import { equal } from '../engine/compare.ts';
import { type Json, KindFaultError } from '../engine/kind.ts';

/** One child as it is. */
export interface LiveChild<Item> {
  /** What AWS knows it by: the id it minted, or its name. */
  readonly id: string;
  /** The name in the definition; of somebody else's child, AWS's own name of it. */
  readonly name: string;
  /** Whether it carries the mark of what apigen makes. */
  readonly ours: boolean;
  readonly item: Item;
}

export interface RestPart<Item> {
  /** As a person calls one: `authorizer`. */
  readonly title: string;
  list(aws: Aws, restApiId: string): Promise<readonly LiveChild<Item>[]>;
  /** Brings one to what it should be, whatever it was. */
  put(aws: Aws, at: ChildAddress, item: Item, live: LiveChild<Item> | undefined): Promise<void>;
  remove(aws: Aws, restApiId: string, live: LiveChild<Item>): Promise<void>;
}

export interface ChildAddress {
  readonly restApiId: string;
  /** The name in the definition. */
  readonly name: string;
}

export type Items<Item> = Readonly<Record<string, Item>>;

/** Ours, or what a declared child without a mark is called in AWS too (a model). */
const isManaged = <Item>({ id, name, ours }: LiveChild<Item>, wanted: Items<Item>): boolean =>
  ours || (id === name && name in wanted);

/** Children by name, as far as they are ours or declared. */
export function managedItems<Item>(live: readonly LiveChild<Item>[], wanted: Items<Item>): Record<string, Item> {
  const managed = live.filter((child) => isManaged(child, wanted));
  return Object.fromEntries(managed.map(({ name, item }) => [name, item]));
}

/** `authorizer legacy` for each child that somebody else added. */
export function strangers<Item>(
  part: RestPart<Item>,
  live: readonly LiveChild<Item>[],
  wanted: Items<Item>,
): readonly string[] {
  return live.flatMap((child) => (isManaged(child, wanted) ? [] : [`${part.title} ${child.name}`]));
}

/** Puts what differs. A creation that meets its thing was an answer lost a moment ago: it is put again as it is now. */
export async function putItems<Item>(
  aws: Aws,
  restApiId: string,
  part: RestPart<Item>,
  live: readonly LiveChild<Item>[],
  wanted: Items<Item>,
): Promise<void> {
  for (const [name, item] of Object.entries(wanted)) {
    const isIt = (child: LiveChild<Item>): boolean => child.name === name && isManaged(child, wanted);
    const now = live.find(isIt);
    if (now?.ours && equal(now.item as Json, item as Json)) continue;
    const at = { restApiId, name };
    try {
      await part.put(aws, at, item, now);
    } catch (error) {
      if (!(error instanceof KindFaultError)) throw error;
      const found = (await part.list(aws, restApiId)).find(isIt);
      if (!found) throw error;
      await part.put(aws, at, item, found);
    }
  }
}

/** Removes ours that left the source, and second ones of a name, when nothing refers to them any more. */
export async function clearItems<Item>(
  aws: Aws,
  restApiId: string,
  part: RestPart<Item>,
  live: readonly LiveChild<Item>[],
  wanted: Items<Item>,
): Promise<void> {
  for (const child of live) {
    if (!child.ours) continue;
    const first = live.find((other) => other.ours && other.name === child.name);
    if (child.name in wanted && first === child) continue;
    try {
      await part.remove(aws, restApiId, child);
    } catch (error) {
      if (!isNotFound(error)) throw error;
    }
  }
}

/** All pages of a listing. */
export async function everyPage<Item>(
  page: (position: {
    readonly position?: string;
  }) => Promise<{ items?: Item[] | undefined; position?: string | undefined }>,
): Promise<readonly Item[]> {
  const all: Item[] = [];
  let position: string | undefined;
  do {
    const { items = [], position: next } = await page(position === undefined ? {} : { position });
    all.push(...items);
    position = next;
  } while (position);
  return all;
}

/** The mark in the name of what apigen makes where names are free. */
const mark = 'apigen-';

export const markedName = (name: string): string => `${mark}${name}`;

/** A child's name in the definition, and whether it carries the mark. */
export const unmarked = (awsName: string): { readonly name: string; readonly ours: boolean } =>
  awsName.startsWith(mark) ? { name: awsName.slice(mark.length), ours: true } : { name: awsName, ours: false };
