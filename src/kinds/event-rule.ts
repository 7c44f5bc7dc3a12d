// A schedule: an EventBridge rule with one target, a function's alias. A rule and not EventBridge Scheduler: it calls
// the function by the function's own permission, where Scheduler needs a role for every schedule.

import {
  DeleteRuleCommand,
  DescribeRuleCommand,
  ListRulesCommand,
  ListTagsForResourceCommand,
  ListTargetsByRuleCommand,
  PutRuleCommand,
  type PutRuleCommandInput,
  PutTargetsCommand,
  RemoveTargetsCommand,
  type Target as RuleTarget,
  TagResourceCommand,
} from '@aws-sdk/client-eventbridge';
import type { Kind, Live, Props, Target } from '../engine/kind.ts';
import { type Coverage, fixed, unsupported } from './coverage.ts';
import type { KindContext } from './kind-context.ts';
import { orAbsent } from './or-absent.ts';
import { managedTags, missingTags, nodeOf, ownership, type Tags, tagList, tagMap } from './ownership.ts';

export interface EventRuleProps {
  readonly ruleName: string;
  /** `rate(1 hour)` or `cron(0 3 * * ? *)`, in UTC. */
  readonly expression: string;
  readonly enabled: boolean;
  /** ARN of the function's alias. */
  readonly targetArn: string;
  /** The event as JSON text; '' for EventBridge's own. */
  readonly input: string;
  readonly tags: Tags;
}

export const eventRuleInputs = {
  Name: 'ruleName',
  ScheduleExpression: 'expression',
  State: 'enabled',
  Tags: 'tags',
  EventPattern: unsupported('schedules only'),
  Description: unsupported('the tags say what it is for'),
  RoleArn: unsupported('functions are called by their own permission'),
  EventBusName: fixed('schedules belong to the default bus'),
  Id: fixed('alias: there is one target'),
  Arn: 'targetArn',
  Input: 'input',
} satisfies Coverage<PutRuleCommandInput & Pick<RuleTarget, 'Id' | 'Arn' | 'Input'>>;

const targetId = 'alias';

export function eventRule({ aws, owner }: KindContext): Kind {
  const arnOf = (name: string): string => `arn:${aws.partition}:events:${aws.region}:${aws.account}:rule/${name}`;
  const tagsAt = async (name: string): Promise<Tags> =>
    tagMap((await orAbsent(aws.eventbridge.send(new ListTagsForResourceCommand({ ResourceARN: arnOf(name) }))))?.Tags);
  const targetsOf = async (Rule: string): Promise<readonly RuleTarget[]> =>
    (await orAbsent(aws.eventbridge.send(new ListTargetsByRuleCommand({ Rule }))))?.Targets ?? [];

  const read = async (target: Target, desired: Props | undefined): Promise<Live | undefined> => {
    const rule = await orAbsent(aws.eventbridge.send(new DescribeRuleCommand({ Name: target.name })));
    if (!rule) return undefined;
    const [tags, targets] = await Promise.all([tagsAt(target.name), targetsOf(target.name)]);
    const called = targets.find(({ Id }) => Id === targetId);
    const props: EventRuleProps = {
      ruleName: target.name,
      expression: rule.ScheduleExpression ?? '',
      enabled: rule.State === 'ENABLED',
      targetArn: called?.Arn ?? '',
      input: called?.Input ?? '',
      tags: managedTags(tags, desired?.['tags']),
    };
    return {
      physicalId: target.name,
      props: props as unknown as Props,
      outputs: { arn: arnOf(target.name) },
      ...ownership(tags, owner),
      unknownChildren: targets.flatMap(({ Id }) => (Id === targetId ? [] : [`target ${Id}`])),
    };
  };

  return {
    name: 'event-rule',
    title: 'schedule',
    fields: {
      ruleName: 'immutable',
      expression: 'mutable',
      enabled: 'mutable',
      targetArn: 'mutable',
      input: 'mutable',
      tags: 'mutable',
    },
    holdsData: false,
    cutsOver: true,
    beginsTraffic: true,
    retires: false,
    replacement: 'delete-first',
    read,

    async reconcile(target, props, live) {
      const desired = props as unknown as EventRuleProps;
      const now = live?.props as unknown as EventRuleProps | undefined;
      const Name = desired.ruleName;
      if (!now || now.expression !== desired.expression || now.enabled !== desired.enabled) {
        await aws.eventbridge.send(
          new PutRuleCommand({
            Name,
            ScheduleExpression: desired.expression,
            State: desired.enabled ? 'ENABLED' : 'DISABLED',
            // EventBridge ignores tags where the rule is there already.
            ...(!now && { Tags: tagList(desired.tags) }),
          }),
        );
      }
      if (!now || now.targetArn !== desired.targetArn || now.input !== desired.input) {
        const called = { Id: targetId, Arn: desired.targetArn, ...(desired.input !== '' && { Input: desired.input }) };
        await aws.eventbridge.send(new PutTargetsCommand({ Rule: Name, Targets: [called] }));
      }
      const tags = now ? missingTags(now.tags, desired.tags) : {};
      if (Object.keys(tags).length > 0) {
        await aws.eventbridge.send(new TagResourceCommand({ ResourceARN: arnOf(Name), Tags: tagList(tags) }));
      }
      return { physicalId: target.name, props, outputs: { arn: arnOf(Name) }, owned: true };
    },

    async remove(target) {
      const ids = (await targetsOf(target.name)).flatMap(({ Id }) => Id ?? []);
      if (ids.length > 0) {
        await orAbsent(aws.eventbridge.send(new RemoveTargetsCommand({ Rule: target.name, Ids: ids })));
      }
      await orAbsent(aws.eventbridge.send(new DeleteRuleCommand({ Name: target.name })));
    },

    async discover(known) {
      const names: string[] = [];
      let NextToken: string | undefined;
      do {
        const NamePrefix = `${owner.project}-${owner.stage}-`;
        const page = await aws.eventbridge.send(new ListRulesCommand({ NamePrefix, ...(NextToken && { NextToken }) }));
        names.push(...(page.Rules ?? []).flatMap(({ Name }) => Name ?? []));
        NextToken = page.NextToken;
      } while (NextToken);
      const found = await Promise.all(
        names
          .filter((name) => !known?.has(name))
          .map(async (name) => ({ name, id: nodeOf(await tagsAt(name), owner) })),
      );
      return found.flatMap(({ name, id }) => (id === undefined ? [] : [{ id, name, physicalId: name }]));
    },
  };
}
