// What runs a function besides routes: event sources, subscriptions and schedules, each through the alias of the
// version, with the permission that topics and schedules need. They follow the alias: none begins before the cut-over.

import type { DesiredNode, Json, NodeId, Props } from '../../../engine/kind.ts';
import { ref } from '../../../engine/references.ts';
import type { EventRuleProps } from '../../../kinds/event-rule.ts';
import type { LambdaEventSourceProps } from '../../../kinds/lambda-event-source.ts';
import type { LambdaPermissionProps } from '../../../kinds/lambda-permission.ts';
import type { SnsSubscriptionProps } from '../../../kinds/sns-subscription.ts';
import type {
  FunctionDeclaration,
  QueueTrigger,
  ScheduleTrigger,
  StreamTrigger,
  TopicTrigger,
  Trigger,
} from '../../../project/project.ts';
import { ofVersion } from './api-permissions.ts';
import { type GraphInput, nodeTags, placeOf } from './graph-input.ts';
import { aliasArn } from './invocation.ts';
import { functionName, ruleName } from './names.ts';
import { queueArnOf, queueNodes, topicArnOf, topicNodes, topicOf } from './neighbours.ts';
import { tableNodeId } from './table-nodes.ts';

export function triggerNodes(input: GraphInput): readonly DesiredNode[] {
  if (input.triggersElsewhere) return [];
  const built = new Set(input.functions.map(({ name }) => name));
  return Object.values(input.project.functions)
    .filter(({ name }) => built.has(name))
    .flatMap((declaration) =>
      (declaration.triggers ?? []).flatMap((trigger) =>
        nodesOf({ input, declaration, ...calledOf(input, declaration) }, trigger),
      ),
    );
}

function nodesOf(called: Called, trigger: Trigger): readonly DesiredNode[] {
  switch (trigger.type) {
    case 'stream':
      return [streamNode(called, trigger)];
    case 'queue':
      return [queueTriggerNode(called, trigger)];
    case 'topic':
      return topicTriggerNodes(called, trigger);
    case 'schedule':
      return scheduleNodes(called, trigger);
  }
}

interface Called {
  readonly input: GraphInput;
  readonly declaration: FunctionDeclaration;
  readonly physical: string;
  /** `reindex@v1`. */
  readonly alias: string;
  readonly aliasNode: NodeId;
}

function calledOf(input: GraphInput, { name }: FunctionDeclaration): Pick<Called, 'physical' | 'alias' | 'aliasNode'> {
  const alias = `${name}@${input.version}`;
  return { physical: functionName(placeOf(input), name), alias, aliasNode: `alias:${alias}` };
}

function eventSource(
  { input, physical, aliasNode }: Called,
  id: NodeId,
  props: Omit<LambdaEventSourceProps, 'functionName' | 'aliasName' | 'tags' | 'sourceArn'> & { sourceArn: Json },
  dependsOn: readonly NodeId[],
): DesiredNode {
  return {
    id,
    kind: 'lambda-event-source',
    name: id,
    props: { functionName: physical, aliasName: input.version, ...props, tags: nodeTags(input, id) } as Props,
    dependsOn: [aliasNode, ...dependsOn],
  };
}

function streamNode(called: Called, trigger: StreamTrigger): DesiredNode {
  const { input, alias } = called;
  const { onFailure } = trigger;
  const destination =
    onFailure && (onFailure.type === 'queue' ? queueArnOf(input, onFailure.name) : topicArnOf(input, onFailure.name));
  const failing = onFailure
    ? onFailure.type === 'queue'
      ? queueNodes(input, onFailure.name)
      : topicNodes(input, onFailure.name)
    : [];
  return eventSource(
    called,
    `event-source:${alias}/stream-${trigger.model}`,
    {
      sourceArn: ref(tableNodeId(trigger.model), 'streamArn'),
      startingPosition: trigger.startingPosition,
      enabled: trigger.enabled,
      batchSize: trigger.batchSize,
      batchWindow: trigger.batchWindow,
      parallelization: trigger.parallelization,
      retries: trigger.retries,
      bisectOnError: trigger.bisectOnError,
      reportFailures: trigger.reportFailures,
      onFailure: destination ?? '',
      maximumConcurrency: null,
      filters: trigger.filters.map((filter) => JSON.stringify(filter)),
    },
    failing,
  );
}

