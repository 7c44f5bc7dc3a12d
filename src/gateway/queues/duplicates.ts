// Which messages of a FIFO queue or topic were sent already: a second one within five minutes is taken and dropped.
// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/using-messagededuplicationid-property.html

import { createHash } from 'node:crypto';
import { invalid, missing } from '../service-fault.ts';

const KEPT_MS = 300_000;

export class Duplicates<Sent> {
  readonly #sent = new Map<string, { readonly sent: Sent; readonly until: number }>();

  /** What was sent under this id within the last five minutes. */
  find(id: string | undefined, now: number): Sent | undefined {
    const found = id === undefined ? undefined : this.#sent.get(id);
    return found !== undefined && found.until > now ? found.sent : undefined;
  }

  remember(id: string, sent: Sent, now: number): void {
    for (const [old, { until }] of this.#sent) {
      if (until > now) break;
      this.#sent.delete(old);
    }
    this.#sent.delete(id);
    this.#sent.set(id, { sent, until: now + KEPT_MS });
  }
}

export interface FifoMessage {
  readonly body: string;
  readonly groupId?: string | undefined;
  readonly deduplicationId?: string | undefined;
}

/**
 * The id by which duplicates of a FIFO message are told.
 * @param what `queue` or `topic`
 * @throws ServiceFault `MissingParameter`, `InvalidParameterValue`
 */
export function deduplicationIdOf(
  { body, groupId, deduplicationId }: FifoMessage,
  byContent: boolean,
  what: 'queue' | 'topic',
): string {
  if (groupId === undefined || groupId === '') throw missing('MessageGroupId');
  if (deduplicationId !== undefined && deduplicationId !== '') return deduplicationId;
  if (byContent) return createHash('sha256').update(body).digest('hex');
  throw invalid(
    `The ${what} should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly`,
  );
}
