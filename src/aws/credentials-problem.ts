// Everything that can be wrong with who is calling: no credentials, expired, refused, an SSO session that is over, a
// profile that does not exist. Names the way to put it right for the way the person signs in.

import type { ApigenErrorInit } from '../errors.ts';
import type { AwsFault } from './aws-fault.ts';

export interface CredentialsProblem extends Pick<ApigenErrorInit, 'code' | 'detail' | 'hint'> {
  readonly code: string;
  readonly summary: string;
}

const expiredNames = new Set([
  'ExpiredToken',
  'ExpiredTokenException',
  'RequestExpired',
  'TokenRefreshRequired',
  'ExpiredTokenError',
]);
const clockNames = new Set(['RequestTimeTooSkewed', 'RequestInTheFuture', 'RequestTimeTooSkewedException']);
const refusedNames = new Set([
  'AuthFailure',
  'IncompleteSignature',
  'IncompleteSignatureException',
  'InvalidAccessKeyId',
  'InvalidClientTokenId',
  'InvalidSignatureException',
  'MissingAuthenticationToken',
  'MissingAuthenticationTokenException',
  'SignatureDoesNotMatch',
  'UnrecognizedClientException',
]);

/** The words for a failure that lies in the credentials; nothing for any other. */
export function credentialsProblem(fault: AwsFault, profile: string | undefined): CredentialsProblem | undefined {
  const login = profile === undefined ? 'aws sso login' : `aws sso login --profile ${profile}`;
  if (fault.status === undefined) return unresolved(fault, profile, login);
  if (expiredNames.has(fault.name)) {
    return {
      code: 'CREDENTIALS_EXPIRED',
      summary: 'The AWS credentials have expired',
      detail: 'What was finished is kept; the next run goes on from there.',
      hint: `sign in again (${login}, or new AWS_… variables), then run the same command again`,
    };
  }
  const clock = clockNames.has(fault.name) || /signature (expired|not yet current)/i.test(fault.message);
  if (clock) {
    return {
      code: 'CLOCK_SKEW',
      summary: "This machine's clock is wrong",
      detail: 'AWS refuses signatures more than 5 minutes off its own time.',
      hint: 'set the clock (on Linux: sudo timedatectl set-ntp true), then run the same command again',
    };
  }
  if (!refusedNames.has(fault.name)) return undefined;
  return {
    code: 'CREDENTIALS_INVALID',
    summary: 'AWS does not accept these credentials',
    detail: signatureNames.test(fault.name)
      ? 'The secret access key does not belong to the access key id.'
      : 'The access key does not exist, is inactive, or belongs to an account in which this region is not enabled.',
    hint: 'check AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN, or give --profile NAME',
  };
}

const signatureNames = /Signature/;

/** Nothing was sent because the SDK found no credentials to sign with. */
function unresolved(fault: AwsFault, profile: string | undefined, login: string): CredentialsProblem | undefined {
  const { message, name } = fault;
  if (!/Credentials|TokenProvider|SSO/i.test(name) && !/credential|SSO session|profile/i.test(message))
    return undefined;
  if (/SSO|Token is expired/i.test(message)) {
    return {
      code: 'SSO_SESSION_EXPIRED',
      summary: 'The AWS SSO session is over',
      detail: message,
      hint: login,
    };
  }
  if (/expired/i.test(message)) {
    return {
      code: 'CREDENTIALS_EXPIRED',
      summary: 'The AWS credentials have expired',
      detail: message,
      hint: `sign in again (${login}), then run the same command again`,
    };
  }
  if (profile !== undefined) {
    return {
      code: 'PROFILE_NOT_FOUND',
      summary: `There is no usable AWS profile "${profile}"`,
      detail: `Neither ~/.aws/config nor ~/.aws/credentials gives it credentials. (${message})`,
      hint: `aws configure --profile ${profile}    (or aws configure list-profiles to see the names)`,
    };
  }
  return {
    code: 'CREDENTIALS_MISSING',
    summary: 'No AWS credentials were found',
    detail: `Looked in the AWS_… environment variables, ~/.aws and this machine's own role. (${message})`,
    hint: 'aws configure    (or --profile NAME, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY; --target local needs none)',
  };
}
