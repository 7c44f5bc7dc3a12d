// Roles by name, with what hangs on them. One listing tells of many, where some calls for each would use up what IAM
// bears. apigen's own policy is not taken from it: that one is read singly, as fresh as IAM has it.

import {
  GetAccountAuthorizationDetailsCommand,
  GetRoleCommand,
  ListAttachedRolePoliciesCommand,
  ListRolePoliciesCommand,
  ListRolesCommand,
  type Role,
  type RoleDetail,
} from '@aws-sdk/client-iam';
import type { Aws } from '../aws/aws.ts';
import { ApigenError } from '../errors.ts';
import { batched } from './batched.ts';
import { orAbsent } from './or-absent.ts';

/** A role and the policies on it, apigen's own among them. */
export interface SeenRole {
  readonly role: Pick<RoleDetail, 'Path' | 'Arn' | 'AssumeRolePolicyDocument' | 'PermissionsBoundary' | 'Tags'>;
  readonly policies: RolePolicies;
}

export interface RolePolicies {
  /** Names. */
  readonly inline: readonly string[];
  /** ARNs. */
  readonly attached: readonly string[];
}

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

/** What hangs on one role; nothing where there is no such role. */
export async function policiesOf(aws: Aws, RoleName: string): Promise<RolePolicies> {
  const [inline, attached] = await Promise.all([
    orAbsent(aws.iam.send(new ListRolePoliciesCommand({ RoleName }))),
    orAbsent(aws.iam.send(new ListAttachedRolePoliciesCommand({ RoleName }))),
  ]);
  return {
    inline: inline?.PolicyNames ?? [],
    attached: (attached?.AttachedPolicies ?? []).flatMap(({ PolicyArn }) => PolicyArn ?? []),
  };
}

/**
 * @returns a function that reads one role, or undefined where there is none; a listing holds for it only where
 *   `isEnough`
 */
export function roleLookup(
  aws: Aws,
): (name: string, isEnough: (listed: SeenRole) => boolean) => Promise<SeenRole | undefined> {
  let readsDetails = true;
  const listed = batched(async (asked): Promise<Listed | undefined> => {
    if (asked.size <= few) return undefined;
    const details = readsDetails ? await detailsOf(aws, asked) : undefined;
    if (details) return { names: new Set(details.keys()), details };
    readsDetails = false;
    return { names: new Set((await listRoles(aws)).map(({ RoleName = '' }) => RoleName)) };
  });
  return async (RoleName, isEnough) => {
    const all = await listed(RoleName);
    if (all && !all.names.has(RoleName)) return undefined;
    const seen = all?.details?.get(RoleName);
    if (seen && isEnough(seen)) return seen;
    // A listing leaves tags out.
    const role = (await orAbsent(aws.iam.send(new GetRoleCommand({ RoleName }))))?.Role;
    return role && { role, policies: await policiesOf(aws, RoleName) };
  };
}

interface Listed {
  readonly names: ReadonlySet<string>;
  readonly details?: ReadonlyMap<string, SeenRole>;
}

/**
 * Those of `asked` that exist. undefined: this identity may not ask, though it may deploy; or the account has so many
 * roles that single calls are fewer.
 */
async function detailsOf(aws: Aws, asked: ReadonlySet<string>): Promise<ReadonlyMap<string, SeenRole> | undefined> {
  const found = new Map<string, SeenRole>();
  let Marker: string | undefined;
  for (let pages = 0; pages < asked.size; pages += 1) {
    const input = { Filter: ['Role' as const], MaxItems: pageSize, ...(Marker && { Marker }) };
    const page = await aws.iam.send(new GetAccountAuthorizationDetailsCommand(input)).catch((error: unknown) => {
      if (error instanceof ApigenError && error.code === 'ACCESS_DENIED') return undefined;
      throw error;
    });
    if (page === undefined) return undefined;
    for (const detail of page.RoleDetailList ?? []) {
      const { RoleName = '' } = detail;
      if (asked.has(RoleName)) found.set(RoleName, seenIn(detail));
    }
    Marker = page.IsTruncated ? page.Marker : undefined;
    if (Marker === undefined || found.size === asked.size) return found;
  }
  return undefined;
}

const seenIn = (role: RoleDetail): SeenRole => ({
  role,
  policies: {
    inline: (role.RolePolicyList ?? []).flatMap(({ PolicyName }) => PolicyName ?? []),
    attached: (role.AttachedManagedPolicies ?? []).flatMap(({ PolicyArn }) => PolicyArn ?? []),
  },
});
