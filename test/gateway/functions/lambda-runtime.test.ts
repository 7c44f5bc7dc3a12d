// What a function finds around it, as in Lambda's Node runtime.

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { lambdaEnvironment } from '../../../src/gateway/functions/lambda-environment.ts';
import { reported, type TestFunctions, testFunctions } from './function-sources.ts';

let functions: TestFunctions;

beforeAll(async () => {
  functions = await testFunctions(2);
});
afterAll(() => functions.close());

async function answerOf(name: string, event?: unknown): Promise<unknown> {
  const result = await functions.invoke(name, event);
  if (result.type !== 'success') throw new Error(JSON.stringify(result));
  return JSON.parse(result.payload);
}

describe('the context', () => {
  it('names the function, its version, its memory and its logs', async () => {
    await functions.put('context', 'exports.handler = async (event, context) => context;', { memoryMb: 256 });
    expect(await answerOf('context')).toMatchObject({
      functionName: 'shop-dev-context',
      functionVersion: '$LATEST',
      invokedFunctionArn: 'arn:aws:lambda:eu-west-1:000000000000:function:shop-dev-context',
      memoryLimitInMB: '256',
      awsRequestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      logGroupName: '/aws/lambda/shop-dev-context',
      logStreamName: expect.stringMatching(/^\d{4}\/\d\d\/\d\d\/\[\$LATEST\][0-9a-f]{32}$/),
      callbackWaitsForEmptyEventLoop: true,
    });
  });

  it('counts the remaining time down from the timeout', async () => {
    const code = `exports.handler = async (event, context) => {
      const before = context.getRemainingTimeInMillis();
      await new Promise((resolve) => setTimeout(resolve, 60));
      return [before, context.getRemainingTimeInMillis()];
    };`;
    await functions.put('remaining', code, { timeoutMs: 2_000 });
    const [before, after] = (await answerOf('remaining')) as [number, number];
    expect(before).toBeGreaterThan(1_800);
    expect(before).toBeLessThanOrEqual(2_000);
    expect(before - after).toBeGreaterThanOrEqual(50);
  });

  it('has done, succeed and fail up to nodejs22.x, and none of them on nodejs24.x', async () => {
    await functions.put('succeeds', 'exports.handler = (event, context) => { context.succeed({ by: "context" }); };');
    expect(await answerOf('succeeds')).toEqual({ by: 'context' });
    await functions.put('fails', 'exports.handler = (event, context) => { context.fail(new Error("no")); };');
    expect(reported(await functions.invoke('fails')).errorMessage).toBe('no');
    const code = 'exports.handler = async (event, context) => Object.keys(context);';
    await functions.put('keys', code, { runtime: 'nodejs24.x' });
    const keys = await answerOf('keys');
    expect(keys).not.toContain('succeed');
    expect(keys).not.toContain('callbackWaitsForEmptyEventLoop');
  });
});

describe('a callback handler', () => {
  const code = `exports.handler = (event, context, callback) => {
    if (event.atOnce) context.callbackWaitsForEmptyEventLoop = false;
    if (event.later) setTimeout(() => console.log('work after the answer'), 150);
    callback(event.error ? new Error(event.error) : null, { called: true });
  };`;

  it('answers through its callback', async () => {
    await functions.put('calls', code);
    expect(await answerOf('calls')).toEqual({ called: true });
    expect(reported(await functions.invoke('calls', { error: 'refused' })).errorMessage).toBe('refused');
  });

  it('is answered when its event loop is empty, unless it says otherwise', async () => {
    await functions.put('waits', code);
    const started = performance.now();
    await answerOf('waits');
    const warm = performance.now();
    await answerOf('waits', { later: true });
    expect(performance.now() - warm).toBeGreaterThanOrEqual(140);
    const again = performance.now();
    await answerOf('waits', { later: true, atOnce: true });
    expect(performance.now() - again).toBeLessThan(140);
    expect(warm).toBeGreaterThan(started);
  });

  it('is refused on nodejs24.x, as Lambda refuses it', async () => {
    await functions.put('refused', code, { runtime: 'nodejs24.x' });
    const { errorType, errorMessage } = reported(await functions.invoke('refused'));
    expect(errorType).toBe('Runtime.CallbackHandlerDeprecated');
    expect(errorMessage).toContain('has removed support for callback-based function handlers');
  });

  it('that never calls back answers null once nothing is left to do', async () => {
    await functions.put('forgets', 'exports.handler = (event, context, callback) => { setTimeout(() => {}, 20); };');
    expect(await answerOf('forgets')).toBeNull();
  });
});

