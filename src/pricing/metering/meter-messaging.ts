// SNS and SQS: both bill a request for each 64 KB of a message.

import { Decimal, increments, ONE } from '../decimal.ts';
import type { QueueLoad, TopicLoad, Workload } from '../workload.ts';
import { GB, KB, type Metered } from './metered.ts';

const STEP = KB.times(64);

export function meterMessaging(workload: Workload): Metered[] {
  return [
    ...workload.topics.flatMap((topic) => meterTopic(topic, workload.region)),
    ...workload.queues.map((queue) => meterQueue(queue, workload.region)),
  ];
}

function meterTopic(topic: TopicLoad, region: string): Metered[] {
  const owner = { topic: topic.name };
  const { deliveries } = topic;
  const metered: Metered[] = [
    { meter: 'sns-http-deliveries', region, quantity: deliveries.http, owner },
    { meter: 'sns-email-deliveries', region, quantity: deliveries.email, owner },
    { meter: 'sns-aws-deliveries', region, quantity: deliveries.aws, owner },
  ];
  if (topic.fifo) {
    const payload = topic.publishes.times(topic.bytes).div(GB);
    metered.push({ meter: 'sns-fifo-publishes', region, quantity: topic.publishes, owner });
    metered.push({ meter: 'sns-fifo-payload', region, quantity: payload, owner });
  } else {
    metered.push({ meter: 'sns-publishes', region, quantity: topic.publishes.times(chunks(topic.bytes)), owner });
  }
  return metered;
}

function meterQueue(queue: QueueLoad, region: string): Metered {
  const meter = queue.fifo ? 'sqs-fifo-requests' : 'sqs-requests';
  return { meter, region, quantity: queue.requests.times(chunks(queue.bytes)), owner: { queue: queue.name } };
}

function chunks(bytes: Decimal): Decimal {
  return Decimal.max(ONE, increments(bytes, STEP));
}
