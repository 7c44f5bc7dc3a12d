// How messages of a queue reach a function, and where they go when it fails.

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { QueueSet } from '../../../src/gateway/queues/queue-set.ts';
import type { QueueRecord } from '../../../src/gateway/triggers/queue-event.ts';
import { QueueTrigger, type QueueTriggerOptions } from '../../../src/gateway/triggers/queue-trigger.ts';
import { settings } from '../queues/queue-settings.ts';
import { type FakeFunctions, fails, fakeFunctions, succeeds } from './fake-functions.ts';

interface Event {
  readonly Records: readonly QueueRecord[];
}

let queues: QueueSet;
const started: QueueTrigger[] = [];
beforeEach(async () => {
  queues = await QueueSet.open({ fresh: true, note: () => undefined });
  const deadLetter = { name: 'dead', arn: settings('dead').arn, maxReceives: 2 };
  queues.converge([settings('jobs', { deadLetter }), settings('dead'), settings('line.fifo')]);
});
afterEach(async () => {
  for (const trigger of started.splice(0)) trigger.close();
  await queues.close();
});

function work(fake: FakeFunctions<Event>, options: Partial<QueueTriggerOptions> = {}, name = 'jobs'): QueueTrigger {
  const queue = queues.get(name);
  if (queue === undefined) throw new Error('no queue');
  const trigger = new QueueTrigger({
    target: { source: 'queue', name: 'jobs', function: 'work' },
    ports: fake.ports,
    queue,
    batchSize: 10,
    batchWindow: 0,
    reportFailures: false,
    filters: [],
    ...options,
  });
  started.push(trigger);
  return trigger;
}

const send = (...bodies: string[]): void => {
  for (const body of bodies) queues.get('jobs')?.send({ body });
};
const batches = ({ calls }: FakeFunctions<Event>): string[] =>
  calls.map(({ event }) => event.Records.map(({ body }) => body).join(' '));
const left = (name: string): readonly string[] =>
  queues
    .get(name)
    ?.messages()
    .map(({ body }) => body) ?? [];

