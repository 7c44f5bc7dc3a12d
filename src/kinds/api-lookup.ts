// Finds an API by its node tag among all of the account's: AWS mints ids and allows equal names. A create whose
// answer was lost may have left a second one; the oldest counts, the others are duplicates.

import { nodeOf, type Owner, type Tags } from './ownership.ts';

interface Traits {
  readonly tags: Tags;
  readonly created: Date | undefined;
}

export function foundByTag<Api extends { id?: string | undefined } | { ApiId?: string | undefined }>(
  apis: readonly Api[],
  node: string,
  owner: Owner,
  traitsOf: (api: Api) => Traits,
): { readonly api: Api; readonly duplicates: readonly string[] } | undefined {
  const ours = apis
    .filter((api) => nodeOf(traitsOf(api).tags, owner) === node)
    .sort((a, b) => (traitsOf(a).created?.getTime() ?? 0) - (traitsOf(b).created?.getTime() ?? 0));
  const [api, ...others] = ours;
  return api && { api, duplicates: others.flatMap((other) => idOf(other) ?? []) };
}

const idOf = (api: { id?: string | undefined } | { ApiId?: string | undefined }): string | undefined =>
  'ApiId' in api ? api.ApiId : 'id' in api ? api.id : undefined;
