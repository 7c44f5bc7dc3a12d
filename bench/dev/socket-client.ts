// A WebSocket client that costs little beside what it measures: one message at a time, the same bytes each time, and no
// more parsing than it takes to know where the answer ends.

import { randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';

/** The handshake's answer, or a message's. */
const HEAD_END = Buffer.from('\r\n\r\n');

export class SocketClient {
  readonly #socket: Socket;
  readonly #frame: Buffer;
  #received: Buffer = Buffer.alloc(0);
  #waiting: { resolve(text: string): void; reject(cause: Error): void } | undefined;
  #open = false;

  private constructor(port: number, message: string) {
    this.#frame = frameOf(message);
    this.#socket = connect({ port, host: '127.0.0.1', noDelay: true });
    this.#socket.on('data', (bytes) => this.#receive(bytes));
    this.#socket.on('error', (cause) => this.#waiting?.reject(cause));
    this.#socket.on('close', () => this.#waiting?.reject(new Error('the connection was closed')));
  }

  /** @throws Error where there is no WebSocket. */
  static async open(port: number, path: string, message: string): Promise<SocketClient> {
    const client = new SocketClient(port, message);
    const head = await client.#exchange(
      `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
        `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}\r\nSec-WebSocket-Version: 13\r\n\r\n`,
    );
    if (head.startsWith('HTTP/1.1 101')) return client;
    client.close();
    throw new Error(head.slice(0, head.indexOf('\r\n')));
  }

  /** Sends the message; what came back. */
  ask(): Promise<string> {
    return this.#exchange(this.#frame);
  }

  close(): void {
    this.#socket.destroy();
  }

  #exchange(sent: string | Buffer): Promise<string> {
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject };
      this.#socket.write(sent);
    });
  }

  #receive(bytes: Buffer): void {
    this.#received = this.#received.length === 0 ? bytes : Buffer.concat([this.#received, bytes]);
    const [start, end] = this.#open ? payloadOf(this.#received) : headOf(this.#received);
    if (end > this.#received.length) return;
    this.#open = true;
    const text = this.#received.toString('utf8', start, end);
    this.#received = this.#received.subarray(end);
    const waiting = this.#waiting;
    this.#waiting = undefined;
    waiting?.resolve(text);
  }
}

function headOf(received: Buffer): readonly [number, number] {
  const at = received.indexOf(HEAD_END);
  return [0, at === -1 ? Number.POSITIVE_INFINITY : at + HEAD_END.length];
}

// A server's frames bear no mask; what is measured here is short.
function payloadOf(received: Buffer): readonly [number, number] {
  const short = (received[1] ?? 0) & 0x7f;
  if (short < 126) return [2, received.length < 2 ? Number.POSITIVE_INFINITY : 2 + short];
  return [4, received.length < 4 ? Number.POSITIVE_INFINITY : 4 + received.readUInt16BE(2)];
}

// The mask that a client must use is of zeros: the text stays as it is.
function frameOf(message: string): Buffer {
  const text = Buffer.from(message);
  return Buffer.concat([Buffer.from([0x81, 0x80 | text.length, 0, 0, 0, 0]), text]);
}
