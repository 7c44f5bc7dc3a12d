// Physical names: deterministic, so that a resource is found without a ledger. `{project}-{stage}-{logical}`, IAM
// names with the region; a name over AWS's length ends in a hash of the whole.

import { FIRST_VERSION } from '../../../project/api-version.ts';
import { fit } from '../../../project/resource-names.ts';

/**
 * https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html, …/IAM/latest/APIReference/API_CreateRole.html and
 * …/eventbridge/latest/APIReference/API_PutRule.html
 */
const longest = { function: 64, role: 64, rule: 64 } as const;

export { fit };

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
  version === FIRST_VERSION ? `${project}-${stage}-${logical}` : `${project}-${stage}-${logical}-${version}`;

/** @param suffix of an API version but the first */
export const ruleName = (physicalFunction: string, schedule: string, suffix = ''): string =>
  fit(`${physicalFunction}-${schedule}${suffix}`, longest.rule);

export const logGroupName = (physicalFunction: string): string => `/aws/lambda/${physicalFunction}`;

/** The log group of an API's access logs. */
export const accessLogGroupName = (api: string): string => `/aws/apigateway/${api}`;

export const usagePlanName = ({ project, stage }: Place, api: string, plan: string): string =>
  `${project}-${stage}-${api}-${plan}`;
