// `topics:`, `queues:` and `vpcLinks:`: what stands beside functions and APIs. Each is made, or exists and is only used.

import * as z from 'zod';
import { NAME_LENGTHS, SQS } from '../limits.ts';
import { filterPolicy } from './filter.ts';
import { type Fault, type NameRule, nameOf, rule, wholeNumber } from './rule.ts';

/** What topics, queues and VPC links may be called. */
export const NEIGHBOUR_NAME: NameRule = {
  pattern: /^[A-Za-z][A-Za-z0-9_-]*$/,
  length: NAME_LENGTHS.neighbour,
  allowed: 'letters, digits, - and _, beginning with a letter',
};

const arnOf = (service: string, example: string) =>
  rule(z.string(), (value) =>
    new RegExp(`^arn:aws[\\w-]*:${service}:[\\w-]+:\\d{12}:[\\w.-]+$`).test(value)
      ? undefined
      : { code: 'INVALID_ARN', message: `must be the ARN of one that exists`, hint: `Write it as ${example}.` },
  ).meta({ examples: [example] });

const topicArn = arnOf('sns', 'arn:aws:sns:eu-west-1:123456789012:signals');
const queueArn = arnOf('sqs', 'arn:aws:sqs:eu-west-1:123456789012:jobs');

const yesOrNo = (text: string) => z.boolean({ error: 'must be true or false' }).describe(text).exactOptional();

const kmsKey = z
  .string()
  .min(1)
  .describe('A KMS key that encrypts it: id, alias or ARN (AWS: KmsMasterKeyId).')
  .exactOptional();

const topic = rule(
  z.strictObject({
    arn: topicArn.describe('A topic that exists: it is used, never changed.').exactOptional(),
    fifo: yesOrNo('First in, first out (AWS: FifoTopic); the name then ends in .fifo. Default: false.'),
    contentBasedDeduplication: yesOrNo('Duplicates are told by the hash of the message (FIFO). Default: false.'),
    displayName: z.string().max(100).describe('The sender of e-mails and text messages.').exactOptional(),
    kmsKey,
  }),
  (entry) => alone(entry, 'arn', 'topic') ?? deduplicates(entry),
);

/** `topics:` by name; a bare string is the ARN of one that exists. */
export const topics = z
  .record(nameOf(NEIGHBOUR_NAME), z.union([topicArn, topic]))
  .describe('SNS topics. `{}` is made by apigen, an ARN one that exists.');

const seconds = (range: { min: number; max: number }, text: string) =>
  wholeNumber(range, 'seconds').describe(text).exactOptional();

const subscription = z.union([
  z.string(),
  z.strictObject({
    topic: z.string().describe('A topic of `topics:`.'),
    raw: yesOrNo("The message alone, without SNS's envelope (AWS: RawMessageDelivery). Default: true."),
    ...filterPolicy,
  }),
]);

const queue = rule(
  z.strictObject({
    arn: queueArn.describe('A queue that exists: it is used, never changed.').exactOptional(),
    fifo: yesOrNo('First in, first out (AWS: FifoQueue); the name then ends in .fifo. Default: false.'),
    contentBasedDeduplication: yesOrNo('Duplicates are told by the hash of the message (FIFO). Default: false.'),
    visibilityTimeout: seconds(
      SQS.visibilityTimeout,
      'Seconds that a received message is hidden from others. Default: 30, or six times the timeout of the function that it triggers.',
    ),
    retention: seconds(
      SQS.retention,
      'Seconds that a message is kept (AWS: MessageRetentionPeriod). Default: 345,600 (4 days).',
    ),
    delay: seconds(SQS.delay, 'Seconds before a message can be received (AWS: DelaySeconds). Default: 0.'),
    receiveWait: seconds(
      SQS.receiveWait,
      'Seconds that a receive waits for messages (AWS: ReceiveMessageWaitTimeSeconds). Default: 0.',
    ),
    maximumMessageSize: wholeNumber(SQS.maximumMessageSize, 'bytes')
      .describe('Bytes of a message at most. Default: 1,048,576.')
      .exactOptional(),
    deadLetter: z
      .strictObject({
        queue: z.string().describe('A queue of `queues:`.'),
        maxReceives: wholeNumber(SQS.maxReceives, 'receives')
          .describe('After so many receives a message moves (AWS: maxReceiveCount). Default: 5.')
          .exactOptional(),
      })
      .describe('Where messages go that nobody could work off (AWS: RedrivePolicy).')
      .exactOptional(),
    subscribe: z
      .union([z.string(), z.array(subscription)])
      .describe('Topics whose messages it gets: names of `topics:`, or `{ topic, raw, filter }`.')
      .exactOptional(),
    kmsKey,
  }),
  (entry) => alone(entry, 'arn', 'queue') ?? deduplicates(entry),
);

