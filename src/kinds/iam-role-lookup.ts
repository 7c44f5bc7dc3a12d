// Roles by name. One listing tells which of many exist, where a call for each would use up what IAM bears: a first
// deploy asks for the roles of all its functions, none of which is there.

import { GetRoleCommand, ListRolesCommand, type Role } from '@aws-sdk/client-iam';
import type { Aws } from '../aws/aws.ts';
import { batched } from './batched.ts';
import { orAbsent } from './or-absent.ts';

/** Up to so many are asked for singly: an account may have thousands of roles. */
const few = 3;

/** IAM's largest page. https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListRoles.html */
const pageSize = 1000;

/** @param PathPrefix absent: all roles of the account, since a name is taken whatever its path */
export async function listRoles(aws: Aws, PathPrefix?: string): Promise<readonly Role[]> {
  const roles: Role[] = [];
  let Marker: string | undefined;
  do {
    const page = await aws.iam.send(
      new ListRolesCommand({ MaxItems: pageSize, ...(PathPrefix && { PathPrefix }), ...(Marker && { Marker }) }),
    );
    roles.push(...(page.Roles ?? []));
    Marker = page.IsTruncated ? page.Marker : undefined;
  } while (Marker);
  return roles;
}

/** @returns a function that reads one role with its tags, or undefined where there is none */
export function roleLookup(aws: Aws): (name: string) => Promise<Role | undefined> {
  const names = batched(async (asked) => {
    if (asked.size <= few) return undefined;
    return new Set((await listRoles(aws)).map((role) => role.RoleName));
  });
  return async (RoleName) => {
    const existing = await names(RoleName);
    if (existing && !existing.has(RoleName)) return undefined;
    // A listing leaves tags out.
    return (await orAbsent(aws.iam.send(new GetRoleCommand({ RoleName }))))?.Role;
  };
}
