// An HTTP/1.1 client on a raw socket: header case, order and duplicates go out and come back as they are.

import { connect } from 'node:net';

export interface WireResponse {
  readonly status: number;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: Buffer;
}

export interface WireRequest {
  readonly method: string;
  readonly target: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: Buffer;
}

/**
 * Sends one request on a connection of its own and reads the whole answer.
 * @throws Error when the server closes early, answers no HTTP, or stays silent for `timeoutMs`.
 */
export function send(host: string, port: number, request: WireRequest, timeoutMs = 40_000): Promise<WireResponse> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, host);
    const chunks: Buffer[] = [];
    const finish = (error?: Error): void => {
      socket.destroy();
      const response = parse(Buffer.concat(chunks), request.method, true);
      if (response !== undefined) resolve(response);
      else reject(error ?? new Error('the server closed the connection without an answer'));
    };
    socket.setTimeout(timeoutMs, () => finish(new Error(`no answer within ${timeoutMs} ms`)));
    socket.on('connect', () => {
      socket.write(head(request, host, port));
      socket.write(request.body);
    });
    socket.on('data', (chunk) => {
      chunks.push(chunk);
      const response = parse(Buffer.concat(chunks), request.method, false);
      if (response !== undefined) {
        socket.destroy();
        resolve(response);
      }
    });
    socket.on('end', () => finish());
    socket.on('error', (error) => finish(error));
  });
}

function head(request: WireRequest, host: string, port: number): string {
  const has = (name: string): boolean => request.headers.some(([key]) => key.toLowerCase() === name);
  const lines = [`${request.method} ${request.target} HTTP/1.1`];
  if (!has('host')) lines.push(`Host: ${host}:${port}`);
  for (const [name, value] of request.headers) lines.push(`${name}: ${value}`);
  const bodied = request.body.length > 0 || /^(POST|PUT|PATCH)$/.test(request.method);
  if (bodied && !has('content-length') && !has('transfer-encoding')) {
    lines.push(`Content-Length: ${request.body.length}`);
  }
  if (!has('connection')) lines.push('Connection: close');
  return `${lines.join('\r\n')}\r\n\r\n`;
}

function parse(bytes: Buffer, method: string, ended: boolean): WireResponse | undefined {
  const end = bytes.indexOf('\r\n\r\n');
  if (end === -1) return undefined;
  const [statusLine, ...lines] = bytes.subarray(0, end).toString('latin1').split('\r\n');
  const status = Number(/^HTTP\/1\.\d (\d{3})/.exec(statusLine ?? '')?.[1]);
  const rest = bytes.subarray(end + 4);
  if (status === 100) return parse(rest, method, ended);
  const headers = lines.map((line): [string, string] => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon), line.slice(colon + 1).trim()];
  });
  const of = (name: string): string | undefined => headers.find(([key]) => key.toLowerCase() === name)?.[1];
  const answer = (body: Buffer): WireResponse => ({ status, headers, body });
  if (method === 'HEAD' || status === 204 || status === 304 || status === 101) return answer(Buffer.alloc(0));
  if (/chunked/i.test(of('transfer-encoding') ?? '')) {
    const body = unchunk(rest);
    return body === undefined ? undefined : answer(body);
  }
  const length = of('content-length');
  if (length !== undefined) {
    return rest.length >= Number(length) ? answer(rest.subarray(0, Number(length))) : undefined;
  }
  return ended ? answer(rest) : undefined;
}

function unchunk(bytes: Buffer): Buffer | undefined {
  const parts: Buffer[] = [];
  let rest = bytes;
  for (;;) {
    const line = rest.indexOf('\r\n');
    if (line === -1) return undefined;
    const size = Number.parseInt(rest.subarray(0, line).toString('latin1'), 16);
    if (!Number.isFinite(size) || rest.length < line + 2 + size + 2) return undefined;
    if (size === 0) return Buffer.concat(parts);
    parts.push(rest.subarray(line + 2, line + 2 + size));
    rest = rest.subarray(line + 2 + size + 2);
  }
}
