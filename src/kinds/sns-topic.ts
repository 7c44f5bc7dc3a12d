// An SNS topic. Its name is deterministic, so its ARN is. Only AWS services of this account that subscriptions need
// are named in policies, and those belong to the queues: a topic keeps SNS's default policy (its own account).

import {
  CreateTopicCommand,
  type CreateTopicCommandInput,
  DeleteTopicCommand,
  GetTopicAttributesCommand,
  ListTagsForResourceCommand,
  ListTopicsCommand,
  SetTopicAttributesCommand,
  TagResourceCommand,
} from '@aws-sdk/client-sns';
import type { Kind, Live, Props, Target } from '../engine/kind.ts';
import { type Coverage, unsupported } from './coverage.ts';
import type { KindContext } from './kind-context.ts';
import { orAbsent } from './or-absent.ts';
import { managedTags, missingTags, nodeOf, ownership, type Tags, tagList, tagMap } from './ownership.ts';

export interface SnsTopicProps {
  /** Ends in `.fifo` where it is one. */
  readonly topicName: string;
  /** FIFO alone. */
  readonly contentBasedDeduplication: boolean;
  readonly displayName: string;
  /** KMS key id, alias or ARN; '' for none. */
  readonly kmsKey: string;
  readonly tags: Tags;
}

export const snsTopicInputs = {
  Name: 'topicName',
  Attributes: ['contentBasedDeduplication', 'displayName', 'kmsKey'],
  Tags: 'tags',
  DataProtectionPolicy: unsupported('data protection is not offered'),
} satisfies Coverage<CreateTopicCommandInput>;

/** https://docs.aws.amazon.com/sns/latest/api/API_SetTopicAttributes.html */
const attributesOf = (props: SnsTopicProps): Record<string, string> => ({
  DisplayName: props.displayName,
  KmsMasterKeyId: props.kmsKey,
  ...(isFifo(props.topicName) && { ContentBasedDeduplication: String(props.contentBasedDeduplication) }),
});

const isFifo = (name: string): boolean => name.endsWith('.fifo');

export function snsTopic({ aws, owner }: KindContext): Kind {
  const arnOf = (name: string): string => `arn:${aws.partition}:sns:${aws.region}:${aws.account}:${name}`;
  const tagsAt = async (ResourceArn: string): Promise<Tags> =>
    tagMap((await orAbsent(aws.sns.send(new ListTagsForResourceCommand({ ResourceArn }))))?.Tags);

  const read = async (target: Target, desired: Props | undefined): Promise<Live | undefined> => {
    const TopicArn = arnOf(target.name);
    const found = await orAbsent(aws.sns.send(new GetTopicAttributesCommand({ TopicArn })));
    if (!found) return undefined;
    const { Attributes = {} } = found;
    const tags = await tagsAt(TopicArn);
    const props: SnsTopicProps = {
      topicName: target.name,
      contentBasedDeduplication: Attributes['ContentBasedDeduplication'] === 'true',
      displayName: Attributes['DisplayName'] ?? '',
      kmsKey: Attributes['KmsMasterKeyId'] ?? '',
      tags: managedTags(tags, desired?.['tags']),
    };
    return {
      physicalId: target.name,
      props: props as unknown as Props,
      outputs: { arn: TopicArn },
      ...ownership(tags, owner),
    };
  };

  return {
    name: 'sns-topic',
    title: 'SNS topic',
    fields: {
      topicName: 'immutable',
      contentBasedDeduplication: 'mutable',
      displayName: 'mutable',
      kmsKey: 'mutable',
      tags: 'mutable',
    },
    holdsData: false,
    cutsOver: false,
    retires: true,
    replacement: 'delete-first',
    read,

    async reconcile(target, props, live) {
      const desired = props as unknown as SnsTopicProps;
      const now = live?.props as unknown as SnsTopicProps | undefined;
      const TopicArn = arnOf(desired.topicName);
      if (!now) {
        const set = Object.entries(attributesOf(desired)).filter(([, value]) => value !== '');
        const Attributes = { ...Object.fromEntries(set), ...(isFifo(desired.topicName) && { FifoTopic: 'true' }) };
        await aws.sns.send(
          new CreateTopicCommand({ Name: desired.topicName, Attributes, Tags: tagList(desired.tags) }),
        );
      } else {
        const before = attributesOf(now);
        for (const [AttributeName, AttributeValue] of Object.entries(attributesOf(desired))) {
          if (before[AttributeName] === AttributeValue) continue;
          await aws.sns.send(new SetTopicAttributesCommand({ TopicArn, AttributeName, AttributeValue }));
        }
        const tags = missingTags(now.tags, desired.tags);
        if (Object.keys(tags).length > 0) {
          await aws.sns.send(new TagResourceCommand({ ResourceArn: TopicArn, Tags: tagList(tags) }));
        }
      }
      return { physicalId: target.name, props, outputs: { arn: TopicArn }, owned: true };
    },

    async remove(target) {
      // SNS answers the deletion of a topic that is not there as any other.
      await orAbsent(aws.sns.send(new DeleteTopicCommand({ TopicArn: arnOf(target.name) })));
    },

    async discover(known) {
      const names: string[] = [];
      let NextToken: string | undefined;
      do {
        const page = await aws.sns.send(new ListTopicsCommand({ ...(NextToken && { NextToken }) }));
        names.push(...(page.Topics ?? []).flatMap(({ TopicArn = '' }) => TopicArn.split(':').at(-1) ?? []));
        NextToken = page.NextToken;
      } while (NextToken);
      const prefix = `${owner.project}-${owner.stage}-`;
      const found = await Promise.all(
        names
          .filter((name) => name.startsWith(prefix) && !known?.has(name))
          .map(async (name) => ({ name, id: nodeOf(await tagsAt(arnOf(name)), owner) })),
      );
      return found.flatMap(({ name, id }) => (id === undefined ? [] : [{ id, name, physicalId: name }]));
    },
  };
}
