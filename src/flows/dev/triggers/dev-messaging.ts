// The project's own queues and topics under dev: embedded, reached by functions through their environment and by routes
// that send to them. With --endpoint-url they stand there, and nothing of theirs is here.

import { join } from 'node:path';
import type { Queue } from '../../../gateway/queues/queue.ts';
import { QueueSet } from '../../../gateway/queues/queue-set.ts';
import { type ServicesServer, serveServices } from '../../../gateway/services/services-server.ts';
import { envelope, type TopicMessage, textFor } from '../../../gateway/topics/topic-message.ts';
import { TopicSet } from '../../../gateway/topics/topic-set.ts';
import type { Project, QueueDeclaration, QueueSubscription } from '../../../project/project.ts';
import { queueArn, queueName, topicArn } from '../../../project/resource-names.ts';
import type { Emit } from '../dev-event.ts';
import { LOCAL_ACCOUNT, LOCAL_PLACE } from '../local-account.ts';
import { subscriptionArn } from './subscription-arn.ts';

export interface DevMessagingOptions {
  /** `.apigen/data` */
  readonly folder: string;
  readonly fresh: boolean;
  /** `--endpoint-url` */
  readonly elsewhere: string | undefined;
  readonly emit: Emit;
}

export class DevMessaging {
  readonly topics = new TopicSet();
  readonly #options: DevMessagingOptions;
  readonly #subscriptions = new Set<() => void>();
  #project: Project | undefined;
  #queues: QueueSet | undefined;
  #server: ServicesServer | undefined;
  #isClosed = false;

  constructor(options: DevMessagingOptions) {
    this.#options = options;
  }

  /** Queues and topics stand elsewhere. */
  get isElsewhere(): boolean {
    return this.#options.elsewhere !== undefined;
  }

  /** Takes over another state of the project. Starts nothing for one without queues and topics. */
  async setProject(project: Project): Promise<void> {
    this.#project = project;
    const [queues, topics] = [ownQueues(project), ownTopics(project)];
    if (this.isElsewhere || this.#isClosed) return;
    if (queues.length > 0 || this.#queues !== undefined) await this.#openQueues(project, queues);
    this.topics.converge(topics.map((topic) => ({ ...topic, arn: topicArn(project, topic, LOCAL_PLACE) })));
    this.#subscribe(project, queues);
    if (this.#server === undefined && queues.length + topics.length > 0) await this.#serve();
  }

  /** Where functions reach them; nothing for a project without any. */
  endpoint(): string | undefined {
    return this.#options.elsewhere ?? this.#server?.endpoint;
  }

  queue(name: string): Queue | undefined {
    const declaration = this.#project?.queues?.[name];
    return this.#project && declaration && this.#queues?.get(queueName(this.#project, declaration));
  }

  /** What a function finds in `JOBS_QUEUE_URL`; nothing of one that apigen does not make. */
  queueUrl(declaration: QueueDeclaration): string | undefined {
    const endpoint = this.endpoint()?.replace(/\/$/, '');
    if (this.#project === undefined || endpoint === undefined || declaration.arn !== undefined) return undefined;
    return `${endpoint}/${LOCAL_ACCOUNT}/${queueName(this.#project, declaration)}`;
  }

  /** @returns where a call of a route goes that is about one of them */
  endpointOf(service: string, call: string): string | undefined {
    const project = this.#project;
    if (project === undefined) return undefined;
    const names =
      service === 'sqs'
        ? ownQueues(project).map((queue) => `/${LOCAL_ACCOUNT}/${queueName(project, queue)}`)
        : service === 'sns'
          ? ownTopics(project).map((topic) => topicArn(project, topic, LOCAL_PLACE))
          : [];
    const text = decoded(call);
    return names.some((name) => contains(text, name)) ? this.#server?.endpoint : undefined;
  }

  /** Sends to a queue or topic of the project. */
  send({ type, name }: { readonly type: 'queue' | 'topic'; readonly name: string }, text: string): void {
    const project = this.#project;
    try {
      const topic = project?.topics?.[name];
      if (type === 'queue') this.queue(name)?.send({ body: text });
      else if (project !== undefined && topic !== undefined && topic.arn === undefined) {
        const arn = topicArn(project, topic, LOCAL_PLACE);
        this.topics.publish(arn, { message: text, isByProtocol: false, attributes: {}, depth: 0 });
      }
    } catch (cause) {
      this.#options.emit({ type: 'note', text: `${name} took nothing: ${String(cause)}` });
    }
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#queues?.close();
    await this.#server?.close();
  }

  async #openQueues(project: Project, queues: readonly QueueDeclaration[]): Promise<void> {
    const { folder, fresh, emit } = this.#options;
    this.#queues ??= await QueueSet.open({
      file: join(folder, 'queues.json'),
      fresh,
      note: (text) => emit({ type: 'note', text }),
    });
    this.#queues.converge(
      queues.map((queue) => {
        const { deadLetter, ...settings } = queue;
        const dead = deadLetter && project.queues?.[deadLetter.queue];
        return {
          ...settings,
          name: queueName(project, queue),
          arn: queueArn(project, queue, LOCAL_PLACE),
          ...(deadLetter &&
            dead && {
              deadLetter: {
                name: queueName(project, dead),
                arn: queueArn(project, dead, LOCAL_PLACE),
                maxReceives: deadLetter.maxReceives,
              },
            }),
        };
      }),
    );
  }

