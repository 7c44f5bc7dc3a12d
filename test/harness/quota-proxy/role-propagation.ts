// A fresh IAM role cannot be used by Lambda for some seconds: until then functions that name it are refused.

import { roleNotAssumable } from './aws-answers.ts';
import { type HardEdge, type Passing, type Refused, succeeded, type UpstreamAnswer } from './hard-edge.ts';

export class RolePropagation implements HardEdge {
  readonly #delayMs: number;
  readonly #usableAt = new Map<string, number>();

  constructor(delayMs: number) {
    this.#delayMs = delayMs;
  }

  refuse({ call, request, requestId, now }: Passing): Refused | undefined {
    const usesRole = call.operation === 'CreateFunction' || call.operation === 'UpdateFunctionConfiguration';
    if (call.service !== 'lambda' || !usesRole) return undefined;
    const role = roleIn(request.body);
    if (role === undefined || (this.#usableAt.get(role) ?? 0) <= now) return undefined;
    return { outcome: 'role-not-ready', answer: roleNotAssumable(requestId) };
  }

  alter({ call, now }: Passing, answer: UpstreamAnswer): UpstreamAnswer {
    if (call.service !== 'iam' || call.resource === undefined || !succeeded(answer)) return answer;
    if (call.operation === 'CreateRole') this.#usableAt.set(call.resource, now + this.#delayMs);
    if (call.operation === 'DeleteRole') this.#usableAt.delete(call.resource);
    return answer;
  }
}

/** The zip may make the body large; the role stands outside it, at the start or the end. */
function roleIn(body: Buffer): string | undefined {
  const ends = body.length > 100_000 ? [body.subarray(0, 50_000), body.subarray(-50_000)] : [body];
  const text = ends.map((part) => part.toString('latin1')).join('');
  return /"Role"\s*:\s*"arn:[^"]*:role\/(?:[^"]*\/)?([^"/]+)"/.exec(text)?.[1];
}
