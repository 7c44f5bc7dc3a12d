// The embedded queues and topics, asked by the AWS SDK and by the query protocol.

import { PublishBatchCommand, PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import {
  ChangeMessageVisibilityCommand,
  DeleteMessageBatchCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  PurgeQueueCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { QueueSet } from '../../../src/gateway/queues/queue-set.ts';
import { type ServicesServer, serveServices } from '../../../src/gateway/services/services-server.ts';
import type { TopicMessage } from '../../../src/gateway/topics/topic-message.ts';
import { TopicSet } from '../../../src/gateway/topics/topic-set.ts';
import { settings } from '../queues/queue-settings.ts';

const topicArn = 'arn:aws:sns:eu-west-1:000000000000:signals';

describe('the embedded services', () => {
  let now = Date.now();
  let queues: QueueSet;
  const topics = new TopicSet();
  let server: ServicesServer;
  let sqs: SQSClient;
  let sns: SNSClient;
  const faults: unknown[] = [];
  const url = (name: string): string => `${server.endpoint}/000000000000/${name}`;
  const send = (name: string, MessageBody: string, more = {}) =>
    sqs.send(new SendMessageCommand({ QueueUrl: url(name), MessageBody, ...more }));
  const receive = async (name: string, more = {}) => {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl: url(name), MaxNumberOfMessages: 10, ...more }),
    );
    return Messages;
  };
  const bodies = async (name: string, more = {}) => (await receive(name, more)).map(({ Body }) => Body);

  beforeAll(async () => {
    queues = await QueueSet.open({ fresh: true, now: () => now, note: () => undefined });
    const dead = { name: 'dead', arn: settings('dead').arn, maxReceives: 2 };
    queues.converge([
      settings('jobs', { deadLetter: dead }),
      settings('dead'),
      settings('small', { maximumMessageSize: 1_024, delay: 5 }),
      settings('line.fifo', { contentBasedDeduplication: true }),
    ]);
    topics.converge([{ arn: topicArn, fifo: false, contentBasedDeduplication: false }]);
    server = await serveServices({
      queues,
      topics,
      account: '000000000000',
      failed: (_action, cause) => faults.push(cause),
    });
    const common = {
      endpoint: server.endpoint,
      region: 'eu-west-1',
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
      maxAttempts: 1,
    };
    sqs = new SQSClient(common);
    sns = new SNSClient(common);
  });
  afterEach(() => {
    for (const name of ['jobs', 'dead', 'small', 'line.fifo']) queues.get(name)?.purge();
    expect(faults).toEqual([]);
  });
  afterAll(async () => {
    sqs.destroy();
    sns.destroy();
    await server.close();
    await queues.close();
  });

  it('give a message with all that it was sent with, and hide it until it is deleted', async () => {
    const MessageAttributes = {
      kind: { DataType: 'String', StringValue: 'order' },
      count: { DataType: 'Number', StringValue: '3' },
      raw: { DataType: 'Binary', BinaryValue: new Uint8Array([1, 2, 3]) },
    };
    const { MessageId, MD5OfMessageAttributes } = await send('jobs', 'hellö', { MessageAttributes });
    const [message] = await receive('jobs', { MessageAttributeNames: ['All'], MessageSystemAttributeNames: ['All'] });
    expect(message).toMatchObject({
      MessageId,
      Body: 'hellö',
      MessageAttributes,
      MD5OfMessageAttributes,
      Attributes: { ApproximateReceiveCount: '1', SentTimestamp: String(now), SenderId: expect.any(String) },
    });
    expect(await receive('jobs')).toEqual([]);
    await sqs.send(new DeleteMessageCommand({ QueueUrl: url('jobs'), ReceiptHandle: message?.ReceiptHandle }));
    now += 31_000;
    expect(await receive('jobs')).toEqual([]);
  });

  it('report the digest of attributes that SQS documents', async () => {
    const MessageAttributes = { timestamp: { DataType: 'Number', StringValue: '1493147359900' } };
    const { MD5OfMessageAttributes } = await send('jobs', 'x', { MessageAttributes });
    // Computed apart from here, by another implementation of the developer guide's algorithm.
    expect(MD5OfMessageAttributes).toBe('235c5c510d26fb653d073faed50ae77c');
  });

  it('give a message again when its time is over, and at last to the dead-letter queue', async () => {
    await send('jobs', 'hard');
    for (const count of ['1', '2']) {
      const [message] = await receive('jobs', { MessageSystemAttributeNames: ['ApproximateReceiveCount'] });
      expect(message?.Attributes).toEqual({ ApproximateReceiveCount: count });
      now += 30_000;
    }
    expect(await bodies('jobs')).toEqual([]);
    const [dead] = await receive('dead', { MessageSystemAttributeNames: ['All'] });
    expect(dead).toMatchObject({ Body: 'hard', Attributes: { DeadLetterQueueSourceArn: settings('jobs').arn } });
  });

  it('change how long a message is hidden', async () => {
    await send('jobs', 'soon');
    const [message] = await receive('jobs');
    const change = { QueueUrl: url('jobs'), ReceiptHandle: message?.ReceiptHandle };
    await sqs.send(new ChangeMessageVisibilityCommand({ ...change, VisibilityTimeout: 0 }));
    expect(await bodies('jobs')).toEqual(['soon']);
    await expect(
      sqs.send(new ChangeMessageVisibilityCommand({ ...change, ReceiptHandle: 'unknown', VisibilityTimeout: 0 })),
    ).rejects.toMatchObject({ name: 'MessageNotInflight' });
  });

  it('answer a waiting receive when a message comes', async () => {
    const waiting = bodies('jobs', { WaitTimeSeconds: 10 });
    await send('jobs', 'awaited');
    expect(await waiting).toEqual(['awaited']);
  });

  it('take batches, each entry by itself', async () => {
    const { Successful = [], Failed = [] } = await sqs.send(
      new SendMessageBatchCommand({
        QueueUrl: url('small'),
        Entries: [
          { Id: 'a', MessageBody: 'fits', DelaySeconds: 0 },
          { Id: 'b', MessageBody: 'x'.repeat(2_000) },
        ],
      }),
    );
    expect(Successful.map(({ Id }) => Id)).toEqual(['a']);
    expect(Failed).toEqual([expect.objectContaining({ Id: 'b', Code: 'InvalidParameterValue', SenderFault: true })]);
    const [message] = await receive('small');
    const Entries = [{ Id: '1', ReceiptHandle: message?.ReceiptHandle }];
    const deleted = await sqs.send(new DeleteMessageBatchCommand({ QueueUrl: url('small'), Entries }));
    expect(deleted.Successful).toEqual([{ Id: '1' }]);
  });

  it('hold back what is sent with a delay', async () => {
    await send('small', 'later');
    expect(await bodies('small')).toEqual([]);
    const attributes = async () => {
      const AttributeNames = ['All' as const];
      return (await sqs.send(new GetQueueAttributesCommand({ QueueUrl: url('small'), AttributeNames }))).Attributes;
    };
    expect(await attributes()).toMatchObject({
      QueueArn: settings('small').arn,
      ApproximateNumberOfMessages: '0',
      ApproximateNumberOfMessagesDelayed: '1',
      DelaySeconds: '5',
    });
    now += 5_000;
    expect(await bodies('small')).toEqual(['later']);
    expect(await attributes()).toMatchObject({ ApproximateNumberOfMessagesNotVisible: '1' });
  });

  it('keep a group of a FIFO queue in order, and take a duplicate once', async () => {
    const group = (MessageGroupId: string) => ({ MessageGroupId });
    await send('line.fifo', 'a1', group('a'));
    await send('line.fifo', 'a2', group('a'));
    await send('line.fifo', 'a1', group('a'));
    await send('line.fifo', 'b1', group('b'));
    const [first] = await receive('line.fifo', { MaxNumberOfMessages: 1 });
    expect(first?.Body).toBe('a1');
    expect(await bodies('line.fifo')).toEqual(['b1']);
    await sqs.send(new DeleteMessageCommand({ QueueUrl: url('line.fifo'), ReceiptHandle: first?.ReceiptHandle }));
    expect(await bodies('line.fifo')).toEqual(['a2']);
    await expect(send('line.fifo', 'none')).rejects.toMatchObject({ name: 'MissingParameter' });
  });

  it('forget what is older than the queue keeps, and all of a queue that is purged', async () => {
    await send('jobs', 'old');
    now += 345_601_000;
    expect(await bodies('jobs')).toEqual([]);
    await send('jobs', 'new');
    await sqs.send(new PurgeQueueCommand({ QueueUrl: url('jobs') }));
    expect(await bodies('jobs')).toEqual([]);
  });

  it('find a queue by its name, and say that there is none', async () => {
    expect((await sqs.send(new GetQueueUrlCommand({ QueueName: 'jobs' }))).QueueUrl).toBe(url('jobs'));
    await expect(send('nowhere', 'x')).rejects.toMatchObject({ name: 'QueueDoesNotExist' });
    await expect(sqs.send(new GetQueueUrlCommand({ QueueName: 'nowhere' }))).rejects.toThrow('does not exist');
  });

  describe('by the query protocol', () => {
    const ask = async (path: string, form: Record<string, string>, headers: Record<string, string> = {}) => {
      const response = await fetch(server.endpoint + path, {
        method: 'POST',
        body: new URLSearchParams(form),
        headers: { Authorization: 'AWS4-HMAC-SHA256 Credential=local', ...headers },
      });
      return { status: response.status, text: await response.text() };
    };

    it('send to the queue of the path, and answer API Gateway in JSON', async () => {
      const form = {
        Action: 'SendMessage',
        MessageBody: '{"a":"<&>"}',
        'MessageAttribute.1.Name': 'kind',
        'MessageAttribute.1.Value.DataType': 'String',
        'MessageAttribute.1.Value.StringValue': 'order',
      };
      const { text } = await ask('/000000000000/jobs', form, { 'User-Agent': 'AmazonAPIGateway_abc' });
      const { MessageId } = JSON.parse(text).SendMessageResponse.SendMessageResult;
      expect(await receive('jobs', { MessageAttributeNames: ['kind'] })).toEqual([
        expect.objectContaining({
          MessageId,
          Body: '{"a":"<&>"}',
          MessageAttributes: { kind: { DataType: 'String', StringValue: 'order' } },
        }),
      ]);
    });

    it('answer everybody else in XML, refusals too', async () => {
      await send('jobs', '<x>&</x>');
      const form = { Action: 'ReceiveMessage', QueueUrl: url('jobs'), 'AttributeName.1': 'ApproximateReceiveCount' };
      const { text } = await ask('/', form);
      expect(text).toContain('<ReceiveMessageResponse xmlns="http://queue.amazonaws.com/doc/2012-11-05/">');
      expect(text).toContain('<Body>&lt;x&gt;&amp;&lt;/x&gt;</Body>');
      expect(text).toContain('<Attribute><Name>ApproximateReceiveCount</Name><Value>1</Value></Attribute>');
      const refused = await ask('/000000000000/nowhere', { Action: 'SendMessage', MessageBody: 'x' });
      expect(refused.status).toBe(400);
      expect(refused.text).toContain('<Code>AWS.SimpleQueueService.NonExistentQueue</Code>');
      const batch = {
        Action: 'SendMessageBatch',
        'SendMessageBatchRequestEntry.1.Id': 'one',
        'SendMessageBatchRequestEntry.1.MessageBody': 'first',
      };
      expect((await ask('/000000000000/jobs', batch)).text).toContain('<SendMessageBatchResultEntry><Id>one</Id>');
    });

    it('outlive names that are deeper than any of AWS', async () => {
      const deep = { Action: 'SendMessage', MessageBody: 'x', [`a${'.a'.repeat(20_000)}`]: 'deep' };
      expect((await ask('/000000000000/jobs', deep)).status).toBe(200);
      expect(await bodies('jobs')).toEqual(['x']);
    });

    it('refuse who does not sign', async () => {
      const form = { Action: 'SendMessage', MessageBody: 'from a page' };
      expect((await ask('/000000000000/jobs', form, { Authorization: '' })).status).toBe(403);
      expect(await bodies('jobs')).toEqual([]);
    });
  });

  describe('with topics', () => {
    const published = async (filter: object, send: () => Promise<unknown>): Promise<readonly TopicMessage[]> => {
      const got: TopicMessage[] = [];
      const end = topics.subscribe({ topicArn, filter, deliver: (message) => got.push(message) });
      await send();
      end();
      return got;
    };
    const kind = (StringValue: string) => ({ kind: { DataType: 'String', StringValue } });

    it('give a message to whose filter lets it through', async () => {
      const policy = { policy: { kind: ['order'] } };
      const got = await published(policy, async () => {
        await sns.send(new PublishCommand({ TopicArn: topicArn, Message: 'mine', MessageAttributes: kind('order') }));
        await sns.send(
          new PublishCommand({ TopicArn: topicArn, Message: 'not mine', MessageAttributes: kind('other') }),
        );
        await sns.send(new PublishCommand({ TopicArn: topicArn, Message: 'nobody’s' }));
      });
      expect(got.map(({ message }) => message)).toEqual(['mine']);
      const body = { policy: { total: [{ numeric: ['>', 5] }] }, scope: 'MessageBody' };
      const byBody = await published(body, async () => {
        for (const Message of ['{"total":9}', '{"total":3}', 'no JSON']) {
          await sns.send(new PublishCommand({ TopicArn: topicArn, Message }));
        }
      });
      expect(byBody.map(({ message }) => message)).toEqual(['{"total":9}']);
    });

    it('take batches, and refuse what SNS refuses', async () => {
      const got = await published({}, async () => {
        const PublishBatchRequestEntries = [
          { Id: 'a', Message: 'one', MessageAttributes: kind('x') },
          { Id: 'b', Message: 'two', Subject: '' },
        ];
        const answer = await sns.send(new PublishBatchCommand({ TopicArn: topicArn, PublishBatchRequestEntries }));
        expect(answer.Successful).toEqual([{ Id: 'a', MessageId: expect.any(String) }]);
        expect(answer.Failed).toEqual([expect.objectContaining({ Id: 'b', Code: 'InvalidParameter' })]);
      });
      expect(got.map(({ message, attributes }) => [message, attributes])).toEqual([['one', kind('x')]]);
      await expect(sns.send(new PublishCommand({ TopicArn: `${topicArn}-else`, Message: 'x' }))).rejects.toMatchObject({
        name: 'NotFoundException',
      });
    });
  });
});
