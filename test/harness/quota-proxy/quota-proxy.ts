// Stands in front of an emulator and adds AWS's hard edges: latency, quotas, propagation, states, lagging reads,
// faults, expiring credentials, and a hook at every moment of every call. Control calls alone are touched; requests to
// deployed APIs pass untouched. Invariant: a call refused here never reaches the emulator.

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Answer, expired, limitReached, serverError, throttled } from './aws-answers.ts';
import { CallLog, type LoggedCall } from './call-log.ts';
import { handleControl, isControlPath } from './control.ts';
import { identifyCall, isDataPlanePath, type ProxiedRequest } from './control-call.ts';
import { documentedLimits } from './documented-quotas.ts';
import { type Fault, Faults, type OrderedFault } from './faults.ts';
import { Upstream } from './forward.ts';
import { FunctionStates } from './function-states.ts';
import type { HardEdge, Refused, UpstreamAnswer } from './hard-edge.ts';
import type { Hook, HookedCall, Phase, QuotaProxy, QuotaProxyOptions } from './options.ts';
import { QuotaMeter } from './quota-meter.ts';
import { RolePropagation } from './role-propagation.ts';
import { StaleReads } from './stale-reads.ts';

interface Arrival {
  readonly call: HookedCall;
  readonly request: ProxiedRequest;
  readonly requestId: string;
  readonly at: number;
  readonly outgoing: ServerResponse;
}

export async function startQuotaProxy(options: QuotaProxyOptions): Promise<QuotaProxy> {
  const proxy = new QuotaProxyServer(options);
  await proxy.listen();
  return proxy;
}

class QuotaProxyServer implements QuotaProxy {
  readonly #options: QuotaProxyOptions;
  readonly #upstream: Upstream;
  readonly #meter = new QuotaMeter();
  readonly #edges: readonly HardEdge[];
  readonly #faults: Faults;
  readonly #log: CallLog;
  readonly #server: Server;
  readonly #startedAt = performance.now();
  #hook: Hook | undefined;
  #count = 0;
  #requests = 0;
  #expired = false;

