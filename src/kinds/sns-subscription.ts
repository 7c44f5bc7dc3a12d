// What a topic sends on: to a function's alias or to a queue. SNS knows a subscription by topic, protocol and endpoint;
// its id is minted, and it carries no tags: it is found with the topic.

import {
  GetSubscriptionAttributesCommand,
  ListSubscriptionsByTopicCommand,
  SetSubscriptionAttributesCommand,
  SubscribeCommand,
  type SubscribeCommandInput,
  UnsubscribeCommand,
} from '@aws-sdk/client-sns';
import type { Json, Kind, Live, Props, Target } from '../engine/kind.ts';
import { type Coverage, fixed } from './coverage.ts';
import type { KindContext } from './kind-context.ts';
import { orAbsent } from './or-absent.ts';

export interface SnsSubscriptionProps {
  readonly topicArn: string;
  readonly protocol: 'lambda' | 'sqs';
  readonly endpoint: string;
  /** The message alone, without SNS's envelope; queues only. */
  readonly raw: boolean;
  readonly filterPolicy: Json;
  readonly filterPolicyScope: 'MessageAttributes' | 'MessageBody';
}

export const snsSubscriptionInputs = {
  TopicArn: 'topicArn',
  Protocol: 'protocol',
  Endpoint: 'endpoint',
  Attributes: ['raw', 'filterPolicy', 'filterPolicyScope'],
  ReturnSubscriptionArn: fixed('always: it is how the subscription is changed later'),
} satisfies Coverage<SubscribeCommandInput>;

/** https://docs.aws.amazon.com/sns/latest/api/API_SetSubscriptionAttributes.html: '{}' takes a filter away. */
const attributesOf = (props: SnsSubscriptionProps): Record<string, string> => ({
  ...(props.protocol === 'sqs' && { RawMessageDelivery: String(props.raw) }),
  // The scope says how the policy is read: it goes first.
  FilterPolicyScope: props.filterPolicyScope,
  FilterPolicy: JSON.stringify(props.filterPolicy ?? {}),
});

export function snsSubscription({ aws }: KindContext): Kind {
  const find = async ({ topicArn, protocol, endpoint }: SnsSubscriptionProps): Promise<string | undefined> => {
    let NextToken: string | undefined;
    do {
      const page = await orAbsent(
        aws.sns.send(new ListSubscriptionsByTopicCommand({ TopicArn: topicArn, ...(NextToken && { NextToken }) })),
      );
      const found = page?.Subscriptions?.find((one) => one.Protocol === protocol && one.Endpoint === endpoint);
      if (found) return found.SubscriptionArn;
      NextToken = page?.NextToken;
    } while (NextToken);
    return undefined;
  };

  const read = async (_target: Target, desired: Props | undefined): Promise<Live | undefined> => {
    if (!desired) return undefined;
    const wanted = desired as unknown as SnsSubscriptionProps;
    const SubscriptionArn = await find(wanted);
    if (SubscriptionArn === undefined) return undefined;
    const found = await orAbsent(aws.sns.send(new GetSubscriptionAttributesCommand({ SubscriptionArn })));
    if (!found) return undefined;
    const { Attributes = {} } = found;
    const filter = JSON.parse(Attributes['FilterPolicy'] || '{}') as Record<string, Json>;
    const props: SnsSubscriptionProps = {
      topicArn: wanted.topicArn,
      protocol: wanted.protocol,
      endpoint: wanted.endpoint,
      raw: Attributes['RawMessageDelivery'] === 'true',
      filterPolicy: Object.keys(filter).length > 0 ? filter : null,
      filterPolicyScope: Attributes['FilterPolicyScope'] === 'MessageBody' ? 'MessageBody' : 'MessageAttributes',
    };
    return {
      physicalId: SubscriptionArn,
      props: props as unknown as Props,
      outputs: {},
      // It belongs to whom its endpoint belongs, which was asked before.
      owned: true,
    };
  };

  return {
    name: 'sns-subscription',
    title: 'subscription',
    fields: {
      topicArn: 'immutable',
      protocol: 'immutable',
      endpoint: 'immutable',
      raw: 'mutable',
      filterPolicy: 'mutable',
      filterPolicyScope: 'mutable',
    },
    holdsData: false,
    cutsOver: true,
    beginsTraffic: true,
    retires: false,
    replacement: 'create-first',
    read,

    async reconcile(_target, props, live) {
      const desired = props as unknown as SnsSubscriptionProps;
      const { topicArn: TopicArn, protocol: Protocol, endpoint: Endpoint } = desired;
      const wanted = attributesOf(desired);
      if (!live) {
        const Attributes = desired.filterPolicy === null ? { RawMessageDelivery: String(desired.raw) } : wanted;
        const created = await aws.sns.send(
          new SubscribeCommand({
            TopicArn,
            Protocol,
            Endpoint,
            ...((Protocol === 'sqs' || desired.filterPolicy !== null) && { Attributes }),
            ReturnSubscriptionArn: true,
          }),
        );
        return { physicalId: created.SubscriptionArn ?? '', props, outputs: {}, owned: true };
      }
      const before = attributesOf(live.props as unknown as SnsSubscriptionProps);
      const SubscriptionArn = live.physicalId;
      for (const [AttributeName, AttributeValue] of Object.entries(wanted)) {
        if (before[AttributeName] === AttributeValue) continue;
        await aws.sns.send(new SetSubscriptionAttributesCommand({ SubscriptionArn, AttributeName, AttributeValue }));
      }
      return { physicalId: SubscriptionArn, props, outputs: {}, owned: true };
    },

    async remove({ physicalId }) {
      if (!physicalId) return;
      await orAbsent(aws.sns.send(new UnsubscribeCommand({ SubscriptionArn: physicalId })));
    },

    // Found with its topic: SNS deletes the subscriptions of a topic with it.
    discover: async () => [],
  };
}
