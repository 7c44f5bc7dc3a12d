// Physical names: deterministic, so that a resource is found without a ledger. `{project}-{stage}-{logical}`, IAM
// names with the region; a name over AWS's length ends in a hash of the whole.

import { createHash } from 'node:crypto';

/** https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html and …/IAM/latest/APIReference/API_CreateRole.html */
const longest = { function: 64, role: 64 } as const;

const hashLength = 8;

/** Cuts a name to `length`, its last 8 characters being a hash of the whole name. */
export function fit(name: string, length: number): string {
  if (name.length <= length) return name;
  const hash = createHash('sha256').update(name).digest('hex').slice(0, hashLength);
  return `${name.slice(0, length - hashLength - 1)}-${hash}`;
}

export interface Place {
  readonly project: string;
  readonly stage: string;
  readonly region: string;
}

export const functionName = ({ project, stage }: Place, logical: string): string =>
  fit(`${project}-${stage}-${logical}`, longest.function);

/** IAM is global: the region keeps the same stage in two regions apart. */
export const roleName = ({ project, stage, region }: Place, logical: string): string =>
  fit(`${project}-${stage}-${logical}-${region}`, longest.role);

export const apiName = ({ project, stage }: Place, logical: string, version: string): string =>
  version === 'v1' ? `${project}-${stage}-${logical}` : `${project}-${stage}-${logical}-${version}`;

export const logGroupName = (physicalFunction: string): string => `/aws/lambda/${physicalFunction}`;
