import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { type AwsService, awsCall } from '../../src/aws/aws-call.ts';
import { QuotaPacer } from '../../src/aws/pacer.ts';
import { bucketsOf, type CountedCall, emptySeconds } from '../harness/quota-bound.ts';
import type { Service } from '../harness/quota-proxy/control-call.ts';
import { documentedLimits } from '../harness/quota-proxy/documented-quotas.ts';
import { QuotaMeter } from '../harness/quota-proxy/quota-meter.ts';

// In virtual time: what a busy machine does to it is nobody's business here.
beforeEach(() => {
  jest.useFakeTimers();
});

afterEach(() => {
  jest.useRealTimers();
});

const latencyMs = 80;
const roleMs = 8000;

const pause = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, ms);
  });

/** The calls of one function after another, all functions at once, paced, against AWS's quotas. */
async function deploy(functions: number): Promise<{ seconds: number; refused: number; calls: readonly CountedCall[] }> {
  const pacer = new QuotaPacer();
  const meter = new QuotaMeter();
  const calls: CountedCall[] = [];
  let refused = 0;
  const send = async (service: Service, operation: string): Promise<void> => {
    const call = awsCall(service as AwsService, operation, {});
    await pacer.take(call, undefined, () => undefined);
    calls.push({ service, operation });
    const request = { method: '', url: '', headers: {}, body: Buffer.alloc(0) };
    const limits = documentedLimits(
      { service, operation, resource: undefined, mutates: true, dataPlane: false },
      request,
    );
    if (meter.take(limits, performance.now()) !== undefined) refused += 1;
    await pause(latencyMs);
    pacer.answered(call, false);
  };
  const one = async (): Promise<void> => {
    await send('iam', 'CreateRole');
    const usableAt = performance.now() + roleMs;
    await send('iam', 'PutRolePolicy');
    await pause(Math.max(0, usableAt - performance.now()));
    for (const operation of ['CreateFunction', 'GetFunction', 'CreateAlias', 'AddPermission']) {
      await send('lambda', operation);
    }
  };
  const started = performance.now();
  await Promise.all(Array.from({ length: functions }, one));
  return { seconds: (performance.now() - started) / 1000, refused, calls };
}

describe('the calls of a deploy, paced', () => {
  it.each([20, 60])(
    'of %i functions take hardly longer than the quotas ask, and none is refused',
    async (functions) => {
      const running = deploy(functions);
      await jest.advanceTimersByTimeAsync(60_000);
      const { seconds, refused, calls } = await running;
      expect(refused).toBe(0);
      const lambda = bucketsOf(calls).find(({ name }) => name === 'lambda');
      const bound = roleMs / 1000 + (lambda ? emptySeconds(lambda) : 0);
      expect(seconds).toBeGreaterThan(bound);
      // The first role's own calls, and a bucket kept a fifth of a second below AWS's.
      expect(seconds).toBeLessThan(bound + 1.2);
    },
  );
});
