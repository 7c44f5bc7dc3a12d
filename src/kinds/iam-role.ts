// The role of one function: trusted by Lambda alone, with one inline policy of least privilege. While a deploy is
// under way the policy grants what the old and the new version need; it narrows after the cut-over.

import {
  CreateRoleCommand,
  type CreateRoleCommandInput,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  DetachRolePolicyCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  ListAttachedRolePoliciesCommand,
  ListRolePoliciesCommand,
  ListRolesCommand,
  ListRoleTagsCommand,
  PutRolePolicyCommand,
  type PutRolePolicyCommandInput,
  type Role,
  TagRoleCommand,
  UpdateAssumeRolePolicyCommand,
} from '@aws-sdk/client-iam';
import { isNotFound } from '../aws/is-not-found.ts';
import { canonical } from '../engine/compare.ts';
import type { Json, Kind, Live, Props, Target } from '../engine/kind.ts';
import { type Coverage, fixed, unsupported } from './coverage.ts';
import type { KindContext } from './kind-context.ts';
import { managedTags, missingTags, nodeOf, ownership, type Tags, tagList, tagMap } from './ownership.ts';

/** A statement of a policy, always an Allow; lists sorted. */
export interface Statement {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
}

export interface IamRoleProps {
  readonly roleName: string;
  readonly path: string;
  /** The service that may assume it: `lambda.amazonaws.com`. */
  readonly trustedService: string;
  readonly statements: readonly Statement[];
  readonly tags: Tags;
}

export const iamRoleInputs = {
  RoleName: 'roleName',
  Path: 'path',
  AssumeRolePolicyDocument: 'trustedService',
  Description: unsupported('the tags say what it is for'),
  MaxSessionDuration: unsupported('Lambda renews its credentials itself'),
  PermissionsBoundary: unsupported('permissions boundaries are not offered yet'),
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

  const orAbsent = async <T>(call: Promise<T>): Promise<T | undefined> => {
    try {
      return await call;
    } catch (error) {
      if (isNotFound(error)) return undefined;
      throw error;
    }
  };
  const statementsOf = async (RoleName: string): Promise<readonly Statement[]> => {
    const found = await orAbsent(aws.iam.send(new GetRolePolicyCommand({ RoleName, PolicyName: policyName })));
    return found?.PolicyDocument === undefined ? [] : parseStatements(found.PolicyDocument);
  };
  const otherPolicies = async (RoleName: string): Promise<{ inline: string[]; attached: string[] }> => {
    const [inline, attached] = await Promise.all([
      orAbsent(aws.iam.send(new ListRolePoliciesCommand({ RoleName }))),
      orAbsent(aws.iam.send(new ListAttachedRolePoliciesCommand({ RoleName }))),
    ]);
    return {
      inline: (inline?.PolicyNames ?? []).filter((name) => name !== policyName),
      attached: (attached?.AttachedPolicies ?? []).flatMap((policy) => policy.PolicyArn ?? []),
    };
  };
  const roleAt = async (RoleName: string): Promise<Role | undefined> =>
    (await orAbsent(aws.iam.send(new GetRoleCommand({ RoleName }))))?.Role;

  const read = async (target: Target, desired: Props | undefined): Promise<Live | undefined> => {
    const [role, statements, others] = await Promise.all([
      roleAt(target.name),
      statementsOf(target.name),
      otherPolicies(target.name),
    ]);
    if (!role) return undefined;
    const tags = tagMap(role.Tags);
    const path = role.Path ?? '/';
    return {
      physicalId: target.name,
      props: {
        roleName: target.name,
        path,
        trustedService: trustedServiceOf(role.AssumeRolePolicyDocument ?? ''),
        statements: statements as unknown as Json,
        tags: managedTags(tags, desired?.['tags']),
      },
      outputs: { arn: role.Arn ?? arnOf({ path, roleName: target.name }) },
      ...ownership(tags, owner),
      unknownChildren: [...others.inline, ...others.attached].map((name) => `policy ${name}`),
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
            Tags: tagList(desired.tags),
          }),
        );
      } else if (now.trustedService !== desired.trustedService) {
        const PolicyDocument = trustPolicy(desired.trustedService);
        await aws.iam.send(new UpdateAssumeRolePolicyCommand({ RoleName, PolicyDocument }));
      }
      if (!now || canonical(now.statements as unknown as Json) !== canonical(desired.statements as unknown as Json)) {
        const PolicyDocument = policyDocument(desired.statements);
        await aws.iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: policyName, PolicyDocument }));
      }
      const tags = now ? missingTags(now.tags, desired.tags) : {};
      if (Object.keys(tags).length > 0) await aws.iam.send(new TagRoleCommand({ RoleName, Tags: tagList(tags) }));
      return { physicalId: RoleName, props, outputs: { arn: arnOf(desired) }, owned: true };
    },

    async remove(target) {
      const RoleName = target.name;
      const others = await otherPolicies(RoleName);
      // A role with policies cannot be deleted; the role is ours, so what hangs on it goes with it.
      for (const PolicyName of [policyName, ...others.inline]) {
        await orAbsent(aws.iam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName })));
      }
      for (const PolicyArn of others.attached) {
        await orAbsent(aws.iam.send(new DetachRolePolicyCommand({ RoleName, PolicyArn })));
      }
      await orAbsent(aws.iam.send(new DeleteRoleCommand({ RoleName })));
    },

    async discover() {
      const roles: Role[] = [];
      let Marker: string | undefined;
      do {
        const page = await aws.iam.send(
          new ListRolesCommand({ PathPrefix: rolePath(owner), ...(Marker && { Marker }) }),
        );
        roles.push(...(page.Roles ?? []));
        Marker = page.IsTruncated ? page.Marker : undefined;
      } while (Marker);
      // IAM is global: another region's stage has roles under the same path, told apart by the region in the name.
      const here = roles.flatMap(({ RoleName }) => (RoleName ? [RoleName] : []));
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
      const both = [
        ...(desired['statements'] as unknown as readonly Statement[]),
        ...(live['statements'] as unknown as readonly Statement[]),
      ];
      return { ...desired, statements: mergeStatements(both) as unknown as Json };
    },
  };
}

