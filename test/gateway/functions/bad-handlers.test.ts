// Handlers that do everything wrong, each beside a good one that must not notice.

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { reported, type TestFunctions, testFunctions } from './function-sources.ts';

let functions: TestFunctions;

beforeAll(async () => {
  functions = await testFunctions();
  await functions.put('good', 'exports.handler = async (event) => ({ ok: true, got: event });');
});
afterAll(() => functions.close());

async function goodStillAnswers(): Promise<void> {
  expect(await functions.invoke('good', { n: 1 })).toEqual({ type: 'success', payload: '{"ok":true,"got":{"n":1}}' });
}

describe('a handler that', () => {
  it('throws is reported as Lambda reports it', async () => {
    await functions.put('throws', "exports.handler = async () => { throw new RangeError('too far'); };");
    const { errorType, errorMessage, trace } = reported(await functions.invoke('throws'));
    expect([errorType, errorMessage, trace[0]]).toEqual(['RangeError', 'too far', 'RangeError: too far']);
    const { text } = functions.output.find((one) => one.text.includes('RangeError: too far')) ?? { text: '' };
    // What calls the handler is nothing to look at.
    expect(text).toMatch(/throws-\d+\.cjs/);
    expect(text).not.toMatch(/function-worker|node:internal/);
  });

  it('throws something that is no error is reported by its type', async () => {
    await functions.put('throws-text', "exports.handler = () => { throw 'just text'; };");
    expect(reported(await functions.invoke('throws-text'))).toEqual({
      errorType: 'string',
      errorMessage: 'just text',
      trace: [],
    });
  });

  it('never answers is ended after its time, and the next call gets a new worker', async () => {
    const code =
      'exports.handler = (event) => event.answer ? Promise.resolve(1) : new Promise(() => setInterval(() => {}, 50));';
    await functions.put('hangs', code, { timeoutMs: 300 });
    expect(await functions.invoke('hangs')).toEqual({ type: 'timeout', afterMs: 300 });
    expect(await functions.run('hangs', { answer: true })).toEqual({
      result: { type: 'success', payload: '1' },
      cold: true,
    });
  });

  it('blocks its thread is ended after its time while others are answered', async () => {
    await functions.put('blocks', 'exports.handler = async () => { for (;;); };', { timeoutMs: 500 });
    const blocked = functions.invoke('blocks');
    await goodStillAnswers();
    expect(await blocked).toEqual({ type: 'timeout', afterMs: 500 });
  });

  it('exits the process ends its own worker alone', async () => {
    await functions.put('exits', 'exports.handler = async () => { process.exit(3); };');
    expect(reported(await functions.invoke('exits'))).toEqual({
      errorType: 'Runtime.ExitError',
      errorMessage: 'RequestId: request-1 Error: Runtime exited with error: exit status 3',
    });
    await goodStillAnswers();
  });

  it.each([
    ['exits with a status', 'process.exit(3);', 'exit status 3'],
    ['exits by a signal to itself', "process.kill(process.pid, 'SIGTERM');", 'exit status 137'],
  ])('%s has that said where it prints', async (name, code, how) => {
    await functions.put(name, `exports.handler = async () => { ${code} };`);
    await functions.invoke(name);
    const printed = functions.output.filter(({ functionName }) => functionName === name).map(({ text }) => text);
    expect(printed).toEqual([`Runtime exited with error: ${how}\n`]);
  });

  it('looks for a thread of its own finds a process, and nothing to write to the server with', async () => {
    const code = `const threads = require('node:worker_threads');
      exports.handler = async () => {
        threads.parentPort?.postMessage(null);
        threads.parentPort?.postMessage({ type: 'success' });
        const { parentPort } = await import('node:worker_threads');
        return [threads.isMainThread, threads.workerData, threads.parentPort, parentPort];
      };`;
    await functions.put('looks', code);
    expect(await functions.invoke('looks')).toEqual({ type: 'success', payload: '[true,null,null,null]' });
    await goodStillAnswers();
  });

  it('kills its own process ends its own worker alone', async () => {
    await functions.put('kills', "exports.handler = async () => { process.kill(process.pid, 'SIGKILL'); };");
    expect(reported(await functions.invoke('kills')).errorType).toBe('Runtime.ExitError');
    await goodStillAnswers();
  });

  it('leaks objects meets its memory limit', async () => {
    const code = 'const kept = []; exports.handler = async () => { for (;;) kept.push(new Array(1000).fill({})); };';
    await functions.put('leaks', code, { memoryMb: 64, timeoutMs: 30_000 });
    expect(reported(await functions.invoke('leaks'))).toEqual({
      errorType: 'Runtime.ExitError',
      errorMessage: 'RequestId: request-1 Error: Runtime exited with error: signal: killed',
    });
    await goodStillAnswers();
  });

  it('leaks buffers, which lie outside the heap, meets its memory limit', async () => {
    const code =
      'const kept = []; exports.handler = async () => { for (;;) { kept.push(Buffer.alloc(1e6, 1)); await new Promise(setImmediate); } };';
    await functions.put('leaks-buffers', code, { memoryMb: 128, timeoutMs: 30_000 });
    expect(reported(await functions.invoke('leaks-buffers')).errorType).toBe('Runtime.ExitError');
    await goodStillAnswers();
  });

  it('fills memory with buffers in a loop that never ends is stopped long before its time', async () => {
    const code =
      'const kept = []; exports.handler = async () => { for (;;) { kept.push(Buffer.alloc(1e6, 1)); Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1); } };';
    await functions.put('fills', code, { memoryMb: 128, timeoutMs: 60_000 });
    const started = performance.now();
    expect(reported(await functions.invoke('fills')).errorMessage).toContain('signal: killed');
    expect(performance.now() - started).toBeLessThan(20_000);
    await goodStillAnswers();
  });

  it('prints megabytes is heard up to a limit and answered', async () => {
    const before = functions.output.length;
    await functions.put(
      'prints',
      "exports.handler = async () => { for (let i = 0; i < 50; i += 1) console.log('x'.repeat(1e5)); return 'done'; };",
    );
    expect(await functions.invoke('prints')).toEqual({ type: 'success', payload: '"done"' });
    const printed = functions.output.slice(before).map(({ text }) => text);
    expect(printed.join('').length).toBeLessThan(1.1 * 1024 * 1024);
    expect(printed.at(-1)).toContain('the rest is left out');
  });

  it('leaves a rejection unhandled fails the invocation and loses its worker', async () => {
    const code =
      "exports.handler = async (event) => { if (event.bad) { Promise.reject(new Error('lost')); await new Promise((r) => setTimeout(r, 200)); } return 1; };";
    await functions.put('rejects', code);
    expect(reported(await functions.invoke('rejects', { bad: true }))).toMatchObject({
      errorType: 'Runtime.UnhandledPromiseRejection',
      errorMessage: 'Error: lost',
    });
    expect(await functions.run('rejects')).toEqual({ result: { type: 'success', payload: '1' }, cold: true });
  });

  it('throws outside its promise fails the invocation', async () => {
    const code = "exports.handler = () => new Promise(() => setTimeout(() => { throw new Error('later'); }, 10));";
    await functions.put('throws-later', code);
    expect(reported(await functions.invoke('throws-later'))).toMatchObject({
      errorType: 'Error',
      errorMessage: 'later',
    });
  });

  it('answers what JSON cannot say is reported', async () => {
    await functions.put('circular', 'exports.handler = async () => { const a = {}; a.a = a; return a; };');
    expect(reported(await functions.invoke('circular')).errorMessage).toBe('Unable to stringify response body');
  });

  it('answers more than Lambda carries is reported', async () => {
    await functions.put('huge', "exports.handler = async () => 'x'.repeat(7e6);");
    expect(reported(await functions.invoke('huge')).errorType).toBe('Function.ResponseSizeTooLarge');
  });
});

describe('a module that', () => {
  it('throws while it loads fails every call with its own error', async () => {
    await functions.put('broken', "throw new TypeError('no configuration');");
    for (let call = 0; call < 2; call += 1) {
      expect(reported(await functions.invoke('broken'))).toMatchObject({
        errorType: 'TypeError',
        errorMessage: 'no configuration',
      });
    }
  });

  it('exports no handler is told so in the words of Lambda', async () => {
    await functions.put('empty', 'exports.other = 1;');
    expect(reported(await functions.invoke('empty'))).toMatchObject({
      errorType: 'Runtime.HandlerNotFound',
      errorMessage: 'index.handler is undefined or not exported',
    });
  });

  it('awaits for ever while it loads is told so', async () => {
    await functions.put('awaits', 'await new Promise(() => {});\nexport const handler = async () => 1;');
    expect(reported(await functions.invoke('awaits')).errorMessage).toContain('exit status 13');
    expect(functions.output.at(-1)?.text).toContain('a top-level await never settles');
  });

  it('exits while it loads fails the call', async () => {
    await functions.put('exits-early', 'process.exit(7);');
    expect(reported(await functions.invoke('exits-early')).errorMessage).toContain('exit status 7');
  });
});
