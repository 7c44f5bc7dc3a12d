import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { runCli } from '../harness/cli.ts';
import { boundSeconds, bucketsOf, type CountedCall } from '../harness/quota-bound.ts';
import type { QuotaProxy } from '../harness/quota-proxy/options.ts';
import { startQuotaProxy } from '../harness/quota-proxy/quota-proxy.ts';
import { type TemporaryProject, temporaryProject } from '../harness/temporary-project.ts';
import { wideProject } from './wide-project.ts';

// How long a deploy takes hangs on its calls, and those can be counted on the busiest machine.

const routes = 30;
const name = `calls${process.pid}`;

/** Listings, and the API itself: their number does not rise with the functions'. Fewer than {@link routes}. */
const atMostOnce = 25;

/** Calls that each function adds to a bucket. */
type PerFunction = Readonly<Record<string, number>>;

const firstDeploy: PerFunction = {
  // CreateFunction, CreateAlias, AddPermission.
  lambda: 3,
  // CreateRole, PutRolePolicy.
  iam: 2,
  'logs-CreateLogGroup': 1,
  'logs-PutRetentionPolicy': 1,
  'logs-DescribeLogGroups': 0,
  'create-rest-api': 0,
  'create-deployment': 0,
  // MiniStack has no PutRestApi, which on AWS takes the place of these.
  'put-rest-api': 0,
  'create-resource': 1,
  'api-gateway': 3,
};

const nothingToChange: PerFunction = {
  lambda: 2,
  'lambda-get-policy': 1,
  // GetRolePolicy; one listing tells the rest of all roles.
  iam: 1,
  'logs-ListTagsForResource': 1,
  'logs-DescribeLogGroups': 0,
  'api-gateway': 0,
};

const destruction: PerFunction = {
  // DeleteFunction takes versions, aliases and permissions along.
  lambda: 1,
  iam: 2,
  'logs-DeleteLogGroup': 1,
  'logs-ListTagsForResource': 0,
  'logs-DescribeLogGroups': 0,
  'delete-rest-api': 0,
  'api-gateway': 0,
};

describe('a REST project with a function for each of its routes', () => {
  let proxy: QuotaProxy;
  let project: TemporaryProject;
  beforeAll(async () => {
    proxy = await startQuotaProxy({ target: process.env['MINISTACK_ENDPOINT'] ?? '', quotas: false });
    project = await temporaryProject(wideProject(name, routes));
  });
  afterAll(async () => {
    await project.remove();
    await proxy.close();
  });

  const callsOf = async (...args: readonly string[]): Promise<readonly CountedCall[]> => {
    proxy.restart();
    const env = { AWS_ENDPOINT_URL: proxy.endpoint, AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' };
    const { code, stderr } = await runCli(args, { cwd: project.root, env });
    expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' });
    return proxy.calls();
  };
  const perFunction = (calls: readonly CountedCall[]): PerFunction => {
    // GetFunction, which waits for functions to become active, has 100 a second to itself.
    const counted = bucketsOf(calls).filter((bucket) => bucket.name !== 'lambda-get-function');
    const found = new Map(counted.map((bucket) => [bucket.name, bucket.calls]));
    const rest = [...found].map(([bucket, count]) => [bucket, Math.max(0, Math.ceil((count - atMostOnce) / routes))]);
    return Object.fromEntries(rest);
  };
  const expectEach = (calls: readonly CountedCall[], each: PerFunction): void => {
    const found = perFunction(calls);
    const named = Object.fromEntries(Object.keys({ ...each, ...found }).map((bucket) => [bucket, found[bucket] ?? 0]));
    expect(named).toEqual({ ...zeros(Object.keys(found)), ...each });
  };

  it('is deployed, left alone and destroyed with so many calls for each function and no more', async () => {
    expectEach(await callsOf('deploy', '--yes'), firstDeploy);
    expectEach(await callsOf('deploy', '--yes'), nothingToChange);
    expectEach(await callsOf('destroy', '--confirm', `${name}/dev`), destruction);
  }, 180_000);

  it.each([
    [20, 15, 5],
    [60, 30, 12],
  ])(
    'with %i functions, the quotas allow a deploy within %i s and a destroy within %i s',
    (functions, deployed, gone) => {
      expect(boundSeconds(callsFor(firstDeploy, functions), 8)).toBeLessThan(0.8 * deployed);
      expect(boundSeconds(callsFor(destruction, functions), 0)).toBeLessThan(0.8 * gone);
    },
  );
});

const zeros = (buckets: readonly string[]): PerFunction => Object.fromEntries(buckets.map((bucket) => [bucket, 0]));

/** Calls that take as often from the buckets that functions share. */
function callsFor(each: PerFunction, functions: number): readonly CountedCall[] {
  const operations: Readonly<Record<string, CountedCall>> = {
    lambda: { service: 'lambda', operation: 'CreateAlias' },
    iam: { service: 'iam', operation: 'CreateRole' },
    'create-resource': { service: 'api-gateway', operation: 'CreateResource' },
    'logs-CreateLogGroup': { service: 'logs', operation: 'CreateLogGroup' },
    'logs-DeleteLogGroup': { service: 'logs', operation: 'DeleteLogGroup' },
  };
  return Object.entries(each).flatMap(([bucket, calls]) => {
    const call = operations[bucket];
    return call ? Array.from({ length: calls * functions }, () => call) : [];
  });
}
