// The actions of SQS that a project's own functions and routes need, on parsed requests, whichever protocol they came
// by. https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_Operations.html

import { type Fields, listOf, numberOf, textOf } from '../request-fields.ts';
import { invalid, missing, ServiceFault } from '../service-fault.ts';
import { eachEntry } from './batch-entries.ts';
import { type Message, type OutgoingMessage, systemAttributes } from './message.ts';
import { checkedAttributes } from './message-attributes.ts';
import type { Queue } from './queue.ts';
import { queueAttributes } from './queue-attributes.ts';
import type { QueueSet } from './queue-set.ts';

export interface SqsContext {
  readonly queues: QueueSet;
  /** `http://127.0.0.1:40123`. */
  readonly endpoint: string;
  readonly account: string;
  /** How many functions in a row brought the request about. */
  readonly depth: number;
}

type Action = (request: Fields, context: SqsContext) => Fields | Promise<Fields>;

/** Whom messages come from. */
export const SENDER_ID = 'AIDAAPIGENLOCAL00000';

const ACTIONS: Readonly<Record<string, Action>> = {
  GetQueueUrl: (request, { queues, endpoint, account }) => {
    const name = textOf(request, 'QueueName') ?? '';
    if (queues.get(name) === undefined) throw noQueue();
    return { QueueUrl: `${endpoint}/${account}/${name}` };
  },
  GetQueueAttributes: (request, context) => ({
    Attributes: queueAttributes(queueOf(request, context), listOf(request, 'AttributeNames')),
  }),
  PurgeQueue: (request, context) => {
    queueOf(request, context).purge();
    return {};
  },
  SendMessage: (request, context) => sent(queueOf(request, context).send(outgoing(request, context.depth))),
  SendMessageBatch: (request, context) => {
    const queue = queueOf(request, context);
    return eachEntry(request, (entry) => sent(queue.send(outgoing(entry, context.depth))));
  },
  ReceiveMessage: receive,
  DeleteMessage: (request, context) => {
    remove(queueOf(request, context), request);
    return {};
  },
  DeleteMessageBatch: (request, context) => {
    const queue = queueOf(request, context);
    return eachEntry(request, (entry) => remove(queue, entry));
  },
  ChangeMessageVisibility: (request, context) => {
    hide(queueOf(request, context), request);
    return {};
  },
  ChangeMessageVisibilityBatch: (request, context) => {
    const queue = queueOf(request, context);
    return eachEntry(request, (entry) => hide(queue, entry));
  },
};

/** @throws ServiceFault */
export async function sqsAction(action: string, request: Fields, context: SqsContext): Promise<Fields> {
  const run = Object.hasOwn(ACTIONS, action) ? ACTIONS[action] : undefined;
  if (run === undefined) {
    throw new ServiceFault(
      'UnsupportedOperation',
      `The local queues do not answer ${action || 'a call without action'}.`,
      {
        queryCode: 'AWS.SimpleQueueService.UnsupportedOperation',
      },
    );
  }
  return run(request, context);
}

/** A queue is told by the end of its address, wherever that points. */
function queueOf(request: Fields, { queues }: SqsContext): Queue {
  const url = textOf(request, 'QueueUrl');
  if (url === undefined) throw missing('QueueUrl');
  const queue = queues.get(url.split('/').at(-1) ?? '');
  if (queue === undefined) throw noQueue();
  return queue;
}

const noQueue = (): ServiceFault =>
  new ServiceFault('QueueDoesNotExist', 'The specified queue does not exist.', {
    queryCode: 'AWS.SimpleQueueService.NonExistentQueue',
  });

function outgoing(request: Fields, depth: number): OutgoingMessage {
  const body = textOf(request, 'MessageBody');
  if (body === undefined) throw missing('MessageBody');
  const system = checkedAttributes(request['MessageSystemAttributes']);
  return {
    body,
    attributes: checkedAttributes(request['MessageAttributes']),
    delay: numberOf(request, 'DelaySeconds', { min: 0, max: 900 }),
    groupId: textOf(request, 'MessageGroupId'),
    deduplicationId: textOf(request, 'MessageDeduplicationId'),
    traceHeader: system['AWSTraceHeader']?.StringValue,
    depth,
  };
}

const sent = ({ id, md5, attributesMd5, sequenceNumber }: Message): Fields => ({
  MessageId: id,
  MD5OfMessageBody: md5,
  ...(attributesMd5 !== undefined && { MD5OfMessageAttributes: attributesMd5 }),
  ...(sequenceNumber !== undefined && { SequenceNumber: sequenceNumber }),
});

async function receive(request: Fields, context: SqsContext): Promise<Fields> {
  const queue = queueOf(request, context);
  const most = numberOf(request, 'MaxNumberOfMessages', { min: 1, max: 10 }) ?? 1;
  const visibilityTimeout = numberOf(request, 'VisibilityTimeout', { min: 0, max: 43_200 });
  const wait = numberOf(request, 'WaitTimeSeconds', { min: 0, max: 20 }) ?? queue.settings.receiveWait;
  const messages = await queue.receiveWithin(wait * 1000, { most, visibilityTimeout });
  const wanted = [...listOf(request, 'AttributeNames'), ...listOf(request, 'MessageSystemAttributeNames')];
  const attributes = listOf(request, 'MessageAttributeNames');
  return messages.length === 0 ? {} : { Messages: messages.map((message) => described(message, wanted, attributes)) };
}

function described(message: Message, wanted: readonly string[], attributeNames: readonly string[]): Fields {
  const system = Object.entries(systemAttributes(message, SENDER_ID)).filter(
    ([name]) => wanted.includes('All') || wanted.includes(name),
  );
  const own = Object.entries(message.attributes).filter(([name]) =>
    attributeNames.some(
      (one) => one === 'All' || one === name || (one.endsWith('.*') && name.startsWith(one.slice(0, -1))),
    ),
  );
  return {
    MessageId: message.id,
    ReceiptHandle: message.receipt,
    MD5OfBody: message.md5,
    Body: message.body,
    ...(system.length > 0 && { Attributes: Object.fromEntries(system) }),
    ...(own.length > 0 && {
      MessageAttributes: Object.fromEntries(own),
      MD5OfMessageAttributes: message.attributesMd5,
    }),
  };
}

function receiptOf(request: Fields): string {
  const receipt = textOf(request, 'ReceiptHandle');
  if (receipt === undefined) throw missing('ReceiptHandle');
  return receipt;
}

function remove(queue: Queue, request: Fields): Fields {
  queue.delete(receiptOf(request));
  return {};
}

function hide(queue: Queue, request: Fields): Fields {
  const seconds = numberOf(request, 'VisibilityTimeout', { min: 0, max: 43_200 });
  if (seconds === undefined) throw invalid('VisibilityTimeout is missing or no number.');
  if (!queue.changeVisibility(receiptOf(request), seconds)) {
    throw new ServiceFault('MessageNotInflight', 'The specified message is not in flight.', {
      queryCode: 'AWS.SimpleQueueService.MessageNotInflight',
    });
  }
  return {};
}
