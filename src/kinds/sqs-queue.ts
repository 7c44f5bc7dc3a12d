// An SQS queue, with the policy that lets its topics send to it. Its name is deterministic; its URL is AWS's to give.

import {
  CreateQueueCommand,
  DeleteQueueCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ListQueuesCommand,
  ListQueueTagsCommand,
  type QueueAttributeName,
  SetQueueAttributesCommand,
  TagQueueCommand,
} from '@aws-sdk/client-sqs';
import { until } from '../aws/until.ts';
import type { Kind, Live, Props, Target } from '../engine/kind.ts';
import { ApigenError } from '../errors.ts';
import type { KindContext } from './kind-context.ts';
import { orAbsent } from './or-absent.ts';
import { managedTags, missingTags, nodeOf, ownership, type Tags } from './ownership.ts';
import { attributesOf, fromAttributes, isFifo, type QueueAttributes, type SqsQueueProps } from './sqs-queue-props.ts';

export { type SqsQueueProps, sqsQueueInputs } from './sqs-queue-props.ts';

/** A name is free 60 s after its queue was deleted. https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_DeleteQueue.html */
const nameFreeMs = 90_000;

export function sqsQueue({ aws, owner }: KindContext): Kind {
  const arnOf = (name: string): string => `arn:${aws.partition}:sqs:${aws.region}:${aws.account}:${name}`;
  const urlOf = async (QueueName: string): Promise<string | undefined> =>
    (await orAbsent(aws.sqs.send(new GetQueueUrlCommand({ QueueName }))))?.QueueUrl;
  const tagsAt = async (QueueUrl: string): Promise<Tags> =>
    (await orAbsent(aws.sqs.send(new ListQueueTagsCommand({ QueueUrl }))))?.Tags ?? {};

  const read = async (target: Target, desired: Props | undefined): Promise<Live | undefined> => {
    const QueueUrl = await urlOf(target.name);
    if (QueueUrl === undefined) return undefined;
    const AttributeNames: QueueAttributeName[] = ['All'];
    const found = await orAbsent(aws.sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames })));
    if (!found) return undefined;
    const tags = await tagsAt(QueueUrl);
    const props: SqsQueueProps = {
      queueName: target.name,
      ...fromAttributes(found.Attributes ?? {}),
      tags: managedTags(tags, desired?.['tags']),
    };
    return {
      physicalId: target.name,
      props: props as unknown as Props,
      outputs: { arn: arnOf(target.name), url: QueueUrl },
      ...ownership(tags, owner),
    };
  };

  const create = async (desired: SqsQueueProps): Promise<string> => {
    const set = Object.entries(attributesOf(desired, arnOf(desired.queueName))).filter(([, value]) => value !== '');
    const Attributes: QueueAttributes = {
      ...Object.fromEntries(set),
      ...(isFifo(desired.queueName) && { FifoQueue: 'true' }),
    };
    const command = new CreateQueueCommand({ QueueName: desired.queueName, Attributes, tags: { ...desired.tags } });
    const { QueueUrl } = await until(
      async () => {
        try {
          return await aws.sqs.send(command);
        } catch (error) {
          const tooSoon = error instanceof ApigenError && /QueueDeletedRecently/.test(error.aws?.name ?? '');
          if (tooSoon) return undefined;
          throw error;
        }
      },
      { timeoutMs: nameFreeMs, describe: `the name of the deleted queue ${desired.queueName} to be free` },
    );
    return QueueUrl ?? '';
  };

  const change = async (QueueUrl: string, now: SqsQueueProps, desired: SqsQueueProps): Promise<void> => {
    const arn = arnOf(desired.queueName);
    const before = attributesOf(now, arn);
    const after = Object.entries(attributesOf(desired, arn));
    const differs = ([name, value]: readonly [string, string]): boolean => before[name as QueueAttributeName] !== value;
    if (after.some(differs)) {
      const Attributes = Object.fromEntries(after.filter((entry) => entry[1] !== '' || differs(entry)));
      await aws.sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes }));
    }
    const tags = missingTags(now.tags, desired.tags);
    if (Object.keys(tags).length > 0) await aws.sqs.send(new TagQueueCommand({ QueueUrl, Tags: tags }));
  };

  return {
    name: 'sqs-queue',
    title: 'SQS queue',
    fields: {
      queueName: 'immutable',
      contentBasedDeduplication: 'mutable',
      visibilityTimeout: 'mutable',
      retention: 'mutable',
      delay: 'mutable',
      receiveWait: 'mutable',
      maximumMessageSize: 'mutable',
      deadLetter: 'mutable',
      kmsKey: 'mutable',
      topics: 'mutable',
      tags: 'mutable',
    },
    holdsData: false,
    cutsOver: false,
    retires: true,
    replacement: 'delete-first',
    read,

    async reconcile(target, props, live) {
      const desired = props as unknown as SqsQueueProps;
      const known = live?.outputs['url'];
      const url = known ?? (await create(desired));
      if (live) await change(url, live.props as unknown as SqsQueueProps, desired);
      return { physicalId: target.name, props, outputs: { arn: arnOf(target.name), url }, owned: true };
    },

    async remove(target) {
      const QueueUrl = await urlOf(target.name);
      if (QueueUrl !== undefined) await orAbsent(aws.sqs.send(new DeleteQueueCommand({ QueueUrl })));
    },

    async discover(known) {
      const urls: string[] = [];
      let NextToken: string | undefined;
      do {
        const QueueNamePrefix = `${owner.project}-${owner.stage}-`;
        const page = await aws.sqs.send(
          // A next page is given only where a size is asked for.
          new ListQueuesCommand({ QueueNamePrefix, MaxResults: 1000, ...(NextToken && { NextToken }) }),
        );
        urls.push(...(page.QueueUrls ?? []));
        NextToken = page.NextToken;
      } while (NextToken);
      const found = await Promise.all(
        urls.map(async (url) => {
          const name = url.split('/').at(-1) ?? '';
          return { name, id: known?.has(name) ? undefined : nodeOf(await tagsAt(url), owner) };
        }),
      );
      return found.flatMap(({ name, id }) => (id === undefined ? [] : [{ id, name, physicalId: name }]));
    },
  };
}
