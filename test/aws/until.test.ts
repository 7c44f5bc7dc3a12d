import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { until } from '../../src/aws/until.ts';
import { RoleTurns, untilRoleReady } from '../../src/aws/until-role-ready.ts';
import { apigenError, type Connected, createFunction, startConnected } from './connected.ts';

let at: Connected;

beforeEach(async () => {
  at = await startConnected();
});

afterEach(() => at.scripted.close());

describe('waiting', () => {
  it('probes densely until there is an answer', async () => {
    let probes = 0;
    const answer = await until(async () => (++probes === 3 ? 'active' : undefined), {
      timeoutMs: 5_000,
      describe: 'x',
    });
    expect([answer, probes]).toEqual(['active', 3]);
  });

  it('gives up in the end, naming what it waited for', async () => {
    const waiting = until(async () => undefined, { timeoutMs: 300, describe: 'table items to become active' });
    const error = await apigenError(waiting);
    expect(error).toMatchObject({ code: 'WAIT_TIMEOUT', summary: 'Gave up waiting for table items to become active' });
  });

  it('repeats a call until Lambda knows the role', async () => {
    const aws = await at.connect();
    const message = 'The role defined for the function cannot be assumed by Lambda.';
    const refused = { status: 400, error: 'InvalidParameterValueException', message };
    at.scripted.script('CreateFunction', refused, refused);
    await untilRoleReady(() => aws.lambda.send(createFunction), { functionName: 'shop-dev-list' });
    expect(at.calls()).toHaveLength(3);
  });

  it('says so when Lambda never does', async () => {
    const aws = await at.connect();
    const message = 'The role defined for the function cannot be assumed by Lambda.';
    const refused = { status: 400, error: 'InvalidParameterValueException', message };
    at.scripted.script('CreateFunction', ...Array.from({ length: 9 }, () => refused));
    const error = await apigenError(
      untilRoleReady(() => aws.lambda.send(createFunction), { functionName: 'shop-dev-list', timeoutMs: 600 }),
    );
    expect(error).toMatchObject({
      code: 'ROLE_NOT_READY',
      summary: 'Cannot create function shop-dev-list',
      detail: 'Lambda still refuses its new role after 1 s.',
      aws: { service: 'lambda', operation: 'CreateFunction', requestId: 'request-1' },
    });
  });

  it('lets one call probe while the others wait with it, and expects of their roles what that one took', async () => {
    const aws = await at.connect();
    const turns = new RoleTurns();
    const message = 'The role defined for the function cannot be assumed by Lambda.';
    const refused = { status: 400, error: 'InvalidParameterValueException', message };
    at.scripted.script('CreateFunction', refused, refused, refused);
    const sent: { readonly name: string; readonly at: number }[] = [];
    const start = performance.now();
    const create = (name: string): Promise<unknown> =>
      untilRoleReady(
        () => {
          sent.push({ name, at: performance.now() - start });
          return aws.lambda.send(createFunction);
        },
        { functionName: name, turns },
      );
    const first = create('list');
    await sleep(100);
    const second = create('get');
    await Promise.all([first, second]);
    expect(sent.map(({ name }) => name)).toEqual(['list', 'list', 'list', 'list', 'get']);
    const [probed, followed] = [sent[3]?.at ?? 0, sent[4]?.at ?? 0];
    // The second began to wait 100 ms after the first: so does its role have 100 ms more to become ready.
    expect(followed - probed).toBeGreaterThanOrEqual(95);
  });

  it('lets any other refusal through at once', async () => {
    const aws = await at.connect();
    at.scripted.script('CreateFunction', {
      status: 400,
      error: 'InvalidParameterValueException',
      message: 'Unzipped size must be smaller',
    });
    const error = await apigenError(untilRoleReady(() => aws.lambda.send(createFunction), { functionName: 'x' }));
    expect(error.code).toBe('AWS_REFUSED');
    expect(at.calls()).toHaveLength(1);
  });
});
