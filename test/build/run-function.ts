// Runs a built function as Lambda does: unzips it into an empty folder and calls index.handler in a Node process of
// its own that has nothing but the environment it is given.

import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import type { BuiltFunction } from '../../src/build/build-functions.ts';

export interface Answer {
  readonly result?: unknown;
  readonly error?: string;
  readonly stderr: string;
}

const HOST = `
const { existsSync } = require('node:fs');
const load = existsSync('./index.mjs') ? import(process.cwd() + '/index.mjs') : Promise.resolve().then(() => require(process.cwd() + '/index.js'));
load
  .then((code) => code.handler(JSON.parse(process.env.EVENT), {}))
  .then((result) => ({ result }), (error) => ({ error: String(error.message) }))
  .then((answer) => process.stdout.write(JSON.stringify(answer), () => process.exit(0)));
`;

export async function runFunction(
  built: BuiltFunction,
  event: unknown,
  environment: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  const folder = mkdtempSync(join(tmpdir(), 'apigen-run-'));
  try {
    for (const [name, contents] of Object.entries(unzipSync(built.zip))) writeFileSync(join(folder, name), contents);
    const child = spawn(process.execPath, ['-e', HOST], {
      cwd: folder,
      env: {
        AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
        AWS_REGION: 'eu-west-1',
        ...environment,
        EVENT: JSON.stringify(event),
      },
    });
    const [stdout, stderr] = await Promise.all([textOf(child.stdout), textOf(child.stderr)]);
    return { ...(JSON.parse(stdout || '{}') as object), stderr };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** One call that a function sent to DynamoDB. */
export interface DynamoCall {
  readonly operation: string;
  readonly input: { readonly TableName?: string };
}

/** An HTTP server in DynamoDB's place: answers every call with an empty document and remembers it. */
export async function recordDynamo(): Promise<{ endpoint: string; calls: DynamoCall[]; stop: () => Promise<void> }> {
  const calls: DynamoCall[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const operation = String(request.headers['x-amz-target']).replace('DynamoDB_20120810.', '');
      calls.push({ operation, input: JSON.parse(Buffer.concat(chunks).toString('utf8')) });
      response.setHeader('content-type', 'application/x-amz-json-1.0').end('{}');
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    calls,
    stop: () => new Promise((done) => server.close(() => done())),
  };
}

async function textOf(stream: NodeJS.ReadableStream): Promise<string> {
  let text = '';
  for await (const chunk of stream) text += String(chunk);
  return text;
}
