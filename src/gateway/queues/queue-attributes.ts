// GetQueueAttributes. https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_GetQueueAttributes.html

import type { Queue } from './queue.ts';

/** @param names `All`, or single ones; none: none */
export function queueAttributes(queue: Queue, names: readonly string[]): Readonly<Record<string, string>> {
  const { settings } = queue;
  const { visible, inFlight, delayed } = countsOf(queue);
  const all: Readonly<Record<string, string>> = {
    QueueArn: settings.arn,
    ApproximateNumberOfMessages: String(visible),
    ApproximateNumberOfMessagesNotVisible: String(inFlight),
    ApproximateNumberOfMessagesDelayed: String(delayed),
    VisibilityTimeout: String(settings.visibilityTimeout),
    MaximumMessageSize: String(settings.maximumMessageSize),
    MessageRetentionPeriod: String(settings.retention),
    DelaySeconds: String(settings.delay),
    ReceiveMessageWaitTimeSeconds: String(settings.receiveWait),
    ...(settings.deadLetter !== undefined && {
      RedrivePolicy: JSON.stringify({
        deadLetterTargetArn: settings.deadLetter.arn,
        maxReceiveCount: settings.deadLetter.maxReceives,
      }),
    }),
    ...(settings.fifo && {
      FifoQueue: 'true',
      ContentBasedDeduplication: String(settings.contentBasedDeduplication),
    }),
  };
  return Object.fromEntries(Object.entries(all).filter(([name]) => names.includes('All') || names.includes(name)));
}

function countsOf(queue: Queue): { readonly visible: number; readonly inFlight: number; readonly delayed: number } {
  const now = queue.now();
  const counts = { visible: 0, inFlight: 0, delayed: 0 };
  for (const { visibleAt, receipt } of queue.messages()) {
    counts[visibleAt <= now ? 'visible' : receipt === undefined ? 'delayed' : 'inFlight'] += 1;
  }
  return counts;
}
