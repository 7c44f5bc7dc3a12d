// Queues and topics of a project under dev: reached by routes and by handlers, each with the functions they call.

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DevEvent } from '../../../src/flows/dev/dev-event.ts';
import { startDev } from '../../../src/flows/dev/start-dev.ts';
import { startTables } from '../../../src/gateway/tables/start-tables.ts';
import { type DevHarness, underDev } from './dev-harness.ts';

const yml = `name: shop
region: eu-west-1
topics: { signals: {}, others: "arn:aws:sns:eu-west-1:123456789012:others" }
queues:
  jobs: { deadLetter: { queue: dead, maxReceives: 1 } }
  dead: {}
  copies: { subscribe: [{ topic: signals, filter: { kind: [copied] } }] }
  wrapped: { subscribe: [{ topic: signals, raw: false, filter: { kind: [wrapped] } }] }
functions:
  work: { handler: src/work.handler, on: [{ queue: jobs, reportFailures: true }, { topic: signals, filter: { kind: [seen] } }, { queue: copies }, { queue: wrapped }] }
  looper: { handler: src/looper.handler, access: { signals: publish }, on: [{ topic: signals, filter: { kind: [loop] } }] }
  elsewhere: { handler: src/work.handler, on: [{ topic: others }] }
apis:
  partner:
    type: rest
    auth: none
    routes:
      POST /jobs: { sqs: { queue: jobs, message: $request.body, attributes: { kind: order } } }
      POST /signals: { sns: { topic: signals, message: $request.body, attributes: { kind: seen } } }
      POST /others: { sns: { topic: others, message: $request.body } }
  public:
    type: http
    auth: none
    routes:
      POST /jobs: { sqs: { queue: jobs, message: $request.body } }
      POST /send: { handler: src/send.handler, access: { jobs: [send, receive], dead: receive, signals: publish } }
`;

const files = {
  'apigen.yml': yml,
  'src/work.ts': `export const handler = async (event) => {
  console.log('event ' + JSON.stringify(event));
  return { batchItemFailures: event.Records.filter((one) => one.body === 'bad').map((one) => ({ itemIdentifier: one.messageId })) };
};
`,
  'src/looper.ts': `import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
const sns = new SNSClient({});
export const handler = async (event) => {
  const { Message } = event.Records[0].Sns;
  await sns.send(new PublishCommand({ TopicArn: process.env.SIGNALS_TOPIC_ARN, Message, MessageAttributes: { kind: { DataType: 'String', StringValue: 'loop' } } }));
};
`,
  'src/send.ts': `import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { ReceiveMessageCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
const [sqs, sns] = [new SQSClient({}), new SNSClient({})];
export const handler = async ({ body, queryStringParameters = {} }) => {
  const { kind, receive } = queryStringParameters;
  if (receive) {
    const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl: process.env.DEAD_QUEUE_URL, WaitTimeSeconds: 5 }));
    return Messages.map(({ Body }) => Body);
  }
  if (!kind) await sqs.send(new SendMessageCommand({ QueueUrl: process.env.JOBS_QUEUE_URL, MessageBody: body }));
  else await sns.send(new PublishCommand({ TopicArn: process.env.SIGNALS_TOPIC_ARN, Message: body, Subject: 'news', MessageAttributes: { kind: { DataType: 'String', StringValue: kind } } }));
  return { sent: true };
};
`,
};

const isLooper = (event: DevEvent): event is Extract<DevEvent, { type: 'delivery' }> =>
  event.type === 'delivery' && event.function === 'looper';

