// The published versions of a function, oldest first, with the hash that each carries as its description, and the
// configuration that it froze.

import {
  DeleteFunctionCommand,
  type FunctionConfiguration,
  ListVersionsByFunctionCommand,
} from '@aws-sdk/client-lambda';
import type { Aws } from '../aws/aws.ts';
import { isNotFound } from '../aws/is-not-found.ts';
import { ApigenError } from '../errors.ts';
import { publicationIn } from './lambda-function-props.ts';

export interface PublishedVersion {
  readonly version: string;
  readonly publication: string;
  readonly configuration: FunctionConfiguration;
}

export async function publishedVersions(aws: Aws, FunctionName: string): Promise<readonly PublishedVersion[]> {
  const versions: PublishedVersion[] = [];
  let Marker: string | undefined;
  do {
    const page = await aws.lambda.send(new ListVersionsByFunctionCommand({ FunctionName, ...(Marker && { Marker }) }));
    for (const configuration of page.Versions ?? []) {
      const { Version = '', Description = '' } = configuration;
      if (Version !== '$LATEST')
        versions.push({ version: Version, publication: publicationIn(Description), configuration });
    }
    Marker = page.NextMarker;
  } while (Marker);
  return versions.sort((a, b) => Number(a.version) - Number(b.version));
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
