// Settings of a queue as apigen.yml leaves them.

import type { QueueSettings } from '../../../src/gateway/queues/queue.ts';

export const settings = (name: string, more: Partial<QueueSettings> = {}): QueueSettings => ({
  name,
  arn: `arn:aws:sqs:eu-west-1:000000000000:${name}`,
  fifo: name.endsWith('.fifo'),
  contentBasedDeduplication: false,
  visibilityTimeout: 30,
  retention: 345_600,
  delay: 0,
  receiveWait: 0,
  maximumMessageSize: 1_048_576,
  ...more,
});
