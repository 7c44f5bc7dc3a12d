// A trigger of apigen.yml as it runs under dev, with what deploy makes of the same declaration.

import type { ItemChange } from '../../../gateway/tables/item-changes.ts';
import { topicEvent } from '../../../gateway/topics/topic-message.ts';
import { AsyncTrigger } from '../../../gateway/triggers/async-trigger.ts';
import type { TriggerPorts, TriggerTarget } from '../../../gateway/triggers/call-function.ts';
import { QueueTrigger } from '../../../gateway/triggers/queue-trigger.ts';
import { scheduleTimes } from '../../../gateway/triggers/schedule-times.ts';
import { ScheduleTrigger } from '../../../gateway/triggers/schedule-trigger.ts';
import { StreamTrigger } from '../../../gateway/triggers/stream-trigger.ts';
import type { TableSpec } from '../../../models/table-spec.ts';
import type {
  FunctionDeclaration,
  Project,
  ScheduleTrigger as ScheduleDeclaration,
  StreamTrigger as StreamDeclaration,
  TopicTrigger as TopicDeclaration,
  Trigger,
} from '../../../project/project.ts';
import { topicArn } from '../../../project/resource-names.ts';
import { ruleName } from '../../converge/graph/names.ts';
import { localFunction } from '../function-settings.ts';
import { LOCAL_ACCOUNT, LOCAL_PLACE } from '../local-account.ts';
import type { DevMessaging } from './dev-messaging.ts';
import { nameOf } from './served-trigger.ts';
import { subscriptionArn } from './subscription-arn.ts';

export interface MadeTrigger {
  /** The table that it follows. */
  readonly table?: string;
  changed?(change: ItemChange): void;
  /** When it fires next. */
  next?(): Date | undefined;
  /** Calls its function now, whenever it is due. */
  fire?(): void;
  /** What it follows is not there any more. */
  readonly isOver?: boolean;
  /** Tries at once what waits for another attempt. */
  wake(): void;
  close(): void;
}

export interface TriggerSurroundings {
  readonly project: Project;
  readonly declaration: FunctionDeclaration;
  /** Of the stream's table; absent until the models are read. */
  readonly spec: TableSpec | undefined;
  /** When streams began, in milliseconds since 1970. */
  readonly since: number;
  readonly ports: TriggerPorts;
  readonly messaging: DevMessaging;
}

/** Nothing where what it follows is not there. */
export function makeTrigger(trigger: Trigger, around: TriggerSurroundings): MadeTrigger | undefined {
  const target: TriggerTarget = { source: trigger.type, name: nameOf(trigger), function: around.declaration.name };
  switch (trigger.type) {
    case 'stream':
      return streamOf(trigger, target, around);
    case 'queue': {
      const queue = around.messaging.queue(trigger.queue);
      return queue && new QueueTrigger({ ...trigger, target, ports: around.ports, queue });
    }
    case 'topic':
      return topicOf(trigger, target, around);
    case 'schedule':
      return scheduleOf(trigger, target, around);
  }
}

function topicOf(
  trigger: TopicDeclaration,
  target: TriggerTarget,
  { project, ports, messaging }: TriggerSurroundings,
): MadeTrigger | undefined {
  const topic = project.topics?.[trigger.topic];
  if (topic === undefined || topic.arn !== undefined) return undefined;
  const arn = topicArn(project, topic, LOCAL_PLACE);
  const running = new AsyncTrigger(target, ports);
  const end = messaging.topics.subscribe({
    topicArn: arn,
    filter: { policy: trigger.filterPolicy, scope: trigger.filterPolicyScope },
    deliver: (message) => running.fire(topicEvent(message, subscriptionArn(arn, target.function)), message.depth),
  });
  return {
    wake: () => running.wake(),
    close: () => {
      end();
      running.close();
    },
  };
}

/** Its rate begins with dev, or with the save that brings it. */
function scheduleOf(
  { name, expression, input }: ScheduleDeclaration,
  target: TriggerTarget,
  { project, ports }: TriggerSurroundings,
): MadeTrigger | undefined {
  const times = scheduleTimes(expression, new Date());
  if (times === undefined) return undefined;
  const { region } = project;
  const { functionName } = localFunction(project, target.function);
  const arn = `arn:aws:events:${region}:${LOCAL_ACCOUNT}:rule/${ruleName(functionName, name)}`;
  return new ScheduleTrigger({ target, ports, times, rule: { arn, region, account: LOCAL_ACCOUNT }, input });
}

function streamOf(
  trigger: StreamDeclaration,
  target: TriggerTarget,
  { project, declaration, spec, since, ports, messaging }: TriggerSurroundings,
): MadeTrigger | undefined {
  if (spec === undefined) return undefined;
  const { region } = project;
  const table = spec.tableName;
  const label = new Date(since).toISOString().replace('Z', '');
  const running = new StreamTrigger({
    ...trigger,
    target,
    ports,
    functionArn: localFunction(project, declaration.name).arn,
    stream: {
      arn: `arn:aws:dynamodb:${region}:${LOCAL_ACCOUNT}:table/${table}/stream/${label}`,
      region,
      view: project.models[trigger.model]?.stream ?? 'NEW_AND_OLD_IMAGES',
    },
    onFailure: (document) => trigger.onFailure && messaging.send(trigger.onFailure, JSON.stringify(document)),
  });
  return {
    table,
    changed: (change) => running.changed(change),
    wake: () => running.wake(),
    close: () => running.close(),
  };
}