  constructor(options: QuotaProxyOptions) {
    this.#options = options;
    this.#upstream = new Upstream(options.target);
    this.#edges = [
      new RolePropagation(options.rolePropagationMs ?? 0),
      ...(options.functionStatesMs ? [new FunctionStates(options.functionStatesMs)] : []),
      ...(options.staleReadsMs ? [new StaleReads(options.staleReadsMs)] : []),
    ];
    this.#faults = new Faults(options.seed ?? 'apigen', options.faultShares ?? {}, options.faults ?? []);
    this.#log = new CallLog(options.logFile);
    this.#hook = options.hook;
    this.#server = createServer((incoming, outgoing) => {
      this.#serve(incoming, outgoing).catch(() => outgoing.destroy());
    });
    this.#server.on('upgrade', (incoming, socket, head) => this.#upstream.tunnel(incoming, socket, head));
  }

  get endpoint(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async listen(): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(this.#options.port ?? 0, '127.0.0.1', resolve);
    });
  }

  calls(): readonly LoggedCall[] {
    return this.#log.all();
  }

  restart(): void {
    this.#log.clear();
    this.#count = 0;
  }

  setHook(hook: Hook | undefined): void {
    this.#hook = hook;
  }

  addFault(fault: OrderedFault): void {
    this.#faults.add(fault);
  }

  setCredentialsExpired(expired: boolean): void {
    this.#expired = expired;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    this.#upstream.close();
    await new Promise<void>((resolve) => {
      this.#server.close(() => resolve());
    });
  }

  async #serve(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const at = performance.now();
    const { method = 'GET', url = '/', headers } = incoming;
    if (isControlPath(url)) return handleControl(this, incoming, outgoing);
    const signed = headers.authorization?.startsWith('AWS4-') ?? false;
    if (!signed || isDataPlanePath(url)) return this.#upstream.pass(incoming, outgoing);
    const parts: Buffer[] = [];
    for await (const part of incoming) parts.push(part as Buffer);
    const request: ProxiedRequest = { method, url, headers, body: Buffer.concat(parts) };
    const call = identifyCall(request);
    if (call === undefined) return send(outgoing, await this.#upstream.call(request));
    this.#requests += 1;
    const requestId = `00000000-0000-4000-8000-${String(this.#requests).padStart(12, '0')}`;
    this.#count += 1;
    await this.#handle({ call: { ...call, number: this.#count }, request, requestId, at, outgoing });
  }

  async #handle(arrival: Arrival): Promise<void> {
    const { call, request, requestId, at, outgoing } = arrival;
    const limits = this.#options.quotas === false ? [] : documentedLimits(call, request);
    const fullBucket = this.#meter.take(limits, at);
    if (this.#options.latencyMs) await sleep(this.#options.latencyMs);
    if (await this.#dropped(arrival, 'received')) return;
    const fault = fullBucket === undefined ? this.#faults.next(call) : undefined;
    if (fault === 'reset-before') return this.#cut(arrival, fault);
    const refused = this.#refusal(arrival, fullBucket, fault);
    if (refused !== undefined) return this.#answer(arrival, refused.outcome, whole(refused.answer));
    const answer = await this.#carryOut(arrival);
    if (answer === undefined) return this.#cut(arrival, 'emulator-failed');
    if (await this.#dropped(arrival, 'committed')) return;
    if (fault === 'reset-after') return this.#cut(arrival, fault);
    if (fault === 'silence-after') return this.#note(arrival, undefined, fault);
    if (fault === 'error-after') return this.#answer(arrival, fault, whole(serverError(call.service, requestId, 503)));
    if (!outgoing.destroyed) await this.#answer(arrival, 'passed', answer);
  }

  /** The first reason not to send a call on. Nothing may wait between this and the sending. */
  #refusal(arrival: Arrival, fullBucket: string | undefined, fault: Fault | undefined): Refused | undefined {
    const { call, requestId } = arrival;
    if (fullBucket !== undefined) return { outcome: 'throttled', answer: throttled(call.service, requestId) };
    const limit = this.#options.credentialsExpireAfter ?? Number.POSITIVE_INFINITY;
    if (this.#expired || call.number > limit) return { outcome: 'expired', answer: expired(call.service, requestId) };
    if (fault === 'limit') return { outcome: fault, answer: limitReached(call.service, requestId) };
    if (fault === 'error-before') return { outcome: fault, answer: serverError(call.service, requestId, 500) };
    for (const edge of this.#edges) {
      const refused = edge.refuse?.({ ...arrival, now: performance.now() });
      if (refused !== undefined) return refused;
    }
    return undefined;
  }

  async #carryOut(arrival: Arrival): Promise<UpstreamAnswer | undefined> {
    let answer: UpstreamAnswer;
    try {
      answer = await this.#upstream.call(arrival.request);
    } catch {
      return undefined;
    }
    for (const edge of this.#edges) answer = edge.alter?.({ ...arrival, now: performance.now() }, answer) ?? answer;
    return answer;
  }

  async #answer(arrival: Arrival, outcome: string, answer: UpstreamAnswer): Promise<void> {
    await send(arrival.outgoing, answer);
    this.#note(arrival, answer.status, outcome);
    await this.#hook?.(arrival.call, 'answered');
  }

  async #dropped(arrival: Arrival, phase: Phase): Promise<boolean> {
    if ((await this.#hook?.(arrival.call, phase)) !== 'drop') return false;
    this.#cut(arrival, `dropped-${phase}`);
    return true;
  }

  #cut(arrival: Arrival, outcome: string): void {
    arrival.outgoing.socket?.resetAndDestroy();
    this.#note(arrival, undefined, outcome);
  }

  #note({ call, at }: Arrival, status: number | undefined, outcome: string): void {
    const { number, service, operation, resource, mutates } = call;
    const times = { atMs: Math.round(at - this.#startedAt), ms: Math.round(performance.now() - at) };
    this.#log.add({ number, service, operation, resource, mutates, ...times, status, outcome });
  }
}

function whole({ status, headers, body }: Answer): UpstreamAnswer {
  return { status, headers, body: Buffer.from(body) };
}

/** Resolves when the answer has left, or the client is gone. */
async function send(outgoing: ServerResponse, answer: UpstreamAnswer): Promise<void> {
  const headers = { ...answer.headers };
  // The body is whole now, and may have been changed.
  for (const name of ['transfer-encoding', 'content-length', 'connection', 'keep-alive']) delete headers[name];
  await new Promise<void>((resolve) => {
    outgoing.once('close', resolve);
    outgoing.writeHead(answer.status, { ...headers, 'content-length': answer.body.length });
    outgoing.end(answer.body, () => resolve());
  });
}
