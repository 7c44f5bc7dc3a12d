import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { type AwsService, awsCall } from '../../src/aws/aws-call.ts';
import { QuotaPacer } from '../../src/aws/pacer.ts';
import type { ControlCall, Service } from '../harness/quota-proxy/control-call.ts';
import { documentedLimits } from '../harness/quota-proxy/documented-quotas.ts';
import { QuotaMeter } from '../harness/quota-proxy/quota-meter.ts';
import { SeededDraw } from '../harness/quota-proxy/seeded-draw.ts';

beforeEach(() => {
  jest.useFakeTimers();
});

afterEach(() => {
  jest.useRealTimers();
});

const nothing = (): void => undefined;
const call = (service: AwsService, operation: string, input: object = {}) => awsCall(service, operation, input);

describe('the pacer', () => {
  it('lets a slow quota hold up no other call', async () => {
    const pacer = new QuotaPacer();
    const sent: string[] = [];
    const send = async (operation: string): Promise<void> => {
      const one = call('api-gateway', operation);
      await pacer.take(one, undefined, nothing);
      sent.push(operation);
      pacer.answered(one, false);
    };
    const all = ['DeleteRestApi', 'DeleteRestApi', 'GetRestApis', 'GetRestApis'].map(send);
    await jest.advanceTimersByTimeAsync(10);
    expect(sent).toEqual(['DeleteRestApi', 'GetRestApis', 'GetRestApis']);
    await jest.advanceTimersByTimeAsync(29_000);
    expect(sent).toHaveLength(3);
    await jest.advanceTimersByTimeAsync(2_000);
    expect(sent).toHaveLength(4);
    await Promise.all(all);
  });

  it('tells once how long a call must wait at least, and not of calls that need not', async () => {
    const pacer = new QuotaPacer();
    const waits: number[] = [];
    const deploy = call('api-gateway', 'CreateDeployment');
    await pacer.take(deploy, undefined, (ms) => waits.push(ms));
    pacer.answered(deploy, false);
    const second = pacer.take(deploy, undefined, (ms) => waits.push(ms));
    await jest.advanceTimersByTimeAsync(6_000);
    await second;
    expect(waits).toEqual([expect.closeTo(5_103, -1)]);
  });

  it('ends a wait when its signal aborts, and lets the others go on', async () => {
    const pacer = new QuotaPacer();
    const stop = new AbortController();
    const deploy = call('api-gateway', 'CreateDeployment');
    await pacer.take(deploy, undefined, nothing);
    const aborted = pacer.take(deploy, stop.signal, nothing);
    const patient = pacer.take(deploy, undefined, nothing);
    stop.abort(new Error('stopped'));
    await expect(aborted).rejects.toThrow('stopped');
    pacer.answered(deploy, false);
    await jest.advanceTimersByTimeAsync(6_000);
    await patient;
  });

  it('slows down after a refusal', async () => {
    const pacer = new QuotaPacer();
    const list = call('lambda', 'ListFunctions');
    await pacer.take(list, undefined, nothing);
    pacer.answered(list, true);
    let sent = false;
    void pacer.take(list, undefined, nothing).then(() => {
      sent = true;
    });
    await jest.advanceTimersByTimeAsync(50);
    expect(sent).toBe(false);
    await jest.advanceTimersByTimeAsync(50);
    expect(sent).toBe(true);
  });

  it('holds no items of tables back', async () => {
    const pacer = new QuotaPacer();
    for (let item = 0; item < 1000; item += 1) await pacer.take(call('dynamodb', 'PutItem'), undefined, nothing);
  });
});

describe('paced calls against an independent transcription of AWS’s quotas', () => {
  const regional = { endpointConfiguration: { types: ['REGIONAL'] } };
  const mix: readonly (readonly [Service, string, object])[] = [
    ['api-gateway', 'CreateRestApi', regional],
    ['api-gateway', 'PutRestApi', {}],
    ['api-gateway', 'CreateDeployment', {}],
    ['api-gateway', 'GetResources', {}],
    ...repeat(6, ['api-gateway', 'CreateResource', {}] as const),
    ...repeat(6, ['api-gateway', 'PutMethod', {}] as const),
    ['api-gateway', 'DeleteResource', {}],
    ['api-gateway-v2', 'CreateApi', {}],
    ...repeat(6, ['api-gateway-v2', 'CreateRoute', {}] as const),
    ...repeat(8, ['lambda', 'CreateFunction', {}] as const),
    ...repeat(8, ['lambda', 'GetFunction', {}] as const),
    ...repeat(3, ['lambda', 'GetPolicy', {}] as const),
    ...repeat(6, ['iam', 'CreateRole', {}] as const),
    ['logs', 'CreateLogGroup', {}],
  ];

  it.each(['one', 'two', 'three', 'four', 'five'])(
    'none of 400 at once is refused, at 20 to 200 ms of latency (seed %s)',
    async (seed) => {
      const draw = new SeededDraw(seed);
      const pacer = new QuotaPacer();
      const meter = new QuotaMeter();
      const refused: string[] = [];
      let done = 0;
      const send = async ([service, operation, input]: (typeof mix)[number]): Promise<void> => {
        const one = call(service, operation, input);
        await pacer.take(one, undefined, nothing);
        await pause(20 + draw.next('there') * 180);
        const arrived: ControlCall = { service, operation, resource: undefined, mutates: true, dataPlane: false };
        const request = { method: '', url: '', headers: {}, body: Buffer.from(JSON.stringify(input)) };
        const full = meter.take(documentedLimits(arrived, request), performance.now());
        if (full !== undefined) refused.push(full);
        await pause(20 + draw.next('back') * 180);
        pacer.answered(one, false);
        done += 1;
      };
      const calls = Array.from(
        { length: 400 },
        () => mix[Math.floor(draw.next('what') * mix.length)] ?? ['iam', 'CreateRole', {}],
      );
      const all = Promise.all(calls.map((one) => send(one as (typeof mix)[number])));
      await jest.advanceTimersByTimeAsync(200_000);
      await all;
      expect(refused).toEqual([]);
      expect(done).toBe(400);
    },
  );
});

function repeat<T>(times: number, value: T): T[] {
  return Array.from({ length: times }, () => value);
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}
