// The role of one function: trusted by Lambda alone, with one inline policy of least privilege. While a deploy is
// under way the policy grants what the old and the new version need; it narrows after the cut-over.

import {
  CreateRoleCommand,
  type CreateRoleCommandInput,
  DeleteRoleCommand,
  DeleteRolePermissionsBoundaryCommand,
  DeleteRolePolicyCommand,
  DetachRolePolicyCommand,
  GetRolePolicyCommand,
  ListRoleTagsCommand,
  PutRolePermissionsBoundaryCommand,
  PutRolePolicyCommand,
  type PutRolePolicyCommandInput,
  TagRoleCommand,
  UpdateAssumeRolePolicyCommand,
} from '@aws-sdk/client-iam';
import { canonical } from '../engine/compare.ts';
import type { Json, Kind, Live, Props, Target } from '../engine/kind.ts';
import { ApigenError } from '../errors.ts';
import { type Coverage, fixed, unsupported } from './coverage.ts';
import {
  inWantedOrder,
  parseStatements,
  policyDocument,
  type Statement,
  trustedServiceOf,
  trustPolicy,
  widest,
} from './iam-policy.ts';
import { listRoles, policiesOf, type RolePolicies, roleLookup, type SeenRole } from './iam-role-lookup.ts';
import type { KindContext } from './kind-context.ts';
import { orAbsent } from './or-absent.ts';
import { managedTags, missingTags, nodeOf, ownership, type Tags, tagList, tagMap } from './ownership.ts';

export { mergeStatements, type Statement } from './iam-policy.ts';

export interface IamRoleProps {
  readonly roleName: string;
  readonly path: string;
  /** The service that may assume it: `lambda.amazonaws.com`. */
  readonly trustedService: string;
  readonly statements: readonly Statement[];
  /** ARN of the policy that bounds it; '' for none. */
  readonly permissionsBoundary: string;
  readonly tags: Tags;
}

export const iamRoleInputs = {
  RoleName: 'roleName',
  Path: 'path',
  AssumeRolePolicyDocument: 'trustedService',
  Description: unsupported('the tags say what it is for'),
  MaxSessionDuration: unsupported('Lambda renews its credentials itself'),
  PermissionsBoundary: 'permissionsBoundary',
  Tags: 'tags',
  PolicyName: fixed('apigen'),
  PolicyDocument: 'statements',
} satisfies Coverage<CreateRoleCommandInput & PutRolePolicyCommandInput>;

const policyName = 'apigen';

export const rolePath = (owner: { readonly project: string; readonly stage: string }): string =>
  `/apigen/${owner.project}/${owner.stage}/`;