  async #serve(): Promise<void> {
    const { emit, folder } = this.#options;
    this.#queues ??= await QueueSet.open({
      fresh: false,
      note: (text) => emit({ type: 'note', text }),
      file: join(folder, 'queues.json'),
    });
    this.#server = await serveServices({
      queues: this.#queues,
      topics: this.topics,
      account: LOCAL_ACCOUNT,
      failed: (action, cause) => {
        const reason = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
        emit({ type: 'note', text: `The local queues and topics failed to answer ${action}: ${reason}` });
      },
    });
    if (this.#isClosed) await this.#server.close();
  }

  #subscribe(project: Project, queues: readonly QueueDeclaration[]): void {
    for (const end of this.#subscriptions) end();
    this.#subscriptions.clear();
    for (const queue of queues) {
      for (const subscription of queue.subscriptions) {
        const topic = project.topics?.[subscription.topic];
        if (topic === undefined || topic.arn !== undefined) continue;
        const arn = topicArn(project, topic, LOCAL_PLACE);
        const end = this.topics.subscribe({
          topicArn: arn,
          filter: { policy: subscription.filterPolicy, scope: subscription.filterPolicyScope },
          deliver: (message) => this.#pass(queue, subscription, message),
        });
        this.#subscriptions.add(end);
      }
    }
  }

  /** https://docs.aws.amazon.com/sns/latest/dg/sns-large-payload-raw-message-delivery.html */
  #pass(queue: QueueDeclaration, { raw }: QueueSubscription, message: TopicMessage): void {
    const body = raw ? textFor(message, 'sqs') : envelope(message, subscriptionArn(message.topicArn, queue.name));
    try {
      this.queue(queue.name)?.send({
        body,
        ...(raw && { attributes: message.attributes }),
        groupId: message.groupId,
        ...(queue.fifo && { deduplicationId: message.deduplicationId }),
        depth: message.depth,
      });
    } catch (cause) {
      this.#options.emit({ type: 'note', text: `${queue.name} took no message of a topic: ${String(cause)}` });
    }
  }
}

const ownQueues = ({ queues = {} }: Project): readonly QueueDeclaration[] =>
  Object.values(queues).filter(({ arn }) => arn === undefined);

const ownTopics = ({ topics = {} }: Project) => Object.values(topics).filter(({ arn }) => arn === undefined);

function contains(text: string, name: string): boolean {
  const at = text.indexOf(name);
  return at !== -1 && !/[\w.-]/.test(text.charAt(at + name.length));
}

/** Of a form; what is none stays as it is. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
