// `apigen dev --inspect` as a debugger meets it: a client of the inspector protocol finds the threads of functions, sets
// a breakpoint by a line of TypeScript, holds a request there longer than its function may take, and lets it go on.

import { readFile } from 'node:fs/promises';
import { SourceMap } from 'node:module';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type DebuggerClient, debuggerClient } from '../../harness/debugger-client.ts';
import { type StartedCli, startCli } from '../../harness/started-cli.ts';
import { type TemporaryProject, temporaryProject } from '../../harness/temporary-project.ts';

let project: TemporaryProject;
let cli: StartedCli;
let client: DebuggerClient;
let url: string;

const source = `interface Answer { statusCode: number; body: string }

const greet = (name: string): string => {
  const words = \`hello \${name}\`;
  return words;
};

export const handler = async (): Promise<Answer> => ({ statusCode: 200, body: greet('you') });
`;

beforeAll(async () => {
  project = await temporaryProject({
    'package.json': '{ "type": "module" }',
    'apigen.yml':
      'name: shop\nregion: eu-west-1\ndefaults: { function: { timeout: 1 } }\napis:\n  public:\n    type: http\n    auth: none\n    routes:\n      GET /hello: src/hello.handler\n      GET /hangs: src/hangs.handler\n',
    'src/hello.ts': source,
    'src/hangs.ts': 'export const handler = () => new Promise(() => setInterval(() => {}, 100));\n',
  });
  const args = ['dev', '--json', '--port', '0', '--inspect', '0'];
  cli = await startCli(args, { cwd: project.root, endpoint: 'http://127.0.0.1:9' });
  const ready = await untilReady(cli);
  url = ready.apis[0]?.url ?? '';
  client = await debuggerClient(ready.inspector);
}, 60_000);
afterAll(async () => {
  client?.close();
  cli?.process.kill('SIGTERM');
  await cli?.ended;
  await project?.remove();
});

interface Ready {
  readonly apis: readonly { readonly url: string }[];
  readonly inspector: string;
}

async function untilReady({ output }: StartedCli): Promise<Ready> {
  const deadline = Date.now() + 30_000;
  for (;;) {
    const line = output()
      .split('\n')
      .find((one) => one.startsWith('{"type":"ready"'));
    if (line !== undefined) return JSON.parse(line);
    if (Date.now() > deadline) throw new Error(`not ready:\n${output()}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Where a line of the source begins in the code that was loaded. */
async function placeOf(script: { url: string }, file: string, line: number) {
  const path = script.url.startsWith('file:') ? fileURLToPath(script.url) : script.url;
  const payload = JSON.parse(await readFile(`${path}.map`, 'utf8'));
  const map = new SourceMap({ ...payload, sourceRoot: '' });
  for (const [lineNumber, text] of (await readFile(path, 'utf8')).split('\n').entries()) {
    for (let columnNumber = 0; columnNumber < text.length; columnNumber += 1) {
      const entry = map.findEntry(lineNumber, columnNumber);
      if (!('originalSource' in entry) || entry.originalLine !== line - 1) continue;
      const original = fileURLToPath(new URL(entry.originalSource, payload.sourceRoot));
      if (original === file) return { lineNumber, columnNumber };
    }
  }
  throw new Error(`nothing stands for ${file}:${line}`);
}

describe('a debugger', () => {
  it('holds a function at a line of TypeScript for longer than its timeout, and its request is answered after', async () => {
    expect((await fetch(`${url}/hello`)).status).toBe(200);
    const script = await client.script((one) => /inspect\/\d+\/hello\//.test(one.url));
    expect(script.url.startsWith(project.root) || script.url.includes(`${project.root}/.apigen/`)).toBe(true);
    const place = await placeOf(script, `${project.root}/src/hello.ts`, 4);
    await client.send(script.session, 'Debugger.setBreakpointByUrl', { url: script.url, ...place });
    const answer = fetch(`${url}/hello`);
    const paused = await client.paused(script.session);
    expect(paused.callFrames.map(({ functionName }) => functionName).slice(0, 2)).toEqual(['greet', 'handler']);
    const scope = paused.callFrames[0]?.callFrameId;
    const name = await client.send(script.session, 'Debugger.evaluateOnCallFrame', {
      callFrameId: scope,
      expression: 'name',
    });
    expect(name).toMatchObject({ result: { value: 'you' } });
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    await client.send(script.session, 'Debugger.resume', {});
    const answered = await answer;
    expect([answered.status, await answered.text()]).toEqual([200, 'hello you']);
  }, 30_000);

  it('does not keep a function that merely never answers', async () => {
    expect((await fetch(`${url}/hangs`)).status).toBe(500);
    expect(cli.output()).toContain('Task timed out after 1.00 seconds');
  }, 30_000);
});