/** `queues:` by name; a bare string is the ARN of one that exists. */
export const queues = z
  .record(nameOf(NEIGHBOUR_NAME), z.union([queueArn, queue]))
  .describe('SQS queues. `{}` is made by apigen, an ARN one that exists.');

const matching = (pattern: RegExp, message: string) =>
  rule(z.string(), (value) => (pattern.test(value) ? undefined : { message }));

/** `subnet-…`. */
export const subnet = matching(/^subnet-[0-9a-f]+$/, 'must be the id of a subnet: subnet-…');
/** `sg-…`. */
export const securityGroup = matching(/^sg-[0-9a-f]+$/, 'must be the id of a security group: sg-…');

const loadBalancer = matching(
  /^arn:aws[\w-]*:elasticloadbalancing:[\w-]+:\d{12}:loadbalancer\/net\/.+$/,
  'must be the ARN of a Network Load Balancer',
);

const vpcLink = rule(vpcLinkMap(), judgeVpcLink);

/** `vpcLinks:` by name. */
export const vpcLinks = z
  .record(nameOf(NEIGHBOUR_NAME), vpcLink)
  .describe(
    'Ways into a VPC: `{ target }` (REST, to an NLB), `{ subnets }` (HTTP, to an ALB, NLB or Cloud Map), `{ id, for }`.',
  );

export type TopicEntry = z.infer<typeof topic>;
export type QueueEntry = z.infer<typeof queue>;
export type VpcLinkEntry = z.infer<ReturnType<typeof vpcLinkMap>>;

/** What exists has no settings here. */
function alone(entry: Record<string, unknown>, key: string, what: string): Fault | undefined {
  const other = entry[key] === undefined ? undefined : Object.keys(entry).find((one) => one !== key);
  if (other === undefined) return undefined;
  const message = `is a ${what} that exists and is never changed, so ${other} means nothing`;
  return { code: 'USELESS_KEY', message, hint: `Remove ${other}, or ${key} to let apigen make the ${what}.` };
}

function deduplicates(entry: { fifo?: boolean; contentBasedDeduplication?: boolean }): Fault | undefined {
  if (entry.contentBasedDeduplication !== true || entry.fifo === true) return undefined;
  return { message: 'has contentBasedDeduplication, which FIFO alone has', hint: 'Add fifo: true, or remove it.' };
}

function judgeVpcLink(entry: VpcLinkEntry): Fault | undefined {
  const code = 'INVALID_VPC_LINK';
  const kinds = (['id', 'target', 'subnets'] as const).filter((key) => entry[key] !== undefined);
  if (kinds.length !== 1) {
    const hint = 'Write { target } for a REST API, { subnets } for an HTTP API, or { id, for } for one that exists.';
    return {
      code,
      message: kinds.length === 0 ? 'does not say where it leads' : `has both ${kinds.join(' and ')}`,
      hint,
    };
  }
  if (entry.id !== undefined && entry.for === undefined) {
    return { code, message: 'does not say whose it is', hint: 'Add for: rest or for: http.' };
  }
  if (entry.id === undefined && entry.for !== undefined) {
    return { code, message: 'has for, which belongs to id', hint: 'Remove for.' };
  }
  if (entry.securityGroups !== undefined && entry.subnets === undefined) {
    return { code, message: 'has securityGroups, which belong to subnets', hint: 'Remove securityGroups.' };
  }
  return undefined;
}

function vpcLinkMap() {
  return z.strictObject({
    id: z
      .string()
      .min(1)
      .describe('A VPC link that exists: it is used, never changed. `for` says its type.')
      .exactOptional(),
    for: z.enum(['rest', 'http']).describe('Whose link `id` is: `rest` (VPC link v1) or `http` (v2).').exactOptional(),
    target: loadBalancer.describe('For REST APIs: the ARN of the Network Load Balancer it leads to.').exactOptional(),
    subnets: z.array(subnet).min(1).describe('For HTTP APIs: the subnets it stands in.').exactOptional(),
    securityGroups: z.array(securityGroup).describe('For HTTP APIs: its security groups.').exactOptional(),
  });
}
