// Does the steps of a case over real sockets: requests, WebSocket connections and their frames, management calls.

import type { GatewayServer } from '../../../src/gateway/server.ts';
import type { CaseRequest, CaseStep, Json, Mismatch, Repeat } from './case-format.ts';
import { check, type Observed } from './expectations.ts';
import { send, type WireResponse } from './http-client.ts';
import { compare, isRecord } from './matchers.ts';
import { fill, type Resolve } from './placeholders.ts';
import { type CaseSocket, openSocket } from './websocket-client.ts';

const FRAME_MS = 3_000;
const NO_FRAME_MS = 300;

export class Stepper {
  readonly #prefix: string;
  readonly #server: GatewayServer;
  readonly #observed: Observed;
  readonly #resolve: Resolve;
  readonly #sockets = new Map<string, CaseSocket>();
  readonly #connectionIds = new Map<string, string>();

  constructor(gateway: string, stage: string, server: GatewayServer, observed: Observed, resolve: Resolve) {
    this.#prefix = gateway === 'http' && stage === '$default' ? '' : `/${stage}`;
    this.#server = server;
    this.#observed = observed;
    this.#resolve = (name, argument) => {
      const id = this.#connectionIds.get(argument ?? '');
      if (name === 'connectionId') return id;
      if (name === 'connectionIdEncoded') return id === undefined ? undefined : encodeURIComponent(id);
      return resolve(name, argument);
    };
  }

  /** Sends one request to the API and returns the whole answer. */
  request(given: CaseRequest): Promise<WireResponse> {
    const request = fill(given, this.#resolve);
    const query = request.query === undefined || request.query === '' ? '' : `?${request.query}`;
    return this.#send(request, request.rawTarget ?? `${this.#prefix}${request.path ?? '/'}${query}`);
  }

  /** Does one step; the mismatches of its own expectation. */
  async step(step: CaseStep): Promise<Mismatch[]> {
    if (step.request !== undefined) return this.#expect(step, await this.request(step.request));
    if (step.http !== undefined) return this.#expect(step, await this.request(step.http));
    if (step.connect !== undefined) return this.#connect(step);
    if (step.management !== undefined) return this.#expect(step, await this.#manage(step.management));
    if (step.send !== undefined) return this.#frame(step.send);
    if (step.close !== undefined) {
      await this.#socket(step.close.client).close(step.close.code);
      return [];
    }
    if (step.expectFrame !== undefined) return this.#expectFrame(step.expectFrame);
    if (step.expectNoFrame !== undefined) {
      const within = step.expectNoFrame.withinMs ?? NO_FRAME_MS;
      const frame = await this.#socket(step.expectNoFrame.client).nextFrame(within);
      return frame === undefined ? [] : [{ at: 'frame', expected: 'none', actual: frame }];
    }
    if (step.expectClose !== undefined) {
      const code = await this.#socket(step.expectClose.client).closed(FRAME_MS);
      if (code === undefined) return [{ at: 'close', expected: step.expectClose.code ?? 'a close', actual: 'none' }];
      return step.expectClose.code === undefined ? [] : compare(step.expectClose.code, code, 'close', 'exact');
    }
    return [{ at: 'step', expected: 'a known step', actual: Object.keys(step) }];
  }

  /** Drops every socket that is still open. */
  drop(): void {
    for (const socket of this.#sockets.values()) socket.drop();
  }

  #send(
    request: Pick<CaseRequest, 'method' | 'headers' | 'body' | 'bodyBase64' | 'bodyRepeat'>,
    target: string,
  ): Promise<WireResponse> {
    const headers = request.headers ?? {};
    return send(this.#server.host, this.#server.port, {
      method: request.method,
      target,
      headers: Array.isArray(headers) ? headers : Object.entries(headers),
      body: bodyOf(request),
    });
  }

  #expect(step: CaseStep, answer: WireResponse): Mismatch[] {
    return step.expect === undefined ? [] : check(fill(step.expect, this.#resolve), answer, this.#observed);
  }

  async #connect(step: CaseStep): Promise<Mismatch[]> {
    const given = fill(step.connect ?? { client: '' }, this.#resolve);
    const known = connectionIds(this.#observed);
    const query = given.query === undefined ? '' : `?${given.query}`;
    const url = `ws://${this.#server.host}:${this.#server.port}${this.#prefix}${given.path ?? ''}${query}`;
    const { response, protocol, socket } = await openSocket(url, given.protocols ?? [], given.headers ?? {});
    if (socket !== undefined) this.#sockets.set(given.client, socket);
    const id = connectionIds(this.#observed).find((each) => !known.includes(each));
    if (id !== undefined) this.#connectionIds.set(given.client, id);
    const { protocol: wanted, ...expected } = step.expect ?? {};
    return [
      ...check(expected, response, this.#observed),
      ...(wanted === undefined ? [] : compare(wanted, protocol, 'protocol', 'exact')),
    ];
  }

  #manage(given: NonNullable<CaseStep['management']>): Promise<WireResponse> {
    const call = fill(given, this.#resolve);
    const target = call.encodedTarget ?? `${this.#prefix}/@connections/${encodeURIComponent(call.connectionId ?? '')}`;
    return this.#send(call, target);
  }

  async #frame(given: NonNullable<CaseStep['send']>): Promise<Mismatch[]> {
    const frame = fill(given, this.#resolve);
    const binary = frame.base64 !== undefined;
    const payload =
      frame.base64 !== undefined
        ? Buffer.from(frame.base64, 'base64')
        : Buffer.from(frame.repeat === undefined ? (frame.text ?? '') : repeated(frame.repeat));
    const fragmented = frame.fragmentBytes === undefined ? {} : { fragmentBytes: frame.fragmentBytes };
    await this.#socket(frame.client).send(payload, { binary, ...fragmented });
    return [];
  }

  async #expectFrame(given: NonNullable<CaseStep['expectFrame']>): Promise<Mismatch[]> {
    const frame = fill(given, this.#resolve);
    const text = await this.#socket(frame.client).nextFrame(FRAME_MS);
    if (text === undefined) return [{ at: 'frame', expected: frame.json ?? frame.text ?? 'a frame', actual: 'none' }];
    if (frame.text !== undefined) return compare(frame.text, text, 'frame', 'exact');
    if (frame.json === undefined) return [];
    try {
      return compare(frame.json, JSON.parse(text) as Json, 'frame', 'subset');
    } catch {
      return [{ at: 'frame', expected: frame.json, actual: text }];
    }
  }

  #socket(client: string): CaseSocket {
    const socket = this.#sockets.get(client);
    if (socket === undefined) throw new Error(`client ${client} is not connected`);
    return socket;
  }
}

function bodyOf(request: { body?: string; bodyBase64?: string; bodyRepeat?: Repeat }): Buffer {
  if (request.bodyBase64 !== undefined) return Buffer.from(request.bodyBase64, 'base64');
  if (request.bodyRepeat !== undefined) return Buffer.from(repeated(request.bodyRepeat));
  return Buffer.from(request.body ?? '');
}

function repeated(repeat: Repeat): string {
  return repeat.text.repeat(repeat.times);
}

// A client never learns its connection id: it is read from the first event that carries a new one.
function connectionIds(observed: Observed): string[] {
  return [...observed.events.values()].flat().flatMap((event) => {
    const context = isRecord(event) ? event['requestContext'] : undefined;
    const id = isRecord(context) ? context['connectionId'] : undefined;
    return typeof id === 'string' ? [id] : [];
  });
}
