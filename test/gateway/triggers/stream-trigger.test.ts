// How records of a stream reach a function: in order, in batches, again where they failed, and not for ever.

import { afterEach, describe, expect, it } from '@jest/globals';
import type { StreamRecord } from '../../../src/gateway/triggers/stream-record.ts';
import { StreamTrigger, type StreamTriggerOptions } from '../../../src/gateway/triggers/stream-trigger.ts';
import { type FakeFunctions, fails, fakeFunctions, succeeds } from './fake-functions.ts';

interface Event {
  readonly Records: readonly StreamRecord[];
}

const started: StreamTrigger[] = [];
afterEach(() => {
  for (const trigger of started.splice(0)) trigger.close();
});

function follow(fake: FakeFunctions<Event>, options: Partial<StreamTriggerOptions> = {}): StreamTrigger {
  const trigger = new StreamTrigger({
    target: { source: 'stream', name: 'Order', function: 'reindex' },
    ports: fake.ports,
    stream: { arn: 'arn:stream', region: 'eu-west-1', view: 'NEW_AND_OLD_IMAGES' },
    functionArn: 'arn:function',
    batchSize: 100,
    batchWindow: 0,
    parallelization: 1,
    retries: 3,
    bisectOnError: false,
    reportFailures: false,
    filters: [],
    ...options,
  });
  started.push(trigger);
  return trigger;
}

const bytes = { keys: 1, before: 0, after: 1 };
const change = (id: string, depth = 0) => ({
  table: 'orders',
  keys: { id: { S: id } },
  after: { id: { S: id } },
  bytes,
  at: 0,
  expired: false,
  depth,
});
const idOf = (record: StreamRecord): string => String(record.dynamodb.Keys['id']?.['S']);
const batches = ({ calls }: FakeFunctions<Event>): string[] =>
  calls.map(({ event }) => event.Records.map(idOf).join(' '));

