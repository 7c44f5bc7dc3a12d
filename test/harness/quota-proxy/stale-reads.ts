// Reads that lag behind writes: for a while after a change, a read of the same thing answers what it answered before,
// and so does a list of the service. Reads that were never made before cannot be stale here, since nobody kept their
// answer.

import { createHash } from 'node:crypto';
import { type HardEdge, type Passing, type Refused, succeeded, type UpstreamAnswer } from './hard-edge.ts';

interface Remembered {
  readonly answer: UpstreamAnswer;
  readonly at: number;
}

export class StaleReads implements HardEdge {
  readonly #lagMs: number;
  readonly #answers = new Map<string, Remembered>();
  readonly #changedAt = new Map<string, number>();

  constructor(lagMs: number) {
    this.#lagMs = lagMs;
  }

  refuse(passing: Passing): Refused | undefined {
    if (!isRead(passing)) return undefined;
    const changedAt = this.#changedAt.get(subject(passing));
    const remembered = this.#answers.get(identity(passing));
    if (changedAt === undefined || remembered === undefined) return undefined;
    if (remembered.at >= changedAt || passing.now >= changedAt + this.#lagMs) return undefined;
    const { status, headers, body } = remembered.answer;
    const plain = Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, String(value)]],
    );
    return { outcome: 'stale', answer: { status, headers: Object.fromEntries(plain), body: body.toString('utf8') } };
  }

  alter(passing: Passing, answer: UpstreamAnswer): UpstreamAnswer {
    if (isRead(passing)) this.#answers.set(identity(passing), { answer, at: passing.now });
    else if (passing.call.mutates && !passing.call.dataPlane && succeeded(answer)) {
      for (const changed of [subject(passing), listOf(passing)]) this.#changedAt.set(changed, passing.now);
    }
    return answer;
  }
}

const isRead = ({ call }: Passing): boolean => !call.mutates && !call.dataPlane && call.service !== 'sts';
const subject = ({ call }: Passing): string => `${call.service} ${call.resource ?? ''}`;
/** What a read of nothing in particular is about. */
const listOf = ({ call }: Passing): string => `${call.service} `;

function identity({ call, request }: Passing): string {
  const body = createHash('sha256').update(request.body).digest('base64');
  return `${call.service} ${call.operation} ${request.method} ${request.url} ${body}`;
}
