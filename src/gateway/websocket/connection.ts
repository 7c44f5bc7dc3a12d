// One open WebSocket connection: what the gateway knows of the client, sending within bounds, and an end that happens
// once, with the code that AWS would tell $disconnect.

import type { WebSocket } from 'ws';
import type { WebSocketLimits } from './limits.ts';

/** What stays the same from handshake to end. */
export interface Peer {
  readonly connectionId: string;
  /** Milliseconds since the epoch. */
  readonly connectedAt: number;
  readonly domainName: string;
  readonly identity: Readonly<Record<string, string>>;
  /** What the authorizer of $connect said: every event of the connection carries it. */
  readonly authorizer: Readonly<Record<string, string | number>> | undefined;
}

export interface ConnectionEnd {
  readonly code: number;
  readonly reason: string;
}

/** What all clients of an API have not read yet. */
export interface Unsent {
  bytes: number;
}

export class Connection {
  readonly peer: Peer;
  readonly #socket: WebSocket;
  readonly #limits: WebSocketLimits;
  readonly #allUnsent: Unsent;
  readonly #life: NodeJS.Timeout;
  #idle: NodeJS.Timeout;
  #closing: ConnectionEnd | undefined;
  #lastActiveAt: number;
  #unsent = 0;
  #drained = (): void => {};

  constructor(peer: Peer, socket: WebSocket, limits: WebSocketLimits, allUnsent: Unsent) {
    this.peer = peer;
    this.#socket = socket;
    this.#limits = limits;
    this.#allUnsent = allUnsent;
    this.#lastActiveAt = peer.connectedAt;
    const expire = (): void => this.close(1001, 'Going away');
    this.#life = setTimeout(expire, limits.lifeMs);
    this.#idle = setTimeout(expire, limits.idleMs);
  }

  /** Milliseconds since the epoch. */
  get lastActiveAt(): number {
    return this.#lastActiveAt;
  }

  /** The gateway has begun to close it: what the client still sends does not count. */
  get closing(): boolean {
    return this.#closing !== undefined;
  }

  /** Traffic in either direction: the idle time starts anew. */
  touch(): void {
    this.#lastActiveAt = Date.now();
    this.#idle.refresh();
  }

  /** `gone` once the connection closes; `full` while the client leaves too much unread. */
  send(text: string): 'sent' | 'gone' | 'full' {
    if (this.closing || this.#socket.readyState !== this.#socket.OPEN) return 'gone';
    if (this.#unsent > this.#limits.unsentBytes || this.#allUnsent.bytes > this.#limits.allUnsentBytes) return 'full';
    const bytes = Buffer.byteLength(text);
    this.#count(bytes);
    this.#socket.send(text, () => {
      this.#count(-bytes);
      this.#drained();
    });
    this.touch();
    return 'sent';
  }

  /** The client has not read much of what it was sent. */
  get congested(): boolean {
    return this.#unsent > this.#limits.congestedBytes;
  }

  /** Calls back whenever the client has read something. */
  whenDrained(drained: () => void): void {
    this.#drained = drained;
  }

  /** Closes from this side; a client that does not answer is cut off. */
  close(code: number, reason: string): void {
    if (this.#closing !== undefined) return;
    this.#closing = { code, reason };
    this.#socket.close(code, reason);
    setTimeout(() => this.#socket.terminate(), this.#limits.closingMs).unref();
  }

  #count(bytes: number): void {
    this.#unsent += bytes;
    this.#allUnsent.bytes += bytes;
  }

  /** After the socket closed with what the client sent: how the connection ended. */
  ended(code: number, reason: string): ConnectionEnd {
    clearTimeout(this.#life);
    clearTimeout(this.#idle);
    if (this.#closing !== undefined) return this.#closing;
    return { code, reason: reason === '' ? (REASONS[code] ?? '') : reason };
  }
}

// What API Gateway puts where the client gave no code. One with a code and no reason has none (logged events of browsers).
const REASONS: Readonly<Record<number, string>> = {
  1005: 'Client-side close frame status not set',
  1006: 'Connection Closed Abnormally',
};