describe('a trigger on a stream', () => {
  it('gives what was written together in one batch, up to its size, in order', async () => {
    const fake = fakeFunctions<Event>(() => succeeds());
    const trigger = follow(fake, { batchSize: 2 });
    for (const id of ['a', 'b', 'c']) trigger.changed(change(id));
    await fake.reported(2);
    expect(batches(fake)).toEqual(['a b', 'c']);
    expect(fake.deliveries[0]).toMatchObject({ source: 'stream', name: 'Order', function: 'reindex', records: 2 });
    expect(fake.deliveries.map(({ start, outcome }) => [start, outcome])).toEqual([
      ['cold', 'done'],
      ['warm', 'done'],
    ]);
  });

  it('waits for more as long as its window', async () => {
    const fake = fakeFunctions<Event>(() => succeeds());
    const trigger = follow(fake, { batchWindow: 0.2 });
    trigger.changed(change('a'));
    await new Promise((resolve) => setTimeout(resolve, 60));
    trigger.changed(change('b'));
    await fake.reported(1);
    expect(batches(fake)).toEqual(['a b']);
  });

  it('passes over what its filters do not let through', async () => {
    const fake = fakeFunctions<Event>(() => succeeds());
    const trigger = follow(fake, {
      filters: [{ dynamodb: { Keys: { id: { S: ['b'] } } } }, { eventName: ['REMOVE'] }],
    });
    for (const id of ['a', 'b', 'c']) trigger.changed(change(id));
    await fake.reported(1);
    expect(batches(fake)).toEqual(['b']);
  });

  it('tries a batch that fails again before the next, and gives it up after its attempts', async () => {
    const fake = fakeFunctions<Event>(({ Records }) =>
      Records.some((one) => idOf(one) === 'a') ? fails() : succeeds(),
    );
    const documents: object[] = [];
    const trigger = follow(fake, { batchSize: 1, retries: 2, onFailure: (document) => documents.push(document) });
    trigger.changed(change('a'));
    trigger.changed(change('b'));
    await fake.reported(4);
    expect(batches(fake)).toEqual(['a', 'a', 'a', 'b']);
    expect(fake.deliveries.map(({ outcome, reason, next }) => [outcome, reason, next])).toEqual([
      ['failed', 'Error: boom', 'again in 1 ms'],
      ['failed', 'Error: boom', 'again in 1 ms'],
      ['dropped', 'Error: boom', 'given up'],
      ['done', undefined, undefined],
    ]);
    const sequence = fake.calls[0]?.event.Records[0]?.dynamodb.SequenceNumber;
    expect(documents).toEqual([
      expect.objectContaining({
        requestContext: expect.objectContaining({
          functionArn: 'arn:function',
          condition: 'RetryAttemptsExhausted',
          approximateInvokeCount: 3,
        }),
        DDBStreamBatchInfo: expect.objectContaining({
          startSequenceNumber: sequence,
          endSequenceNumber: sequence,
          batchSize: 1,
          streamArn: 'arn:stream',
        }),
      }),
    ]);
  });

  it('cuts a batch that fails in two, which costs no attempt', async () => {
    const fake = fakeFunctions<Event>(({ Records }) =>
      Records.some((one) => idOf(one) === 'c') ? fails() : succeeds(),
    );
    const trigger = follow(fake, { bisectOnError: true, retries: 1 });
    for (const id of ['a', 'b', 'c', 'd']) trigger.changed(change(id));
    await fake.reported(6);
    expect(batches(fake)).toEqual(['a b c d', 'a b', 'c d', 'c', 'c', 'd']);
    expect(fake.deliveries.map(({ outcome }) => outcome)).toEqual([
      'failed',
      'done',
      'failed',
      'failed',
      'dropped',
      'done',
    ]);
  });

  it('goes on from the first record that the function names', async () => {
    const fake = fakeFunctions<Event>(({ Records }, call) =>
      succeeds({
        batchItemFailures:
          call > 1
            ? []
            : Records.filter((one) => /[bd]/.test(idOf(one)))
                .reverse()
                .map(({ dynamodb }) => ({ itemIdentifier: dynamodb.SequenceNumber })),
      }),
    );
    const trigger = follow(fake, { reportFailures: true });
    for (const id of ['a', 'b', 'c', 'd']) trigger.changed(change(id));
    await fake.reported(2);
    expect(batches(fake)).toEqual(['a b c d', 'b c d']);
    expect(fake.deliveries[0]).toMatchObject({ outcome: 'partial', failed: 2 });
  });

  it('works off several items at once, each in its order', async () => {
    const fake = fakeFunctions<Event>(async () => {
      await new Promise((resolve) => setTimeout(resolve, 5));
      return succeeds();
    });
    const trigger = follow(fake, { parallelization: 4, batchSize: 1 });
    const ids = Array.from({ length: 40 }, (_, at) => `item-${at % 8}`);
    for (const id of ids) trigger.changed(change(id));
    await fake.reported(40);
    for (const id of new Set(ids)) {
      const numbers = fake.calls
        .flatMap(({ event }) => event.Records)
        .filter((record) => idOf(record) === id)
        .map(({ dynamodb }) => dynamodb.SequenceNumber);
      expect(numbers).toEqual([...numbers].sort());
    }
  });

  it('holds what a broken function cannot take, without counting it, until that is mended', async () => {
    let broken = true;
    const fake = fakeFunctions<Event>(() => {
      if (broken) throw new Error('reindex cannot be built');
      return succeeds();
    });
    const trigger = follow(fake, { retries: 0 });
    trigger.changed(change('a'));
    const [held] = await fake.reported(1);
    expect(held).toMatchObject({ outcome: 'waiting', reason: 'reindex cannot be built' });
    broken = false;
    trigger.wake();
    await fake.reported(2);
    expect(fake.deliveries[1]).toMatchObject({ outcome: 'done', records: 1 });
  });

  it('says how many functions in a row there were, and stops one that feeds itself', async () => {
    const documents: object[] = [];
    let trigger: StreamTrigger | undefined;
    const fake = fakeFunctions<Event>(() => {
      trigger?.changed(change('again', fake.calls.at(-1)?.depth));
      return succeeds();
    });
    trigger = follow(fake, { onFailure: (document) => documents.push(document) });
    trigger.changed(change('first'));
    await fake.reported(17);
    expect(fake.calls.map(({ depth }) => depth)).toEqual(Array.from({ length: 16 }, (_, at) => at + 1));
    expect(fake.deliveries[16]).toMatchObject({
      outcome: 'dropped',
      reason: expect.stringContaining('16 calls in a row'),
    });
    expect(documents).toHaveLength(1);
  });

  it('calls nothing after it is closed', async () => {
    const fake = fakeFunctions<Event>(() => fails());
    const trigger = follow(fake, { retries: -1 });
    trigger.changed(change('a'));
    await fake.reported(1);
    trigger.close();
    const { length } = fake.calls;
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(fake.calls).toHaveLength(length);
  });
});
