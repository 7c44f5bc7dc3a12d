// One queue: who receives a message holds it for a while, and it comes back unless it is deleted. A FIFO queue gives
// the messages of a group one after the other and knows duplicates for five minutes. What was received too often goes
// to the dead-letter queue. Nothing here waits on its own: time passes when somebody asks.
// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-basic-architecture.html

import { randomBytes } from 'node:crypto';
import { Nap } from '../nap.ts';
import { invalid, missing, ServiceFault } from '../service-fault.ts';
import { Duplicates, deduplicationIdOf } from './duplicates.ts';
import { bytesOf, type Message, messageOf, type OutgoingMessage } from './message.ts';

export interface QueueSettings {
  /** The physical name, `.fifo` included. */
  readonly name: string;
  readonly arn: string;
  readonly fifo: boolean;
  readonly contentBasedDeduplication: boolean;
  /** Seconds, as are retention, delay and receiveWait. */
  readonly visibilityTimeout: number;
  readonly retention: number;
  readonly delay: number;
  readonly receiveWait: number;
  /** Bytes. */
  readonly maximumMessageSize: number;
  /** Where a message goes that was received so often. */
  readonly deadLetter?: { readonly name: string; readonly arn: string; readonly maxReceives: number };
}

export interface ReceiveOptions {
  readonly most: number;
  /** Seconds; absent: the queue's own. */
  readonly visibilityTimeout?: number | undefined;
}

/** What one queue may hold: beyond that a sender is refused, so that no loop fills the memory. */
const MOST_BYTES = 256 * 1024 * 1024;

export class Queue {
  /** May change while it stands. */
  settings: QueueSettings;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly #messages: Map<string, Message>;
  readonly #duplicates = new Duplicates<Message>();
  readonly #arrivals = new Nap();
  readonly #deadLetters: (settings: QueueSettings) => Queue | undefined;
  readonly #changed: () => void;
  #bytes = 0;

  /**
   * @param kept messages of an earlier time
   * @param deadLetters where messages go that were received too often
   * @param changed told when something is to be kept
   */
  constructor(
    settings: QueueSettings,
    kept: readonly Message[],
    deadLetters: (settings: QueueSettings) => Queue | undefined,
    changed: () => void,
    now: () => number,
  ) {
    this.settings = settings;
    this.#messages = new Map(kept.map((message) => [message.id, message]));
    this.#bytes = kept.reduce((sum, message) => sum + bytesOf(message), 0);
    this.#deadLetters = deadLetters;
    this.#changed = changed;
    this.now = now;
  }

