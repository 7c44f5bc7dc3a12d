import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { runCli } from '../harness/cli.ts';
import { boundSeconds, bucketsOf, type CountedCall } from '../harness/quota-bound.ts';
import type { QuotaProxy } from '../harness/quota-proxy/options.ts';
import { startQuotaProxy } from '../harness/quota-proxy/quota-proxy.ts';
import { type TemporaryProject, temporaryProject } from '../harness/temporary-project.ts';
import { wideProject } from './wide-project.ts';

// How long a deploy takes hangs on its calls, and those can be counted on the busiest machine.

const routes = 14;
const name = `calls${process.pid}`;

/** Of a run with this many functions and routes: the calls that count against each bucket. */
type Counts = (functions: number) => Readonly<Record<string, number>>;

/** MiniStack has no PutRestApi: its refusal and the three calls for each route are what AWS would not see. */
const firstDeploy: Counts = (n) => ({
  // CreateFunction, CreateAlias, AddPermission, and one listing.
  lambda: 3 * n + 1,
  // CreateRole, PutRolePolicy; which roles exist: once by the stage's path, once by their names.
  iam: 2 * n + 2,
  'logs-CreateLogGroup': n,
  'logs-PutRetentionPolicy': n,
  'logs-DescribeLogGroups': 2,
  'create-rest-api': 1,
  'put-rest-api': 1,
  'create-resource': n,
  'create-deployment': 1,
  // Three for each route, and for the API: listings of both types, the API itself, its resources, deployments, stage.
  'api-gateway': 3 * n + 10,
});

const nothingToChange: Counts = (n) => ({
  lambda: 2 * n,
  'lambda-get-policy': n,
  iam: 4 * n + 1,
  'logs-ListTagsForResource': n,
  'logs-DescribeLogGroups': 1,
});

const destruction: Counts = (n) => ({
  // DeleteFunction takes versions, aliases and permissions along; listings before and after.
  lambda: n + 2,
  iam: 2 * n + 2,
  'logs-DeleteLogGroup': n,
  'logs-DescribeLogGroups': 2,
  'delete-rest-api': 1,
  'api-gateway': 5,
});

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
  const counted = (calls: readonly CountedCall[], counts: Counts): Readonly<Record<string, number | undefined>> => {
    const found = new Map(bucketsOf(calls).map((bucket) => [bucket.name, bucket.calls]));
    return Object.fromEntries(Object.keys(counts(1)).map((bucket) => [bucket, found.get(bucket)]));
  };

  it('is deployed, left alone and destroyed with so many calls for each function and no more', async () => {
    expect(counted(await callsOf('deploy', '--yes'), firstDeploy)).toEqual(firstDeploy(routes));
    expect(counted(await callsOf('deploy', '--yes'), nothingToChange)).toEqual(nothingToChange(routes));
    expect(counted(await callsOf('destroy', '--confirm', `${name}/dev`), destruction)).toEqual(destruction(routes));
  }, 120_000);

  it.each([
    [20, 15, 5],
    [60, 30, 12],
  ])(
    'with %i functions, the quotas allow a deploy within %i s and a destroy within %i s',
    (functions, deployed, gone) => {
      const roleSeconds = 8;
      expect(boundSeconds(callsFor(firstDeploy(functions)), roleSeconds)).toBeLessThan(0.8 * deployed);
      expect(boundSeconds(callsFor(destruction(functions)), 0)).toBeLessThan(0.8 * gone);
    },
  );
});

/** Calls that take from those buckets as often. */
function callsFor(counts: Readonly<Record<string, number>>): readonly CountedCall[] {
  const operations: Readonly<Record<string, CountedCall>> = {
    lambda: { service: 'lambda', operation: 'CreateAlias' },
    iam: { service: 'iam', operation: 'CreateRole' },
    'create-resource': { service: 'api-gateway', operation: 'CreateResource' },
    'logs-CreateLogGroup': { service: 'logs', operation: 'CreateLogGroup' },
    'logs-DeleteLogGroup': { service: 'logs', operation: 'DeleteLogGroup' },
  };
  return Object.entries(counts).flatMap(([bucket, count]) => {
    const call = operations[bucket];
    return call ? Array.from({ length: count }, () => call) : [];
  });
}
