// Which credentials are given to the SDK rather than found by it.

import type { LambdaClientConfig } from '@aws-sdk/client-lambda';

export type StaticCredentials = Extract<
  NonNullable<LambdaClientConfig['credentials']>,
  { readonly accessKeyId: string }
>;

export interface CredentialSources {
  readonly credentials?: StaticCredentials | undefined;
  readonly endpoint?: string | undefined;
  readonly profile?: string | undefined;
  readonly env: NodeJS.ProcessEnv;
}

/** Emulators look at no secret, and a person's real keys have no business there. */
const dummy: StaticCredentials = { accessKeyId: 'local', secretAccessKey: 'local' };

/**
 * The credentials to use as they are; undefined leaves it to the SDK's own chain (environment, profile, SSO, role).
 * The SDK reads `process.env` alone, so another environment's keys are handed over here, under the SDK's own rule:
 * a profile goes before keys in the environment.
 */
export function givenCredentials({
  credentials,
  endpoint,
  profile,
  env,
}: CredentialSources): StaticCredentials | undefined {
  if (credentials !== undefined) return credentials;
  if (endpoint !== undefined) return dummy;
  const {
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_SESSION_TOKEN: sessionToken,
  } = env;
  if (env === process.env || profile !== undefined || !accessKeyId || !secretAccessKey) return undefined;
  return { accessKeyId, secretAccessKey, ...(sessionToken ? { sessionToken } : {}) };
}
