// The published versions of a function, oldest first, with the hash that each carries as its description, and the
// configuration that it froze.

import {
  DeleteFunctionCommand,
  type FunctionConfiguration,
  ListVersionsByFunctionCommand,
} from '@aws-sdk/client-lambda';
import type { Aws } from '../aws/aws.ts';
import { isNotFound } from '../aws/is-not-found.ts';
import { equal } from '../engine/compare.ts';
import type { Json } from '../engine/kind.ts';
import { ApigenError } from '../errors.ts';
import { frozen, publicationIn, publicationPrefix } from './lambda-function-props.ts';

export interface PublishedVersion {
  readonly version: string;
  readonly publication: string;
  readonly configuration: FunctionConfiguration;
}

export const publishedVersions = async (aws: Aws, FunctionName: string): Promise<readonly PublishedVersion[]> =>
  (await versionsOf(aws, FunctionName)).published;

/** What is published, and what is not yet: `$LATEST`. */
export async function versionsOf(
  aws: Aws,
  FunctionName: string,
): Promise<{ readonly published: readonly PublishedVersion[]; readonly latest: FunctionConfiguration | undefined }> {
  const versions: PublishedVersion[] = [];
  let latest: FunctionConfiguration | undefined;
  let Marker: string | undefined;
  do {
    const page = await aws.lambda.send(new ListVersionsByFunctionCommand({ FunctionName, ...(Marker && { Marker }) }));
    for (const configuration of page.Versions ?? []) {
      const { Version = '', Description = '' } = configuration;
      if (Version === '$LATEST') latest = configuration;
      else versions.push({ version: Version, publication: publicationIn(Description), configuration });
    }
    Marker = page.NextMarker;
  } while (Marker);
  return { published: versions.sort((a, b) => Number(a.version) - Number(b.version)), latest };
}

/**
 * `$LATEST` serves nobody, and API versions take turns with it: as long as it is what a version of ours says, nobody
 * has changed it by hand, and the wanted version is what counts.
 */
export function isUntouched(latest: FunctionConfiguration, versions: readonly PublishedVersion[]): boolean {
  const now = frozen(latest) as unknown as Json;
  return versions.some(
    ({ publication, configuration }) =>
      publication.startsWith(publicationPrefix) && equal(frozen(configuration) as unknown as Json, now),
  );
}

/** Deletes one version; Lambda refuses one that an alias points at, which is then in use and stays. */
export async function deleteVersion(aws: Aws, FunctionName: string, Qualifier: string): Promise<void> {
  try {
    await aws.lambda.send(new DeleteFunctionCommand({ FunctionName, Qualifier }));
  } catch (error) {
    const inUse = error instanceof ApigenError && error.aws?.name === 'ResourceConflictException';
    if (!inUse && !isNotFound(error)) throw error;
  }
}