function queueTriggerNode(called: Called, trigger: QueueTrigger): DesiredNode {
  const { input, alias } = called;
  return eventSource(
    called,
    `event-source:${alias}/queue-${trigger.queue}`,
    {
      sourceArn: queueArnOf(input, trigger.queue) ?? '',
      startingPosition: '',
      enabled: trigger.enabled,
      batchSize: trigger.batchSize,
      batchWindow: trigger.batchWindow,
      parallelization: null,
      retries: null,
      bisectOnError: null,
      reportFailures: trigger.reportFailures,
      onFailure: '',
      maximumConcurrency: trigger.maximumConcurrency ?? null,
      filters: trigger.filters.map((filter) => JSON.stringify(filter)),
    },
    queueNodes(input, trigger.queue),
  );
}

function topicTriggerNodes(called: Called, trigger: TopicTrigger): readonly DesiredNode[] {
  const { input, declaration, alias, physical, aliasNode } = called;
  const topicArn = topicArnOf(input, trigger.topic) ?? '';
  const allowed = permission(called, `topic-${trigger.topic}`, 'sns.amazonaws.com', topicArn);
  const props: SnsSubscriptionProps = {
    topicArn,
    protocol: 'lambda',
    endpoint: aliasArn(input, declaration.name),
    raw: false,
    filterPolicy: (trigger.filterPolicy ?? null) as Json,
    filterPolicyScope: trigger.filterPolicyScope ?? 'MessageAttributes',
  };
  // Another topic of the same name here is another subscription: the old one goes.
  const topic = topicOf(input, trigger.topic)?.arn ?? trigger.topic;
  return [
    allowed,
    {
      id: `subscription:${alias}/${topic}`,
      kind: 'sns-subscription',
      name: `${physical}:${input.version}/${topic}`,
      props: props as unknown as Props,
      dependsOn: [aliasNode, allowed.id, ...topicNodes(input, trigger.topic)],
    },
  ];
}

function scheduleNodes(called: Called, trigger: ScheduleTrigger): readonly DesiredNode[] {
  const { input, declaration, alias, physical, aliasNode } = called;
  const id = `schedule:${alias}/${trigger.name}`;
  const name = ruleName(physical, trigger.name, ofVersion(input));
  const rule = `arn:${input.partition}:events:${input.project.region}:${input.account}:rule/${name}`;
  const allowed = permission(called, `schedule-${trigger.name}`, 'events.amazonaws.com', rule);
  const props: EventRuleProps = {
    ruleName: name,
    expression: trigger.expression,
    enabled: trigger.enabled,
    targetArn: aliasArn(input, declaration.name),
    input: trigger.input === undefined ? '' : JSON.stringify(trigger.input),
    tags: nodeTags(input, id),
  };
  return [
    allowed,
    {
      id,
      kind: 'event-rule',
      name,
      props: props as unknown as Props,
      dependsOn: [aliasNode, allowed.id],
    },
  ];
}

/** The right of one topic or schedule to call one alias. */
function permission(
  { input, declaration, alias, physical, aliasNode }: Called,
  source: string,
  principal: string,
  sourceArn: string,
): DesiredNode {
  const statementId = `apigen-${source.replace(/[^A-Za-z0-9_-]/g, '-')}${ofVersion(input)}`;
  const props: LambdaPermissionProps = {
    functionName: physical,
    aliasName: input.version,
    statementId,
    principal,
    apiId: '',
    sourceArnPrefix: sourceArn,
  };
  return {
    id: `permission:${alias}/${source}`,
    kind: 'lambda-permission',
    name: `${physical}:${input.version}:${statementId}`,
    props: props as unknown as Props,
    dependsOn: [aliasNode],
    inside: `function:${declaration.name}`,
  };
}