describe('a trigger on a queue', () => {
  it('gives messages as Lambda does, and deletes what was worked off', async () => {
    const fake = fakeFunctions<Event>(() => succeeds());
    const attributes = { kind: { DataType: 'String', StringValue: 'order' } };
    queues.get('jobs')?.send({ body: 'hello', attributes });
    work(fake);
    await fake.reported(1);
    expect(fake.calls[0]?.event.Records).toEqual([
      {
        messageId: expect.stringMatching(/^[0-9a-f-]{36}$/),
        receiptHandle: expect.any(String),
        body: 'hello',
        attributes: {
          ApproximateReceiveCount: '1',
          SentTimestamp: expect.stringMatching(/^\d{13}$/),
          SenderId: expect.any(String),
          ApproximateFirstReceiveTimestamp: expect.stringMatching(/^\d{13}$/),
        },
        messageAttributes: {
          kind: { stringValue: 'order', stringListValues: [], binaryListValues: [], dataType: 'String' },
        },
        md5OfBody: '5d41402abc4b2a76b9719d911017c592',
        md5OfMessageAttributes: expect.stringMatching(/^[0-9a-f]{32}$/),
        eventSource: 'aws:sqs',
        eventSourceARN: 'arn:aws:sqs:eu-west-1:000000000000:jobs',
        awsRegion: 'eu-west-1',
      },
    ]);
    expect(left('jobs')).toEqual([]);
    expect(fake.deliveries[0]).toMatchObject({ source: 'queue', function: 'work', records: 1, outcome: 'done' });
  });

  it('gathers a batch up to its size', async () => {
    const fake = fakeFunctions<Event>(() => succeeds());
    work(fake, { batchSize: 2 });
    send('a', 'b', 'c');
    await fake.reported(2);
    expect(batches(fake)).toEqual(['a b', 'c']);
  });

  it('runs several batches at once, and no more than it may', async () => {
    let [running, most] = [0, 0];
    const fake = fakeFunctions<Event>(async () => {
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => setTimeout(resolve, 30));
      running -= 1;
      return succeeds();
    });
    work(fake, { batchSize: 1, maximumConcurrency: 2 });
    send('a', 'b', 'c', 'd', 'e');
    await fake.reported(5);
    expect(most).toBe(2);
  });

  it('deletes what no filter lets through', async () => {
    const fake = fakeFunctions<Event>(() => succeeds());
    send('{"kind":"other"}', '{"kind":"good"}', 'no JSON');
    work(fake, { filters: [{ body: { kind: ['good'] } }] });
    await fake.reported(1);
    expect(batches(fake)).toEqual(['{"kind":"good"}']);
    expect(left('jobs')).toEqual([]);
  });

  it('gives messages that failed again, and then to the dead-letter queue', async () => {
    const fake = fakeFunctions<Event>(() => fails());
    send('bad');
    work(fake);
    await fake.reported(2);
    while (left('jobs').length > 0) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(left('dead')).toEqual(['bad']);
    expect(fake.deliveries.map(({ outcome, reason, next }) => [outcome, reason, next])).toEqual([
      ['failed', 'Error: boom', 'again in 1 ms'],
      ['failed', 'Error: boom', 'to dead'],
    ]);
  });

  it('gives again what the function names alone', async () => {
    const fake = fakeFunctions<Event>(({ Records }, call) =>
      succeeds({
        batchItemFailures:
          call === 1
            ? Records.filter(({ body }) => body === 'b').map((one) => ({ itemIdentifier: one.messageId }))
            : [],
      }),
    );
    send('a', 'b', 'c');
    work(fake, { reportFailures: true });
    await fake.reported(2);
    expect(batches(fake)).toEqual(['a b c', 'b']);
    expect(fake.deliveries[0]).toMatchObject({ outcome: 'partial', failed: 1 });
    expect(left('jobs')).toEqual([]);
  });

  it('takes an answer that it cannot read for the failure of all', async () => {
    const fake = fakeFunctions<Event>((_event, call) =>
      succeeds(call === 1 ? { batchItemFailures: [{ itemIdentifier: 'nobody' }] } : null),
    );
    send('a', 'b');
    work(fake, { reportFailures: true });
    await fake.reported(2);
    expect(batches(fake)).toEqual(['a b', 'a b']);
  });

  it('keeps what a broken function cannot take, uncounted, until that is mended', async () => {
    let broken = true;
    const fake = fakeFunctions<Event>(() => {
      if (broken) throw new Error('work cannot be built');
      return succeeds();
    });
    send('a');
    const trigger = work(fake);
    expect((await fake.reported(1))[0]).toMatchObject({ outcome: 'waiting', reason: 'work cannot be built' });
    broken = false;
    trigger.wake();
    await fake.reported(2);
    expect(fake.calls[1]?.event.Records[0]?.attributes['ApproximateReceiveCount']).toBe('1');
  });

  it('gives at a wake what waits for another attempt', async () => {
    const fake = fakeFunctions<Event>((_event, call) => (call === 1 ? fails() : succeeds()));
    send('a');
    const trigger = work(fake, { ports: { ...fake.ports, retryMs: () => 600_000 } });
    await fake.reported(1);
    expect(fake.deliveries[0]).toMatchObject({ next: 'again in 30 s' });
    trigger.wake();
    await fake.reported(2);
    expect(fake.deliveries[1]).toMatchObject({ outcome: 'done' });
  });

  it('keeps the order of a group of a FIFO queue, whatever fails', async () => {
    const fake = fakeFunctions<Event>((_event, call) => (call === 1 ? fails() : succeeds()));
    const line = queues.get('line.fifo');
    for (const body of ['1', '2', '3']) line?.send({ body, groupId: 'g', deduplicationId: body });
    work(fake, { batchSize: 1 }, 'line.fifo');
    await fake.reported(4);
    expect(batches(fake)).toEqual(['1', '1', '2', '3']);
  });

  it('stops a function that sends what calls it again', async () => {
    const fake = fakeFunctions<Event>(() => {
      queues.get('jobs')?.send({ body: 'again', depth: fake.calls.at(-1)?.depth ?? 0 });
      return succeeds();
    });
    work(fake);
    send('first');
    await fake.reported(17);
    expect(fake.calls).toHaveLength(16);
    expect(fake.deliveries[16]).toMatchObject({ outcome: 'dropped', reason: expect.stringContaining('16 calls') });
    expect(left('jobs')).toEqual([]);
    expect(left('dead')).toEqual(['again']);
  });
});