/** IAM is global, resources are not: the region a role belongs to. */
export const regionTag = 'apigen:region';

/** Statements with sorted lists, one per set of resources, none twice: equal grants give equal values. */
export function mergeStatements(statements: readonly Statement[]): readonly Statement[] {
  const actionsByResources = new Map<string, { resources: readonly string[]; actions: Set<string> }>();
  for (const { actions, resources } of statements) {
    const sorted = [...new Set(resources)].sort();
    const key = JSON.stringify(sorted);
    const entry = actionsByResources.get(key) ?? { resources: sorted, actions: new Set<string>() };
    for (const action of actions) entry.actions.add(action);
    actionsByResources.set(key, entry);
  }
  return [...actionsByResources.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, { resources, actions }]) => ({ actions: [...actions].sort(), resources }));
}

const policyDocument = (statements: readonly Statement[]): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: statements.map(({ actions, resources }) => ({ Effect: 'Allow', Action: actions, Resource: resources })),
  });

const trustPolicy = (service: string): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' }],
  });

interface PolicyJson {
  readonly Statement?: PolicyStatementJson | readonly PolicyStatementJson[];
}
interface PolicyStatementJson {
  readonly Effect?: string;
  readonly Action?: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly Principal?: { readonly Service?: string | readonly string[] };
}

/** IAM answers documents percent-encoded (RFC 3986); emulators answer them as they came. */
function parseDocument(document: string): readonly PolicyStatementJson[] {
  const text = document.trimStart().startsWith('{') ? document : decodeURIComponent(document);
  const { Statement } = JSON.parse(text || '{}') as PolicyJson;
  if (Statement === undefined) return [];
  return Array.isArray(Statement) ? (Statement as readonly PolicyStatementJson[]) : [Statement as PolicyStatementJson];
}

const listOf = (value: string | readonly string[] | undefined): readonly string[] =>
  value === undefined ? [] : typeof value === 'string' ? [value] : value;

const parseStatements = (document: string): readonly Statement[] =>
  mergeStatements(
    parseDocument(document).map(({ Action, Resource }) => ({ actions: listOf(Action), resources: listOf(Resource) })),
  );

/** Anything but the one plain trust statement that apigen writes reads as a text that differs from it. */
function trustedServiceOf(document: string): string {
  const statements = parseDocument(document);
  const services = statements.flatMap(({ Principal }) => listOf(Principal?.Service));
  return statements.length === 1 && services.length === 1 ? (services[0] ?? '') : services.join(', ') || document;
}