export function iamRole({ aws, owner }: KindContext): Kind {
  const arnOf = (props: { readonly path: string; readonly roleName: string }): string =>
    `arn:${aws.partition}:iam::${aws.account}:role${props.path}${props.roleName}`;

  const statementsOf = async (RoleName: string): Promise<readonly Statement[]> => {
    const found = await orAbsent(aws.iam.send(new GetRolePolicyCommand({ RoleName, PolicyName: policyName })));
    return found?.PolicyDocument === undefined ? [] : parseStatements(found.PolicyDocument);
  };
  /** A role with policies cannot be deleted; the role is ours, so what others hung on it goes with it. */
  const dropOtherPolicies = async (RoleName: string): Promise<void> => {
    const { inline, attached } = others(await policiesOf(aws, RoleName));
    for (const PolicyName of inline) {
      await orAbsent(aws.iam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName })));
    }
    for (const PolicyArn of attached) {
      await orAbsent(aws.iam.send(new DetachRolePolicyCommand({ RoleName, PolicyArn })));
    }
  };
  /** IAM refuses a policy without statements: then there is none. */
  const setPolicy = async (RoleName: string, statements: readonly Statement[]): Promise<void> => {
    const at = { RoleName, PolicyName: policyName };
    if (statements.length === 0) await orAbsent(aws.iam.send(new DeleteRolePolicyCommand(at)));
    else await aws.iam.send(new PutRolePolicyCommand({ ...at, PolicyDocument: policyDocument(statements) }));
  };
  const setBoundary = async (RoleName: string, PermissionsBoundary: string): Promise<void> => {
    if (PermissionsBoundary === '') await aws.iam.send(new DeleteRolePermissionsBoundaryCommand({ RoleName }));
    else await aws.iam.send(new PutRolePermissionsBoundaryCommand({ RoleName, PermissionsBoundary }));
  };
  const roleAt = roleLookup(aws);

  const read = async (target: Target, desired: Props | undefined): Promise<Live | undefined> => {
    // MiniStack lists roles without their boundary.
    const isBounded = ({ role }: SeenRole): boolean => role.PermissionsBoundary !== undefined;
    const seen = await roleAt(target.name, (listed) => isBounded(listed) || !desired?.['permissionsBoundary']);
    if (!seen) return undefined;
    const { role } = seen;
    const statements = await statementsOf(target.name);
    const { inline, attached } = others(seen.policies);
    const tags = tagMap(role.Tags);
    const path = role.Path ?? '/';
    return {
      physicalId: target.name,
      props: {
        roleName: target.name,
        path,
        trustedService: trustedServiceOf(role.AssumeRolePolicyDocument ?? ''),
        statements: inWantedOrder(statements, desired?.['statements']) as unknown as Json,
        permissionsBoundary: role.PermissionsBoundary?.PermissionsBoundaryArn ?? '',
        tags: managedTags(tags, desired?.['tags']),
      },
      outputs: { arn: role.Arn ?? arnOf({ path, roleName: target.name }) },
      ...ownership(tags, owner),
      unknownChildren: [...inline, ...attached].map((name) => `policy ${name}`),
    };
  };

  return {
    name: 'iam-role',
    title: 'IAM role',
    fields: {
      roleName: 'immutable',
      path: 'immutable',
      trustedService: 'mutable',
      statements: 'mutable',
      permissionsBoundary: 'mutable',
      tags: 'mutable',
    },
    holdsData: false,
    cutsOver: false,
    retires: true,
    replacement: 'delete-first',
    read,

    async reconcile(target, props, live) {
      const desired = props as unknown as IamRoleProps;
      const now = live?.props as unknown as IamRoleProps | undefined;
      const RoleName = target.name;
      if (!now) {
        await aws.iam.send(
          new CreateRoleCommand({
            RoleName,
            Path: desired.path,
            AssumeRolePolicyDocument: trustPolicy(desired.trustedService),
            ...(desired.permissionsBoundary !== '' && { PermissionsBoundary: desired.permissionsBoundary }),
            Tags: tagList(desired.tags),
          }),
        );
      } else if (now.trustedService !== desired.trustedService) {
        const PolicyDocument = trustPolicy(desired.trustedService);
        await aws.iam.send(new UpdateAssumeRolePolicyCommand({ RoleName, PolicyDocument }));
      }
      if (!now || canonical(now.statements as unknown as Json) !== canonical(desired.statements as unknown as Json)) {
        await setPolicy(RoleName, desired.statements);
      }
      if (now && now.permissionsBoundary !== desired.permissionsBoundary) {
        await setBoundary(RoleName, desired.permissionsBoundary);
      }
      const tags = now ? missingTags(now.tags, desired.tags) : {};
      if (Object.keys(tags).length > 0) await aws.iam.send(new TagRoleCommand({ RoleName, Tags: tagList(tags) }));
      return { physicalId: RoleName, props, outputs: { arn: arnOf(desired) }, owned: true };
    },

    async remove(target) {
      const RoleName = target.name;
      await orAbsent(aws.iam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName: policyName })));
      try {
        await orAbsent(aws.iam.send(new DeleteRoleCommand({ RoleName })));
      } catch (error) {
        const hasPolicies = error instanceof ApigenError && /^DeleteConflict/.test(error.aws?.name ?? '');
        if (!hasPolicies) throw error;
        await dropOtherPolicies(RoleName);
        await orAbsent(aws.iam.send(new DeleteRoleCommand({ RoleName })));
      }
    },

    async discover(known) {
      const roles = await listRoles(aws, rolePath(owner));
      // IAM is global: another region's stage has roles under the same path, told apart by the region in the name.
      const here = roles.flatMap(({ RoleName }) => (RoleName && !known?.has(RoleName) ? [RoleName] : []));
      const found = await Promise.all(
        here.map(async (name) => {
          const tags = await orAbsent(aws.iam.send(new ListRoleTagsCommand({ RoleName: name })));
          const tagsHere = tagMap(tags?.Tags);
          return { name, id: tagsHere[regionTag] === aws.region ? nodeOf(tagsHere, owner) : undefined };
        }),
      );
      return found.flatMap(({ name, id }) => (id === undefined ? [] : [{ id, name, physicalId: name }]));
    },

    widen(live, desired) {
      const both = widest(
        live['statements'] as unknown as readonly Statement[],
        desired['statements'] as unknown as readonly Statement[],
      );
      return { ...desired, statements: both as unknown as Json };
    },
  };
}

/** All but apigen's own. */
const others = ({ inline, attached }: RolePolicies): RolePolicies => ({
  inline: inline.filter((name) => name !== policyName),
  attached,
});

/** IAM is global, resources are not: the region a role belongs to. */
export const regionTag = 'apigen:region';
