// A role that apigen.yml names for a function: Lambda refuses one that does not exist, or does not trust it, with the
// very words it has for a role that is too fresh. IAM knows which it is, and waiting mends neither.

import { GetRoleCommand } from '@aws-sdk/client-iam';
import type { Aws } from '../aws/aws.ts';
import { ApigenError } from '../errors.ts';
import { orAbsent } from './or-absent.ts';
import type { Owner } from './ownership.ts';

const LAMBDA = 'lambda.amazonaws.com';

/**
 * What is wrong with the role, where it is none that apigen makes and IAM tells.
 *
 * @throws ApigenError `ROLE_NOT_FOUND`, `ROLE_NOT_TRUSTING`
 */
export async function requireDeclaredRole(aws: Aws, owner: Owner, functionName: string, arn: string): Promise<void> {
  const [, , , , account, resource = ''] = arn.split(':');
  if (resource.startsWith(`role/apigen/${owner.project}/${owner.stage}/`) || account !== aws.account) return;
  const RoleName = resource.split('/').at(-1);
  // Who may not read roles learns it after the wait.
  const found = await orAbsent(aws.iam.send(new GetRoleCommand({ RoleName }))).catch(() => null);
  if (found === null) return;
  const summary = `Cannot use the role of function ${functionName}`;
  if (found === undefined) {
    throw new ApigenError({
      code: 'ROLE_NOT_FOUND',
      summary,
      detail: `${arn} does not exist.`,
      hint: 'correct `role` in apigen.yml, or leave it out: apigen then makes one',
    });
  }
  const trust = decodeURIComponent(found.Role?.AssumeRolePolicyDocument ?? '');
  if (trust === '' || trust.includes(LAMBDA)) return;
  throw new ApigenError({
    code: 'ROLE_NOT_TRUSTING',
    summary,
    detail: `The trust policy of ${arn} does not name ${LAMBDA}.`,
    hint: `let ${LAMBDA} assume that role, or leave \`role\` out of apigen.yml`,
  });
}
