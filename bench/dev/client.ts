// A client that costs little beside what it measures: keep-alive sockets, one request at a time on each, and no more
// parsing than it takes to know where an answer ends.

import { connect, type Socket } from 'node:net';

export interface Answer {
  readonly status: number;
  readonly body: string;
}

export class Connection {
  readonly #socket: Socket;
  readonly #request: Buffer;
  #received = '';
  #waiting: { resolve(answer: Answer): void; reject(cause: Error): void } | undefined;

  constructor(port: number, path: string) {
    this.#request = Buffer.from(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nUser-Agent: bench\r\n\r\n`);
    this.#socket = connect({ port, host: '127.0.0.1', noDelay: true });
    this.#socket.on('data', (bytes) => this.#receive(bytes.toString('latin1')));
    this.#socket.on('error', (cause) => this.#waiting?.reject(cause));
    this.#socket.on('close', () => this.#waiting?.reject(new Error('the connection was closed')));
  }

  ask(): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject };
      this.#socket.write(this.#request);
    });
  }

  close(): void {
    this.#socket.destroy();
  }

  #receive(text: string): void {
    this.#received += text;
    const head = this.#received.indexOf('\r\n\r\n');
    if (head === -1) return;
    const length = Number(/content-length: (\d+)/i.exec(this.#received.slice(0, head))?.[1] ?? 0);
    const end = head + 4 + length;
    if (this.#received.length < end) return;
    const answer = { status: Number(this.#received.slice(9, 12)), body: this.#received.slice(head + 4, end) };
    this.#received = this.#received.slice(end);
    const waiting = this.#waiting;
    this.#waiting = undefined;
    waiting?.resolve(answer);
  }
}

/** One request on a connection of its own. */
export async function ask(port: number, path: string): Promise<Answer> {
  const connection = new Connection(port, path);
  try {
    return await connection.ask();
  } finally {
    connection.close();
  }
}
