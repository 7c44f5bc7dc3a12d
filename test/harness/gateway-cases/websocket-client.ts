// The WebSocket clients of a case, by name: connect, send (in fragments where asked), and wait for frames or the end.

import { WebSocket } from 'ws';
import type { WireResponse } from './http-client.ts';

export interface CaseSocket {
  /** Removes and returns the next frame as text; undefined when none came in time. */
  nextFrame(timeoutMs: number): Promise<string | undefined>;
  /** The close code; undefined when it did not close in time. */
  closed(timeoutMs: number): Promise<number | undefined>;
  send(payload: Buffer, options: { readonly binary: boolean; readonly fragmentBytes?: number }): Promise<void>;
  close(code: number | undefined): Promise<void>;
  drop(): void;
}

export interface Handshake {
  /** 101, or what the server answered instead. */
  readonly response: WireResponse;
  readonly protocol: string;
  readonly socket: CaseSocket | undefined;
}

/** Opens a WebSocket. @throws Error when the server answers no HTTP at all. */
export function openSocket(
  url: string,
  protocols: readonly string[],
  headers: Readonly<Record<string, string>>,
): Promise<Handshake> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url, [...protocols], { headers: { ...headers }, perMessageDeflate: false });
    let upgrade: [string, string][] = [];
    const frames = collect(socket);
    socket.on('upgrade', (message) => {
      upgrade = Object.entries(message.headers).map(([name, value]) => [name, String(value)]);
    });
    socket.on('open', () => {
      resolve({
        response: { status: 101, headers: upgrade, body: Buffer.alloc(0) },
        protocol: socket.protocol,
        socket: frames,
      });
    });
    socket.on('unexpected-response', (_request, message) => {
      const chunks: Buffer[] = [];
      message.on('data', (chunk: Buffer) => chunks.push(chunk));
      message.on('end', () => {
        const list = Object.entries(message.headers).map(([name, value]): [string, string] => [name, String(value)]);
        const response = { status: message.statusCode ?? 0, headers: list, body: Buffer.concat(chunks) };
        resolve({ response, protocol: '', socket: undefined });
        socket.terminate();
      });
    });
    socket.on('error', reject);
  });
}

function collect(socket: WebSocket): CaseSocket {
  const frames: string[] = [];
  let code: number | undefined;
  let wake: (() => void)[] = [];
  const notify = (): void => {
    const waiting = wake;
    wake = [];
    for (const go of waiting) go();
  };
  socket.on('message', (payload: Buffer) => {
    frames.push(payload.toString('utf8'));
    notify();
  });
  socket.on('close', (closeCode) => {
    code = closeCode;
    notify();
  });
  const until = async (ready: () => boolean, timeoutMs: number): Promise<void> => {
    const deadline = Date.now() + timeoutMs;
    while (!ready() && Date.now() < deadline) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, deadline - Date.now());
        wake.push(() => {
          clearTimeout(timer);
          resolve();
        });
      });
    }
  };
  return {
    async nextFrame(timeoutMs) {
      await until(() => frames.length > 0 || code !== undefined, timeoutMs);
      return frames.shift();
    },
    async closed(timeoutMs) {
      await until(() => code !== undefined, timeoutMs);
      return code;
    },
    async send(payload, { binary, fragmentBytes }) {
      const size = fragmentBytes ?? Math.max(1, payload.length);
      for (let start = 0; start === 0 || start < payload.length; start += size) {
        const fin = start + size >= payload.length;
        await new Promise<void>((resolve) => {
          // The server may close in the middle, as it must for what is too long: the close is what counts then.
          socket.send(payload.subarray(start, start + size), { binary, fin }, () => resolve());
        });
      }
    },
    async close(closeCode) {
      socket.close(closeCode);
      await until(() => code !== undefined, 5_000);
    },
    drop: () => socket.terminate(),
  };
}
