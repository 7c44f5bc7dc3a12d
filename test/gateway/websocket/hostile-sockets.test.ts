// Clients of WebSocket APIs that break the protocol, lie about lengths or send what grows: each is cut off with the code
// that RFC 6455 has for it, and the others go on.

import { connect } from 'node:net';
import { deflateRawSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { HANDSHAKE, ok, route, socketApi, type TestSocketApi } from './websocket-harness.ts';

let chat: TestSocketApi;
beforeAll(async () => {
  chat = await socketApi({
    functions: { echo: ({ body }) => ({ statusCode: 200, body }), ok },
    routes: [route('$default', 'echo', { routeResponse: true })],
  });
});
afterAll(() => chat.close());

interface FrameOptions {
  readonly isLast?: boolean;
  readonly isMasked?: boolean;
  /** Reserved bits of the first byte. */
  readonly reserved?: number;
  /** What the header says, whatever the payload is. */
  readonly length?: number;
}

function frame(opcode: number, payload: string | Buffer, options: FrameOptions = {}): Buffer {
  const bytes = Buffer.from(payload as string, 'utf8');
  const { isLast = true, isMasked = true, reserved = 0, length = bytes.length } = options;
  const mask = isMasked ? 0x80 : 0;
  const head = Buffer.alloc(length < 126 ? 2 : length < 65_536 ? 4 : 10);
  head[0] = (isLast ? 0x80 : 0) | reserved | opcode;
  head[1] = mask | (length < 126 ? length : length < 65_536 ? 126 : 127);
  if (head.length === 4) head.writeUInt16BE(length, 2);
  if (head.length === 10) head.writeBigUInt64BE(BigInt(length), 2);
  return Buffer.concat([head, Buffer.alloc(isMasked ? 4 : 0), bytes]);
}

/** The code of the close frame that comes back. */
function closeCode(bytes: Buffer, extensions = ''): Promise<number | undefined> {
  return new Promise((resolve) => {
    const { host, port } = chat.server;
    const socket = connect(port, host, () => socket.write(HANDSHAKE.replace(/\r\n\r\n$/, `\r\n${extensions}\r\n`)));
    let got = Buffer.alloc(0);
    let sent = false;
    socket.setTimeout(5_000, () => socket.destroy());
    socket.on('error', () => {});
    socket.on('data', (chunk) => {
      got = Buffer.concat([got, chunk]);
      if (sent || !got.includes('\r\n\r\n')) return;
      sent = true;
      got = Buffer.alloc(0);
      socket.write(bytes);
    });
    socket.on('close', () => resolve(got[0] === 0x88 ? got.readUInt16BE(2) : undefined));
  });
}

const deflate = 'Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n';
const piece = (text: string): Buffer => frame(0, text, { isLast: false });

it.each<[string, () => Buffer, number]>([
  ['text that is no UTF-8', () => frame(1, Buffer.from([0xff, 0xfe])), 1007],
  ['a frame without a mask', () => frame(1, 'x', { isMasked: false }), 1002],
  ['a reserved bit', () => frame(1, 'x', { reserved: 0x40 }), 1002],
  ['a reserved opcode', () => frame(3, 'x'), 1002],
  ['a ping in pieces', () => frame(9, 'x', { isLast: false }), 1002],
  ['a ping of 200 bytes', () => frame(9, 'x'.repeat(200)), 1002],
  ['a continuation of nothing', () => frame(0, 'x'), 1002],
  ['a close code that nobody may send', () => frame(8, Buffer.from([0x03, 0xed])), 1002],
  ['a close code of one byte', () => frame(8, Buffer.from([3])), 1002],
  ['a close reason that is no UTF-8', () => frame(8, Buffer.from([0x03, 0xe8, 0xff])), 1007],
  ['a length of 4 GB', () => frame(1, 'abc', { length: 4_294_967_295 }), 1009],
  [
    'pieces without end',
    () =>
      Buffer.concat([
        frame(1, 'x', { isLast: false }),
        ...Array.from({ length: 100 }, () => piece('x'.repeat(30_000))),
      ]),
    1009,
  ],
])('%s closes the connection, and no function hears of it', async (_what, bytes, code) => {
  const other = await chat.connect();
  expect(await closeCode(bytes())).toBe(code);
  other.socket.send('still here');
  expect(await other.frame()).toBe('still here');
  expect(chat.events['echo']?.every(({ body }) => body === 'still here')).toBe(true);
  other.socket.close();
});

it('100,000 pieces of a byte each are not kept', async () => {
  const pieces = Buffer.concat(Array.from({ length: 100_000 }, () => piece('x')));
  expect([1008, 1009]).toContain(await closeCode(Buffer.concat([frame(1, 'x', { isLast: false }), pieces])));
});

it('what would grow to 200 MB when unpacked never does', async () => {
  const bomb = deflateRawSync(Buffer.alloc(200 * 1024 * 1024));
  const before = process.memoryUsage().arrayBuffers;
  expect([1002, 1009]).toContain(await closeCode(frame(1, bomb, { reserved: 0x40 }), deflate));
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(100 * 1024 * 1024);
});

it('a flood of pings costs its sender the connection at most', async () => {
  const [flood, other] = await Promise.all([chat.connect(), chat.connect()]);
  for (let count = 0; count < 20_000; count += 1) flood.socket.ping('x');
  other.socket.send('still here');
  expect(await other.frame()).toBe('still here');
  flood.socket.terminate();
  other.socket.close();
});
