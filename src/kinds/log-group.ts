// The CloudWatch log group of a function or of an API's access logs, made before what writes to it so that its
// retention is ours and so that destroying a stage leaves no logs behind. It goes after its function: a running one would make it again.

import {
  CreateLogGroupCommand,
  type CreateLogGroupCommandInput,
  DeleteLogGroupCommand,
  DeleteRetentionPolicyCommand,
  DescribeLogGroupsCommand,
  ListTagsForResourceCommand,
  type LogGroup,
  PutRetentionPolicyCommand,
  type PutRetentionPolicyCommandInput,
  TagResourceCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { isNotFound } from '../aws/is-not-found.ts';
import type { Kind, Live, Target } from '../engine/kind.ts';
import { batched } from './batched.ts';
import { type Coverage, unsupported } from './coverage.ts';
import type { KindContext } from './kind-context.ts';
import { orAbsent } from './or-absent.ts';
import { managedTags, missingTags, nodeOf, ownership, type Tags } from './ownership.ts';

export interface LogGroupProps {
  readonly logGroupName: string;
  /** Days; 0 keeps for ever. */
  readonly retentionDays: number;
  readonly tags: Tags;
}

export const logGroupInputs = {
  logGroupName: 'logGroupName',
  kmsKeyId: unsupported('encryption with a customer key is not offered yet'),
  tags: 'tags',
  logGroupClass: unsupported('always STANDARD, the only class that Lambda insights and live tail read'),
  deletionProtectionEnabled: unsupported('a stage must be destroyable'),
  retentionInDays: 'retentionDays',
} satisfies Coverage<CreateLogGroupCommandInput & PutRetentionPolicyCommandInput>;

export function logGroup({ aws, owner }: KindContext): Kind {
  const arnOf = (name: string): string => `arn:${aws.partition}:logs:${aws.region}:${aws.account}:log-group:${name}`;

  const stagePrefix = `/aws/lambda/${owner.project}-${owner.stage}-`;
  const accessPrefix = `/aws/apigateway/${owner.project}-${owner.stage}-`;
  const startingWith = async (logGroupNamePrefix: string): Promise<readonly LogGroup[]> => {
    const groups: LogGroup[] = [];
    let nextToken: string | undefined;
    do {
      const page = await aws.logs.send(
        new DescribeLogGroupsCommand({ logGroupNamePrefix, ...(nextToken && { nextToken }) }),
      );
      groups.push(...(page.logGroups ?? []));
      nextToken = page.nextToken;
    } while (nextToken);
    return groups;
  };
  const listed = batched(() => startingWith(stagePrefix));
  const describe = async (name: string): Promise<LogGroup | undefined> => {
    // A name that was cut to AWS's length may lack part of the prefix.
    const groups = await (name.startsWith(stagePrefix) ? listed(name) : startingWith(name));
    return groups.find((group) => group.logGroupName === name);
  };
  /** Undefined when it is gone, though a list that lags still names it. */
  const tagsAt = async (name: string): Promise<Tags | undefined> => {
    const found = await orAbsent(aws.logs.send(new ListTagsForResourceCommand({ resourceArn: arnOf(name) })));
    return found && (found.tags ?? {});
  };

  const read = async (target: Target, desired: unknown): Promise<Live | undefined> => {
    const group = await describe(target.name);
    if (!group) return undefined;
    const tags = await tagsAt(target.name);
    if (!tags) return undefined;
    const wanted = desired as LogGroupProps | undefined;
    return {
      physicalId: target.name,
      props: {
        logGroupName: target.name,
        retentionDays: group.retentionInDays ?? 0,
        tags: managedTags(tags, wanted?.tags),
      },
      outputs: { arn: arnOf(target.name) },
      ...ownership(tags, owner),
    };
  };

  const setRetention = async (name: string, days: number): Promise<void> => {
    if (days === 0) await aws.logs.send(new DeleteRetentionPolicyCommand({ logGroupName: name }));
    else await aws.logs.send(new PutRetentionPolicyCommand({ logGroupName: name, retentionInDays: days }));
  };

  return {
    name: 'log-group',
    title: 'log group',
    fields: { logGroupName: 'immutable', retentionDays: 'mutable', tags: 'mutable' },
    holdsData: false,
    cutsOver: false,
    retires: true,
    replacement: 'delete-first',
    read,

    async reconcile(target, props, live) {
      const desired = props as unknown as LogGroupProps;
      const now = live?.props as unknown as LogGroupProps | undefined;
      if (!now) {
        await aws.logs.send(new CreateLogGroupCommand({ logGroupName: desired.logGroupName, tags: desired.tags }));
      }
      if ((now?.retentionDays ?? 0) !== desired.retentionDays) await setRetention(target.name, desired.retentionDays);
      const tags = now ? missingTags(now.tags, desired.tags) : {};
      if (Object.keys(tags).length > 0) {
        await aws.logs.send(new TagResourceCommand({ resourceArn: arnOf(target.name), tags }));
      }
      return { physicalId: target.name, props, outputs: { arn: arnOf(target.name) }, owned: true };
    },

    async remove(target) {
      try {
        await aws.logs.send(new DeleteLogGroupCommand({ logGroupName: target.name }));
      } catch (error) {
        if (!isNotFound(error)) throw error;
      }
    },

    async discover(known) {
      const listed = (await Promise.all([stagePrefix, accessPrefix].map(startingWith))).flat();
      const groups = listed.filter((group) => !known?.has(group.logGroupName ?? ''));
      const found = await Promise.all(
        groups.map(async ({ logGroupName: name = '' }) => ({ name, id: nodeOf((await tagsAt(name)) ?? {}, owner) })),
      );
      return found.flatMap(({ name, id }) => (id === undefined ? [] : [{ id, name, physicalId: name }]));
    },
  };
}
