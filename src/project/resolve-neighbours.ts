// Topics, queues and VPC links with their defaults filled in.

import { type KnownNames, requireName } from './known.ts';
import { formatPath, type ProblemList } from './problem-list.ts';
import type {
  FunctionDeclaration,
  ProjectPath,
  QueueDeclaration,
  QueueSubscription,
  TopicDeclaration,
  VpcLinkDeclaration,
} from './project.ts';
import type { QueueEntry, TopicEntry } from './schema/neighbours.ts';
import type { ProjectFile } from './schema/project-file.ts';

/** Topics by name, in file order. */
export function resolveTopics(file: ProjectFile): Readonly<Record<string, TopicDeclaration>> {
  return mapEntries(file.topics ?? {}, (name, written) => {
    const entry: TopicEntry = typeof written === 'string' ? { arn: written } : written;
    return {
      name,
      ...(entry.arn !== undefined && { arn: entry.arn }),
      fifo: entry.fifo ?? entry.arn?.endsWith('.fifo') ?? false,
      contentBasedDeduplication: entry.contentBasedDeduplication ?? false,
      ...(entry.displayName !== undefined && { displayName: entry.displayName }),
      ...(entry.kmsKey !== undefined && { kmsKey: entry.kmsKey }),
      path: ['topics', name],
    };
  });
}

/** SQS's own defaults, but for the timeout; https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html */
const QUEUE = { visibilityTimeout: 30, retention: 345_600, delay: 0, receiveWait: 0, maximumMessageSize: 1_048_576 };
const MAX_RECEIVES = 5;
/** "at least six times the timeout of your function" https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html */
const VISIBILITY_FACTOR = 6;

/** Queues by name, in file order. */
export function resolveQueues(
  file: ProjectFile,
  functions: Readonly<Record<string, FunctionDeclaration>>,
  known: KnownNames,
  problems: ProblemList,
): Readonly<Record<string, QueueDeclaration>> {
  return mapEntries(file.queues ?? {}, (name, written) => {
    const entry: QueueEntry = typeof written === 'string' ? { arn: written } : written;
    const path = ['queues', name];
    const { deadLetter } = entry;
    if (deadLetter !== undefined) checkDeadLetter(file, name, entry, deadLetter.queue, path, known, problems);
    const slowest = slowestConsumer(name, functions);
    const queue: QueueDeclaration = {
      name,
      ...(entry.arn !== undefined && { arn: entry.arn }),
      fifo: entry.fifo ?? entry.arn?.endsWith('.fifo') ?? false,
      contentBasedDeduplication: entry.contentBasedDeduplication ?? false,
      visibilityTimeout: entry.visibilityTimeout ?? Math.max(QUEUE.visibilityTimeout, slowest * VISIBILITY_FACTOR),
      retention: entry.retention ?? QUEUE.retention,
      delay: entry.delay ?? QUEUE.delay,
      receiveWait: entry.receiveWait ?? QUEUE.receiveWait,
      maximumMessageSize: entry.maximumMessageSize ?? QUEUE.maximumMessageSize,
      ...(deadLetter && {
        deadLetter: { queue: deadLetter.queue, maxReceives: deadLetter.maxReceives ?? MAX_RECEIVES },
      }),
      ...(entry.kmsKey !== undefined && { kmsKey: entry.kmsKey }),
      subscriptions: subscriptionsOf(entry, path, known, problems),
      path,
    };
    if (entry.arn === undefined && queue.visibilityTimeout < slowest) {
      problems.addUnlessKnown([...path, 'visibilityTimeout'], {
        code: 'VISIBILITY_TIMEOUT',
        message: `${formatPath(path)}: visibilityTimeout ${queue.visibilityTimeout} s is less than the ${slowest} s of the function it triggers, which Lambda refuses`,
        hint: `Set visibilityTimeout: ${slowest * VISIBILITY_FACTOR}, six times the function's timeout, or leave it out.`,
      });
    }
    return queue;
  });
}

function checkDeadLetter(
  file: ProjectFile,
  name: string,
  entry: QueueEntry,
  target: string,
  path: ProjectPath,
  known: KnownNames,
  problems: ProblemList,
): void {
  const here = [...path, 'deadLetter', 'queue'];
  if (!requireName(known, 'queues', target, here, problems)) return;
  const code = 'DEAD_LETTER';
  if (target === name) {
    problems.add(here, { code, message: `${formatPath(here)}: a queue cannot be its own`, hint: 'Add another queue.' });
    return;
  }
  const other = file.queues?.[target];
  const otherFifo = typeof other === 'string' ? other.endsWith('.fifo') : (other?.fifo ?? false);
  if (otherFifo === (entry.fifo ?? false)) return;
  problems.add(here, {
    code,
    message: `${formatPath(here)}: the dead-letter queue of a ${otherFifo ? 'standard queue cannot be a FIFO queue' : 'FIFO queue must be one too'}`,
    hint: `Set fifo: ${!otherFifo} on ${target}.`,
  });
}

function slowestConsumer(queue: string, functions: Readonly<Record<string, FunctionDeclaration>>): number {
  const timeouts = Object.values(functions)
    .filter(({ triggers = [] }) => triggers.some((one) => one.type === 'queue' && one.queue === queue))
    .map(({ timeout }) => timeout);
  return Math.max(0, ...timeouts);
}

function subscriptionsOf(
  entry: QueueEntry,
  path: ProjectPath,
  known: KnownNames,
  problems: ProblemList,
): readonly QueueSubscription[] {
  const written = entry.subscribe ?? [];
  const list = typeof written === 'string' ? [written] : written;
  return list.map((one, index) => {
    const { topic, raw = true, filter, filterOn } = typeof one === 'string' ? { topic: one } : one;
    const here = typeof written === 'string' ? [...path, 'subscribe'] : [...path, 'subscribe', index];
    requireName(known, 'topics', topic, typeof one === 'string' ? here : [...here, 'topic'], problems);
    return {
      topic,
      raw,
      ...(filter && { filterPolicy: filter, filterPolicyScope: scopeOf(filterOn) }),
    };
  });
}

/** AWS's word. */
export const scopeOf = (on: 'attributes' | 'body' | undefined): 'MessageAttributes' | 'MessageBody' =>
  on === 'body' ? 'MessageBody' : 'MessageAttributes';

/** VPC links by name, in file order. */
export function resolveVpcLinks(file: ProjectFile): Readonly<Record<string, VpcLinkDeclaration>> {
  return mapEntries(file.vpcLinks ?? {}, (name, entry): VpcLinkDeclaration => {
    const path = ['vpcLinks', name];
    if (entry.id !== undefined) return { name, type: 'existing', id: entry.id, for: entry.for ?? 'http', path };
    if (entry.target !== undefined) return { name, type: 'rest', targetArn: entry.target, path };
    return { name, type: 'http', subnets: entry.subnets ?? [], securityGroups: entry.securityGroups ?? [], path };
  });
}

function mapEntries<A, B>(record: Readonly<Record<string, A>>, map: (name: string, value: A) => B): Record<string, B> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, map(name, value)]));
}