describe('an async handler', () => {
  it('answers by a JSON round trip', async () => {
    const code = 'exports.handler = async () => ({ at: new Date(0), none: undefined, list: [undefined, () => 1] });';
    await functions.put('json', code);
    expect(await answerOf('json')).toEqual({ at: '1970-01-01T00:00:00.000Z', list: [null, null] });
    await functions.put('nothing', 'exports.handler = async () => {};');
    expect(await answerOf('nothing')).toBeNull();
  });

  it('may stand in an ES module that awaits at its top', async () => {
    await functions.put(
      'module',
      "const { sep } = await import('node:path');\nexport const handler = async () => sep;",
    );
    expect(await answerOf('module')).toBe('/');
  });

  it('keeps its module between calls, one call at a time in each worker', async () => {
    const code = `let calls = 0; let inside = 0;
      exports.handler = async () => {
        calls += 1; inside += 1;
        await new Promise((resolve) => setTimeout(resolve, 30));
        return { calls, inside: inside-- };
      };`;
    await functions.put('keeps', code);
    const answers = (await Promise.all([1, 2, 3, 4, 5, 6].map(() => answerOf('keeps')))) as { inside: number }[];
    expect(answers.map(({ inside }) => inside)).toEqual([1, 1, 1, 1, 1, 1]);
  });
});

describe('the environment', () => {
  it('is what the function is given and nothing of the shell', async () => {
    const credential = {
      accessKeyId: 'AKID',
      secretAccessKey: 'secret',
      userArn: 'arn:aws:iam::000000000000:user/local',
    };
    const environment = lambdaEnvironment({
      functionName: 'shop-dev-env',
      region: 'eu-west-1',
      runtime: 'nodejs22.x',
      memoryMb: 256,
      taskRoot: '/var/task',
      credential,
      dynamodbEndpoint: 'http://127.0.0.1:8000',
      own: { GREETING: 'hello', AWS_REGION: 'mars-1' },
    });
    await functions.put('env', 'exports.handler = async () => process.env;', { environment });
    expect(await answerOf('env')).toEqual({ ...environment, _X_AMZN_TRACE_ID: expect.stringMatching(/^Root=1-/) });
    expect(environment).toMatchObject({
      GREETING: 'hello',
      AWS_REGION: 'eu-west-1',
      AWS_LAMBDA_FUNCTION_NAME: 'shop-dev-env',
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '256',
      AWS_ENDPOINT_URL_DYNAMODB: 'http://127.0.0.1:8000',
      AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs22.x',
      LAMBDA_TASK_ROOT: '/var/task',
      TZ: ':UTC',
    });
  });
});

describe('output', () => {
  it('arrives with the function, the route and the request, before the answer', async () => {
    const code = "exports.handler = async () => { console.log('one'); process.stderr.write('two'); };";
    await functions.put('speaks', code);
    const before = functions.output.length;
    await answerOf('speaks');
    const at = { functionName: 'speaks', route: 'GET /speaks', requestId: 'request-1' };
    expect(functions.output.slice(before)).toEqual([
      { ...at, stream: 'stdout', text: 'one\n' },
      { ...at, stream: 'stderr', text: 'two' },
    ]);
  });
});

describe('a pool', () => {
  it('uses warm workers again, and starts others only for calls that wait', async () => {
    const code =
      "const id = require('node:worker_threads').threadId; exports.handler = async (e) => { if (e.slow) await new Promise((r) => setTimeout(r, 200)); return id; };";
    await functions.put('pool', code);
    const first = await functions.run('pool');
    const second = await functions.run('pool');
    expect([first.cold, second.cold]).toEqual([true, false]);
    expect(second.result).toEqual(first.result);
    const ids = await Promise.all([1, 2, 3, 4].map(() => answerOf('pool', { slow: true })));
    expect(new Set(ids).size).toBe(2);
  });

  it('finishes calls in flight on the old code and gives later ones the new', async () => {
    const code = (text: string): string =>
      `exports.handler = async () => { await new Promise((r) => setTimeout(r, 200)); return '${text}'; };`;
    await functions.put('changes', code('old'));
    const inFlight = functions.invoke('changes');
    await new Promise((resolve) => setTimeout(resolve, 100));
    await functions.put('changes', code('new'));
    expect(await functions.invoke('changes')).toEqual({ type: 'success', payload: '"new"' });
    expect(await inFlight).toEqual({ type: 'success', payload: '"old"' });
  });
});
