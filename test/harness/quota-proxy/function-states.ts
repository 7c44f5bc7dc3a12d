// Lambda's states: a new function is Pending and a changed one InProgress for a while; a second change is refused
// until then; lists do not tell states; two changes of one function's policy at a time conflict.

import { functionBusy } from './aws-answers.ts';
import { type HardEdge, type Passing, type Refused, succeeded, type UpstreamAnswer } from './hard-edge.ts';

interface Change {
  readonly state: 'Pending' | 'InProgress';
  readonly until: number;
}

/** What AWS refuses while a function is being made or changed. */
const exclusive = new Set(['UpdateFunctionCode', 'UpdateFunctionConfiguration', 'PublishVersion']);
const policyChanges = new Set(['AddPermission', 'RemovePermission']);
const describing = new Set(['GetFunction', 'GetFunctionConfiguration', 'CreateFunction', ...exclusive]);

export class FunctionStates implements HardEdge {
  readonly #durationMs: number;
  readonly #changes = new Map<string, Change>();
  readonly #policyInFlight = new Map<string, number>();

  constructor(durationMs: number) {
    this.#durationMs = durationMs;
  }

  refuse({ call, requestId, now }: Passing): Refused | undefined {
    if (call.service !== 'lambda' || call.resource === undefined) return undefined;
    if (policyChanges.has(call.operation)) return this.#refusePolicyChange(call.resource, requestId);
    const change = this.#current(call.resource, now);
    if (change === undefined || !exclusive.has(call.operation)) return undefined;
    const what =
      change.state === 'Pending'
        ? 'The function is currently in the following state: Pending'
        : `An update is in progress for resource: ${call.resource}`;
    const message = `The operation cannot be performed at this time. ${what}`;
    return { outcome: 'function-busy', answer: functionBusy(requestId, message) };
  }

  alter({ call, now }: Passing, answer: UpstreamAnswer): UpstreamAnswer {
    const { resource, operation } = call;
    if (call.service !== 'lambda') return answer;
    if (operation === 'ListFunctions') return edited(answer, (body) => withoutStates(body));
    if (resource === undefined) return answer;
    if (policyChanges.has(operation)) this.#policyInFlight.set(resource, (this.#policyInFlight.get(resource) ?? 1) - 1);
    if (!succeeded(answer)) return answer;
    this.#note(operation, resource, now);
    if (!describing.has(operation)) return answer;
    const change = this.#current(resource, now);
    return change === undefined ? answer : edited(answer, (body) => withState(body, change.state));
  }

  #note(operation: string, resource: string, now: number): void {
    const until = now + this.#durationMs;
    if (operation === 'CreateFunction') this.#changes.set(resource, { state: 'Pending', until });
    else if (operation.startsWith('UpdateFunction')) this.#changes.set(resource, { state: 'InProgress', until });
    else if (operation === 'DeleteFunction') this.#changes.delete(resource);
  }

  #current(resource: string, now: number): Change | undefined {
    const change = this.#changes.get(resource);
    return change !== undefined && change.until > now ? change : undefined;
  }

  #refusePolicyChange(resource: string, requestId: string): Refused | undefined {
    const inFlight = this.#policyInFlight.get(resource) ?? 0;
    if (inFlight > 0) {
      const message = `The policy of ${resource} is being modified by another request. Please try again.`;
      return { outcome: 'policy-busy', answer: functionBusy(requestId, message) };
    }
    this.#policyInFlight.set(resource, 1);
    return undefined;
  }
}

type Body = Record<string, unknown>;

function edited(answer: UpstreamAnswer, edit: (body: Body) => void): UpstreamAnswer {
  try {
    const body = JSON.parse(answer.body.toString('utf8')) as Body;
    edit(body);
    return { ...answer, body: Buffer.from(JSON.stringify(body)) };
  } catch {
    return answer;
  }
}

/** GetFunction wraps the configuration, the others are one. */
function withState(body: Body, state: Change['state']): void {
  const configuration = (body['Configuration'] ?? body) as Body;
  if (state === 'Pending') {
    Object.assign(configuration, {
      State: 'Pending',
      StateReasonCode: 'Creating',
      StateReason: 'The function is being created.',
    });
  } else {
    Object.assign(configuration, { State: 'Active', LastUpdateStatus: 'InProgress' });
  }
}

/** Source: Lambda API reference, ListFunctions: it "returns a subset of the FunctionConfiguration fields". */
function withoutStates(body: Body): void {
  for (const configuration of (body['Functions'] ?? []) as Body[]) {
    for (const field of ['State', 'StateReason', 'StateReasonCode', 'LastUpdateStatus', 'LastUpdateStatusReason']) {
      delete configuration[field];
    }
  }
}
