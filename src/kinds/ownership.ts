// Whose a resource is: the tags that every resource carries, and how they are told from others' tags.

export interface Owner {
  readonly project: string;
  readonly stage: string;
}

export type Tags = Readonly<Record<string, string>>;

export const ownerTagKeys = { project: 'apigen:project', stage: 'apigen:stage', node: 'apigen:node' } as const;

/** The tags of one node: apigen's own and the project's. */
export function tagsOf(owner: Owner, node: string, projectTags: Tags): Tags {
  return {
    ...projectTags,
    [ownerTagKeys.project]: owner.project,
    [ownerTagKeys.stage]: owner.stage,
    [ownerTagKeys.node]: node,
  };
}

/** What the engine wants to know of a live resource's tags. */
export function ownership(tags: Tags, owner: Owner): { readonly owned: boolean; readonly owner?: string } {
  const project = tags[ownerTagKeys.project];
  const stage = tags[ownerTagKeys.stage];
  if (project === owner.project && stage === owner.stage) return { owned: true };
  return project === undefined
    ? { owned: false }
    : { owned: false, owner: `apigen project ${project}, stage ${stage ?? 'unknown'}` };
}

/** The node that a found resource says it is; undefined when it is not this owner's. */
export function nodeOf(tags: Tags, owner: Owner): string | undefined {
  return ownership(tags, owner).owned ? tags[ownerTagKeys.node] : undefined;
}

/**
 * Live tags as far as they are managed: the desired keys. Tags that others add (an organisation's cost allocation)
 * are neither drift nor removed.
 */
export function managedTags(live: Tags, desired: unknown): Tags {
  const keys = typeof desired === 'object' && desired !== null ? Object.keys(desired) : Object.values(ownerTagKeys);
  return Object.fromEntries(keys.flatMap((key) => (live[key] === undefined ? [] : [[key, live[key]]])));
}

/** `[{ Key, Value }]` as DynamoDB and IAM want it. */
export const tagList = (tags: Tags): { Key: string; Value: string }[] =>
  Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));

export const tagMap = (
  tags: readonly { readonly Key?: string | undefined; readonly Value?: string | undefined }[] | undefined,
): Tags =>
  Object.fromEntries((tags ?? []).flatMap(({ Key, Value }) => (Key === undefined ? [] : [[Key, Value ?? '']])));

/** Tags to add or change so that live carries all desired ones. */
export function missingTags(live: Tags, desired: Tags): Tags {
  return Object.fromEntries(Object.entries(desired).filter(([key, value]) => live[key] !== value));
}
