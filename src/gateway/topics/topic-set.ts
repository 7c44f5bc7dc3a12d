// The topics of a project: a message goes at once to every subscriber that its filter policy lets it through to.

import { randomUUID } from 'node:crypto';
import { Duplicates, deduplicationIdOf } from '../queues/duplicates.ts';
import { nextFifoSequence } from '../queues/message.ts';
import { attributesBytes } from '../queues/message-attributes.ts';
import { ServiceFault } from '../service-fault.ts';
import { type FilterPolicy, passes, type TopicMessage } from './topic-message.ts';

export interface TopicSettings {
  readonly arn: string;
  readonly fifo: boolean;
  readonly contentBasedDeduplication: boolean;
}

export interface Subscriber {
  readonly topicArn: string;
  readonly filter: FilterPolicy;
  deliver(message: TopicMessage): void;
}

export type Published = Omit<TopicMessage, 'id' | 'timestamp' | 'sequenceNumber' | 'topicArn'>;

/** https://docs.aws.amazon.com/sns/latest/api/API_Publish.html */
const MOST_BYTES = 256 * 1024;

export class TopicSet {
  readonly #topics = new Map<string, TopicSettings>();
  readonly #subscribers = new Set<Subscriber>();
  readonly #duplicates = new Map<string, Duplicates<TopicMessage>>();

  /** These and no others. */
  converge(wanted: readonly TopicSettings[]): void {
    this.#topics.clear();
    for (const settings of wanted) this.#topics.set(settings.arn, settings);
  }

  has(arn: string): boolean {
    return this.#topics.has(arn);
  }

  /** @returns ends the subscription */
  subscribe(subscriber: Subscriber): () => void {
    this.#subscribers.add(subscriber);
    return () => this.#subscribers.delete(subscriber);
  }

  /** @throws ServiceFault `NotFound`, `InvalidParameter` */
  publish(topicArn: string, published: Published): TopicMessage {
    const topic = this.#topics.get(topicArn);
    if (topic === undefined) throw new ServiceFault('NotFound', 'Topic does not exist', { status: 404 });
    check(published);
    const timestamp = new Date().toISOString();
    if (!topic.fifo) return this.#deliver({ ...published, topicArn, timestamp, id: randomUUID() });
    const id = deduplicationIdOf({ ...published, body: published.message }, topic.contentBasedDeduplication, 'topic');
    const duplicates = this.#duplicates.get(topicArn) ?? new Duplicates<TopicMessage>();
    this.#duplicates.set(topicArn, duplicates);
    const known = duplicates.find(id, Date.now());
    if (known !== undefined) return known;
    const sequenceNumber = nextFifoSequence();
    const message = { ...published, deduplicationId: id, topicArn, timestamp, id: randomUUID(), sequenceNumber };
    duplicates.remember(id, message, Date.now());
    return this.#deliver(message);
  }

  #deliver(message: TopicMessage): TopicMessage {
    for (const { topicArn, filter, deliver } of this.#subscribers) {
      if (topicArn === message.topicArn && passes(message, filter)) deliver(message);
    }
    return message;
  }
}

function check({ message, subject, isByProtocol, attributes }: Published): void {
  const refuse = (reason: string): never => {
    throw new ServiceFault('InvalidParameter', `Invalid parameter: ${reason}`);
  };
  if (message === '') refuse('Empty message');
  if (Buffer.byteLength(message) + attributesBytes(attributes) > MOST_BYTES) refuse('Message too long');
  if (subject !== undefined && (subject === '' || subject.length > 100)) refuse('Subject');
  if (isByProtocol && typeof defaultText(message) !== 'string') {
    refuse('Message Structure - No default entry in JSON message body');
  }
}

function defaultText(message: string): unknown {
  try {
    return (JSON.parse(message) as Readonly<Record<string, unknown>> | null)?.['default'];
  } catch {
    return undefined;
  }
}
