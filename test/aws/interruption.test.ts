import { DeleteFunctionCommand, GetFunctionCommand, UpdateFunctionCodeCommand } from '@aws-sdk/client-lambda';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { AwsCall } from '../../src/aws/aws-call.ts';
import { ApigenError } from '../../src/errors.ts';
import { apigenError, type Connected, createFunction, serverError, startConnected, thrown } from './connected.ts';

let at: Connected;

beforeEach(async () => {
  at = await startConnected();
});

afterEach(() => at.scripted.close());

describe('the gate', () => {
  it('is asked right before each attempt, and told what it is about', async () => {
    const asked: AwsCall[] = [];
    const aws = await at.connect({ gate: (call) => void asked.push(call) });
    at.scripted.script('CreateFunction', { instead: 'reset' });
    await aws.lambda.send(createFunction);
    expect(asked.map(({ service, operation, resource, mutates }) => [service, operation, resource, mutates])).toEqual([
      ['sts', 'GetCallerIdentity', undefined, false],
      ['lambda', 'CreateFunction', 'shop-dev-list', true],
      ['lambda', 'CreateFunction', 'shop-dev-list', true],
    ]);
  });

  it('keeps a call from being sent, between attempts too, and its error comes through as it is', async () => {
    const lost = new ApigenError({ code: 'LOCK_LOST', summary: 'The lock is gone' });
    let open = true;
    const aws = await at.connect({
      gate: async () => {
        if (!open) throw lost;
      },
    });
    at.scripted.script('DeleteFunction', serverError);
    const deletion = aws.lambda.send(new DeleteFunctionCommand({ FunctionName: 'f' }));
    while (at.calls().length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    open = false;
    expect(await thrown(deletion)).toBe(lost);
    expect(at.calls()).toHaveLength(1);
  });

  it('learns of the longer time that an upload may take', async () => {
    const timeouts: number[] = [];
    const aws = await at.connect({ gate: (call) => void timeouts.push(call.timeoutMs) });
    await aws.lambda.send(new UpdateFunctionCodeCommand({ FunctionName: 'f', ZipFile: new Uint8Array(1024 * 1024) }));
    expect(timeouts).toEqual([10_000, 18_000]);
  });
});

describe('an interruption', () => {
  it('ends waits at once and sends nothing new', async () => {
    const stop = new AbortController();
    const aws = await at.connect({ signal: stop.signal });
    at.scripted.script(
      'DeleteFunction',
      ...Array.from({ length: 9 }, () => ({
        status: 429,
        error: 'TooManyRequestsException',
        message: 'Rate exceeded',
      })),
    );
    const deletion = aws.lambda.send(new DeleteFunctionCommand({ FunctionName: 'f' }));
    setTimeout(() => stop.abort(), 300);
    const error = await apigenError(deletion);
    expect([error.code, error.exitCode]).toEqual(['INTERRUPTED', 130]);
    const sent = at.calls().length;
    expect((await apigenError(aws.lambda.send(createFunction))).code).toBe('INTERRUPTED');
    expect(at.calls()).toHaveLength(sent);
  });

  it('cuts a read off, but lets a change that was sent be finished', async () => {
    const stop = new AbortController();
    const aws = await at.connect({ signal: stop.signal });
    at.scripted.script('GetFunction', { instead: 'silence' });
    const read = aws.lambda.send(new GetFunctionCommand({ FunctionName: 'f' }));
    const change = aws.lambda.send(createFunction);
    while (at.calls().length < 2) await new Promise((resolve) => setTimeout(resolve, 5));
    stop.abort();
    expect((await apigenError(read)).code).toBe('INTERRUPTED');
    expect((await change).$metadata.httpStatusCode).toBe(200);
  });
});