  /** In the order in which they were sent. */
  messages(): readonly Message[] {
    return [...this.#messages.values()];
  }

  /** @throws ServiceFault `InvalidParameterValue`, `MissingParameter`, `OverLimit` */
  send(outgoing: OutgoingMessage): Message {
    const now = this.now();
    const { fifo, delay, maximumMessageSize } = this.settings;
    if (outgoing.body === '') throw missing('MessageBody');
    const bytes = bytesOf(outgoing);
    if (bytes > maximumMessageSize) {
      throw invalid(
        `One or more parameters are invalid. Reason: Message must be shorter than ${maximumMessageSize} bytes.`,
      );
    }
    if (this.#bytes + bytes > MOST_BYTES) {
      throw new ServiceFault(
        'OverLimit',
        `${this.settings.name} holds ${MOST_BYTES / 1024 / 1024} MB, the limit here.`,
      );
    }
    const deduplicationId = fifo ? this.#fifoId(outgoing) : undefined;
    const known = this.#duplicates.find(deduplicationId, now);
    if (known !== undefined) return known;
    const message = messageOf({ ...outgoing, deduplicationId }, fifo, outgoing.delay ?? delay, now);
    this.#put(message);
    if (deduplicationId !== undefined) this.#duplicates.remember(deduplicationId, message, now);
    return message;
  }

  /** Those that can be had now, held by the caller for their visibility timeout. */
  receive({ most, visibilityTimeout }: ReceiveOptions): readonly Message[] {
    const now = this.now();
    const heldMs = (visibilityTimeout ?? this.settings.visibilityTimeout) * 1000;
    const received: Message[] = [];
    const blocked = this.#heldGroups(now);
    for (const message of this.#messages.values()) {
      if (received.length === most) break;
      if (this.#isOver(message, now) || message.visibleAt > now || blocked.has(message.groupId ?? '')) continue;
      if (this.#movesAway(message)) continue;
      message.receives += 1;
      message.firstReceivedAt ??= now;
      message.visibleAt = now + heldMs;
      message.receipt = randomBytes(24).toString('base64');
      received.push(message);
    }
    if (received.length > 0) this.#changed();
    return received;
  }

  /** {@link receive} as soon as there is one, or nothing after so long. */
  async receiveWithin(waitMs: number, options: ReceiveOptions): Promise<readonly Message[]> {
    const end = performance.now() + waitMs;
    for (;;) {
      const received = this.receive(options);
      const left = end - performance.now();
      if (received.length > 0 || left <= 0 || this.#arrivals.isOver) return received;
      await this.#arrivals.sleep(Math.min(left, this.#nextVisibleMs()));
    }
  }

  /** @returns whether there was one. Handles of messages that are gone are no mistake, as on AWS. */
  delete(receipt: string): boolean {
    const message = this.#held(receipt);
    if (message === undefined) return false;
    this.#take(message);
    this.#arrivals.wake();
    return true;
  }

  /**
   * @param uncounted as if it had not been received
   * @returns whether the caller holds it
   */
  changeVisibility(receipt: string, seconds: number, uncounted = false): boolean {
    const message = this.#held(receipt);
    if (message === undefined) return false;
    message.visibleAt = this.now() + seconds * 1000;
    if (uncounted) message.receives -= 1;
    this.#changed();
    this.#arrivals.wake();
    return true;
  }

  /** What somebody failed to work off can be had at once. */
  release(ids: Iterable<string>): void {
    const now = this.now();
    for (const id of ids) {
      const message = this.#messages.get(id);
      if (message !== undefined) message.visibleAt = Math.min(message.visibleAt, now);
    }
    this.#arrivals.wake();
  }

  /** Out of here, to the dead-letter queue where there is one. */
  giveUp(message: Message): void {
    this.#take(message);
    this.#deadLetters(this.settings)?.take(message, this.settings.arn);
  }

  purge(): void {
    this.#messages.clear();
    this.#bytes = 0;
    this.#changed();
  }

  /** A message from a queue that could not have it worked off; it keeps when it was sent. */
  take(message: Message, sourceArn: string): void {
    const { receipt: _receipt, firstReceivedAt: _first, ...rest } = message;
    this.#put({ ...rest, deadLetterSource: sourceArn, receives: 0, visibleAt: this.now() });
  }

  /** It is not there any more, or all ends. */
  get isClosed(): boolean {
    return this.#arrivals.isOver;
  }

  /** Nobody waits any more. */
  close(): void {
    this.#arrivals.end();
  }

  #fifoId(outgoing: OutgoingMessage): string {
    if (outgoing.delay !== undefined) {
      throw invalid(
        `Value ${outgoing.delay} for parameter DelaySeconds is invalid. Reason: The request include parameter that is not valid for this queue type.`,
      );
    }
    return deduplicationIdOf(outgoing, this.settings.contentBasedDeduplication, 'queue');
  }

  #put(message: Message): void {
    this.#messages.set(message.id, message);
    this.#bytes += bytesOf(message);
    this.#changed();
    this.#arrivals.wake();
  }

  #take(message: Message): void {
    if (this.#messages.delete(message.id)) this.#bytes -= bytesOf(message);
    this.#changed();
  }

  #held(receipt: string): Message | undefined {
    for (const message of this.#messages.values()) if (message.receipt === receipt) return message;
    return undefined;
  }

  #heldGroups(now: number): ReadonlySet<string> {
    const held = new Set<string>();
    if (!this.settings.fifo) return held;
    for (const { groupId = '', visibleAt } of this.#messages.values()) if (visibleAt > now) held.add(groupId);
    return held;
  }

  #isOver(message: Message, now: number): boolean {
    const isOver = message.sentAt + this.settings.retention * 1000 <= now;
    if (isOver) this.#take(message);
    return isOver;
  }

  #movesAway(message: Message): boolean {
    const { deadLetter } = this.settings;
    if (deadLetter === undefined || message.receives < deadLetter.maxReceives) return false;
    if (this.#deadLetters(this.settings) === undefined) return false;
    this.giveUp(message);
    return true;
  }

  #nextVisibleMs(): number {
    const now = this.now();
    let next = Number.POSITIVE_INFINITY;
    for (const { visibleAt } of this.#messages.values()) next = Math.min(next, visibleAt);
    return Math.max(1, Math.min(next - now, 60_000));
  }
}
