// Publish and PublishBatch of SNS, on parsed requests.

import { eachEntry } from '../queues/batch-entries.ts';
import { checkedAttributes } from '../queues/message-attributes.ts';
import { type Fields, textOf } from '../request-fields.ts';
import { ServiceFault } from '../service-fault.ts';
import type { TopicMessage } from './topic-message.ts';
import type { Published, TopicSet } from './topic-set.ts';

/**
 * @param depth how many functions in a row brought the request about
 * @throws ServiceFault
 */
export function snsAction(action: string, request: Fields, topics: TopicSet, depth: number): Fields {
  const arn = topicOf(request);
  if (action === 'Publish') return answer(topics.publish(arn, published(request, depth)));
  if (action === 'PublishBatch') {
    if (!topics.has(arn)) throw new ServiceFault('NotFound', 'Topic does not exist', { status: 404 });
    const run = (entry: Fields): Fields => answer(topics.publish(arn, published(entry, depth)));
    return eachEntry(request, run, 'PublishBatchRequestEntries');
  }
  throw new ServiceFault('InvalidAction', `The local topics do not answer ${action || 'a call without action'}.`);
}

function topicOf(request: Fields): string {
  const arn = textOf(request, 'TopicArn') ?? textOf(request, 'TargetArn');
  if (arn !== undefined) return arn;
  throw new ServiceFault(
    'InvalidParameter',
    'Invalid parameter: TopicArn or TargetArn Reason: no value for required parameter',
  );
}

const published = (request: Fields, depth: number): Published => ({
  message: textOf(request, 'Message') ?? '',
  subject: textOf(request, 'Subject'),
  isByProtocol: textOf(request, 'MessageStructure') === 'json',
  attributes: checkedAttributes(request['MessageAttributes']),
  groupId: textOf(request, 'MessageGroupId'),
  deduplicationId: textOf(request, 'MessageDeduplicationId'),
  depth,
});

const answer = ({ id, sequenceNumber }: TopicMessage): Fields => ({
  MessageId: id,
  ...(sequenceNumber !== undefined && { SequenceNumber: sequenceNumber }),
});