describe('queues and topics under dev', () => {
  let dev: DevHarness;
  const urlOf = (name: string): string => dev.session.apis().find((api) => api.name === name)?.url ?? '';
  const post = async (api: string, path: string, body: string) => {
    const response = await fetch(urlOf(api) + path, {
      method: 'POST',
      body,
      headers: { 'Content-Type': 'application/json' },
    });
    return { status: response.status, body: await response.json() };
  };
  /** Events that the function has printed. */
  const seen = (): readonly { readonly Records: readonly Record<string, unknown>[] }[] =>
    dev.events.flatMap((event) =>
      event.type === 'output' && event.text.startsWith('event ') ? [JSON.parse(event.text.slice(6))] : [],
    );
  const until = async <T>(find: () => T | undefined): Promise<T> => {
    for (;;) {
      const found = find();
      if (found !== undefined) return found;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  };
  const record = (fits: (record: Record<string, unknown>) => boolean) =>
    until(() =>
      seen()
        .flatMap(({ Records }) => Records)
        .find(fits),
    );
  const told = (fits: (event: Extract<DevEvent, { type: 'delivery' }>) => boolean) =>
    until(() => dev.events.find((event) => event.type === 'delivery' && fits(event)));

  beforeAll(async () => {
    dev = await underDev(files);
  });
  afterAll(() => dev.close());

  it('are listed with what they call', () => {
    expect(dev.session.triggers()).toEqual([
      { source: 'queue', name: 'jobs', function: 'work' },
      { source: 'topic', name: 'signals', function: 'work' },
      { source: 'queue', name: 'copies', function: 'work' },
      { source: 'queue', name: 'wrapped', function: 'work' },
      { source: 'topic', name: 'signals', function: 'looper' },
      { source: 'topic', name: 'others', function: 'elsewhere', off: 'a topic on AWS' },
    ]);
  });

  it('take what routes send, and answer with the id', async () => {
    const rest = await post('partner', '/jobs', '{"from":"rest"}');
    expect(rest).toEqual({ status: 200, body: { messageId: expect.stringMatching(/^[0-9a-f-]{36}$/) } });
    expect(await record(({ body }) => body === '{"from":"rest"}')).toMatchObject({
      messageId: (rest.body as { messageId: string }).messageId,
      messageAttributes: { kind: { stringValue: 'order', dataType: 'String' } },
      eventSourceARN: 'arn:aws:sqs:eu-west-1:000000000000:shop-dev-jobs',
    });
    expect((await post('public', '/jobs', '{"from":"http"}')).status).toBe(200);
    await record(({ body }) => body === '{"from":"http"}');
    const published = await post('partner', '/signals', '{"from":"topic"}');
    const { messageId } = published.body as { messageId: string };
    expect(await record(({ EventSource }) => EventSource === 'aws:sns')).toEqual({
      EventSource: 'aws:sns',
      EventVersion: '1.0',
      EventSubscriptionArn: expect.stringMatching(/^arn:aws:sns:eu-west-1:0{12}:shop-dev-signals:[0-9a-f-]{36}$/),
      Sns: expect.objectContaining({
        Type: 'Notification',
        MessageId: messageId,
        TopicArn: 'arn:aws:sns:eu-west-1:000000000000:shop-dev-signals',
        Subject: null,
        Message: '{"from":"topic"}',
        MessageAttributes: { kind: { Type: 'String', Value: 'seen' } },
      }),
    });
  });

  it('leave what is not of the project to --endpoint-url, and say that there is none', async () => {
    expect((await post('partner', '/others', '{}')).status).toBe(500);
    await until(() => dev.events.find((event) => event.type === 'note' && event.text.includes('--endpoint-url')));
  });

  it('take what handlers send by the names in their environment', async () => {
    expect((await post('public', '/send', 'by hand')).body).toEqual({ sent: true });
    await record(({ body }) => body === 'by hand');
    await post('public', '/send?kind=copied', 'a copy');
    expect(await record(({ body }) => body === 'a copy')).toMatchObject({
      messageAttributes: { kind: { stringValue: 'copied' } },
    });
    await post('public', '/send?kind=wrapped', 'in an envelope');
    const wrapped = await record(({ eventSourceARN }) => /-wrapped$/.test(String(eventSourceARN)));
    expect(JSON.parse(String(wrapped['body']))).toMatchObject({
      Type: 'Notification',
      Subject: 'news',
      Message: 'in an envelope',
      MessageAttributes: { kind: { Type: 'String', Value: 'wrapped' } },
    });
  });

  it('move what fails to the dead-letter queue, where a handler finds it', async () => {
    await post('public', '/send', 'bad');
    expect(await told(({ next }) => next === 'to shop-dev-dead')).toMatchObject({ function: 'work', records: 1 });
    expect((await post('public', '/send?receive=1', '')).body).toEqual(['bad']);
  });

  it('stop a function that publishes to the topic that calls it', async () => {
    await post('public', '/send?kind=loop', 'round');
    await told(({ function: called, outcome }) => called === 'looper' && outcome === 'dropped');
    // The last call is told of when it has ended, which is after it published what is dropped.
    const ends = () => dev.events.flatMap((event) => (isLooper(event) ? [event.outcome] : []));
    await until(() => (ends().length > 16 ? true : undefined));
    expect(ends().sort()).toEqual([...Array(16).fill('done'), 'dropped']);
  });

  it('keep their messages to the next start', async () => {
    await dev.project.write({
      'apigen.yml': yml.replace('queue: jobs, report', 'queue: jobs, enabled: false, report'),
    });
    await until(() => dev.events.find((event) => event.type === 'reloaded' && event.what === 'apigen.yml'));
    await post('public', '/send', 'for tomorrow');
    const held = dev.events.length;
    await dev.session.close();
    expect(
      seen()
        .flatMap(({ Records }) => Records)
        .some(({ body }) => body === 'for tomorrow'),
    ).toBe(false);
    await dev.project.write({ 'apigen.yml': yml });
    const session = await startDev({
      cwd: dev.project.root,
      env: { PATH: process.env['PATH'] },
      port: 0,
      startTables,
      emit: (event) => dev.events.push(event),
    });
    await record(({ body }) => body === 'for tomorrow');
    expect(dev.events.length).toBeGreaterThan(held);
    await session.close();
  });
});
