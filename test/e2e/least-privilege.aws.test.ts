// Least privilege: what functions need is recorded while they run, and an IAM simulator evaluates the policies that
// were deployed: they allow exactly that, and nothing of a sibling's.

import { GetRolePolicyCommand } from '@aws-sdk/client-iam';
import { InvokeCommand } from '@aws-sdk/client-lambda';
import { runSimulation } from '@cloud-copilot/iam-simulate';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { runCli } from '../harness/cli.ts';
import { type Need, type RecordingProxy, recordingProxy } from '../harness/recording-proxy.ts';
import { type TemporaryProject, temporaryProject } from '../harness/temporary-project.ts';
import { connectTo } from '../kinds/conformance/emulator.ts';
import { frugal } from './least-privilege-project.ts';

const account = '000000000000';
const place = `eu-west-1:${account}`;

/** What is granted and was not called, each with its reason. */
const uncalled: Readonly<Record<string, string>> = {
  'dynamodb:BatchGetItem': 'read is one word for every way to get items by key',
  'dynamodb:BatchWriteItem': 'write is one word for every way to put and delete items',
  'dynamodb:ConditionCheckItem': 'conditions of transactions come with reading and with writing',
  'logs:CreateLogStream': 'Lambda writes the log with the role, not the code',
  'logs:PutLogEvents': 'Lambda writes the log with the role, not the code',
};

interface Statement {
  readonly Action: string | string[];
  readonly Resource: string | string[];
}

const policies = new Map<string, { readonly Statement: readonly Statement[] }>();
const recorded = new Map<string, readonly Need[]>();
// The writer first: what it leaves is read by the others.
const ways = ['writer', 'reader', 'scanner', 'sender', 'talker'];

async function verdict(of: string, { action, resource }: Need): Promise<string> {
  const answer = await runSimulation(
    {
      request: {
        principal: `arn:aws:iam::${account}:role/${of}`,
        action,
        resource: { resource, accountId: account },
        contextVariables: {},
      },
      identityPolicies: [{ name: 'apigen', policy: policies.get(of) }],
      serviceControlPolicies: [],
      resourceControlPolicies: [],
    },
    {},
  );
  return 'overallResult' in answer ? String(answer.overallResult) : `error: ${JSON.stringify(answer)}`;
}

const verdicts = async (of: string, needs: readonly Need[]): Promise<readonly string[]> =>
  Promise.all(needs.map(async (need) => `${need.action} ${need.resource}: ${await verdict(of, need)}`));

const all = (needs: readonly Need[], result: string): readonly string[] =>
  needs.map(({ action, resource }) => `${action} ${resource}: ${result}`);

/** The same call on what belongs to another project, and to another name of this one. */
const siblings = ({ action, resource }: Need): readonly Need[] => [
  {
    action,
    resource: resource.replace('frugal-dev-', 'frugal-dev-other-').replace(/(execute-api:[^/]*:)\w+/, '$1sibling99'),
  },
  { action, resource: resource.replace('frugal-dev-', 'frugal-prod-').replace(/(execute-api:.*)\/dev\//, '$1/prod/') },
];

describe('the roles of a deployed project', () => {
  let project: TemporaryProject;
  let proxy: RecordingProxy;
  const apigen = async (...args: readonly string[]) => {
    const env = {
      AWS_ENDPOINT_URL: process.env['MINISTACK_ENDPOINT'],
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
    };
    return runCli([...args, '--json'], { cwd: project.root, env });
  };

  beforeAll(async () => {
    proxy = await recordingProxy(process.env['MINISTACK_ENDPOINT'] ?? '', place);
    project = await temporaryProject(frugal(proxy.url));
    const { code, stderr } = await apigen('deploy', '--yes');
    if (code !== 0) throw new Error(stderr);
    const aws = await connectTo('ministack');
    for (const name of [...ways, 'keeper', 'api-partner']) {
      const RoleName = `frugal-dev-${name}-eu-west-1`;
      const { PolicyDocument = '' } = await aws.iam.send(new GetRolePolicyCommand({ RoleName, PolicyName: 'apigen' }));
      policies.set(name, JSON.parse(decodeURIComponent(PolicyDocument)));
    }
    for (const name of ways) {
      proxy.needs.length = 0;
      const call = new InvokeCommand({ FunctionName: `frugal-dev-${name}`, Qualifier: 'v1' });
      const { FunctionError, Payload } = await aws.lambda.send(call);
      if (FunctionError !== undefined) throw new Error(`${name}: ${Buffer.from(Payload ?? []).toString()}`);
      recorded.set(name, [...proxy.needs]);
    }
  }, 120_000);
  afterAll(async () => {
    await apigen('destroy', '--confirm', 'frugal/dev');
    await proxy.close();
    await project.remove();
  });

  it('are put to use by functions that call every service they are given', () => {
    const actions = [...recorded.values()].flat().map(({ action }) => action.split(':')[0]);
    expect([...new Set(actions)].sort()).toEqual(['dynamodb', 'execute-api', 'sns', 'sqs']);
    expect(recorded.get('reader')?.some(({ resource }) => /\/index\//.test(resource))).toBe(true);
  });

  for (const name of ways) {
    it(`allow the ${name} every call it made, and none of them on what is a sibling's`, async () => {
      const needs = recorded.get(name) ?? [];
      expect(needs.length).toBeGreaterThan(0);
      expect(await verdicts(name, needs)).toEqual(all(needs, 'Allowed'));
      const foreign = needs.flatMap(siblings);
      expect(await verdicts(name, foreign)).toEqual(all(foreign, 'ImplicitlyDenied'));
    });

    it(`grant the ${name} nothing that it did not call, but for what is listed with its reason`, () => {
      const granted = (policies.get(name)?.Statement ?? []).flatMap(({ Action }) => Action);
      const called = new Set(recorded.get(name)?.map(({ action }) => action));
      expect(granted.filter((action) => !called.has(action) && uncalled[action] === undefined)).toEqual([]);
      expect(granted.filter((action) => action.includes('*'))).toEqual([]);
    });
  }

  it('allow a function its secrets and parameters, and no others', async () => {
    const needs = [
      { action: 'ssm:GetParameter', resource: `arn:aws:ssm:${place}:parameter/frugal/stripe` },
      { action: 'secretsmanager:GetSecretValue', resource: `arn:aws:secretsmanager:${place}:secret:frugal/db-AbCdEf` },
    ];
    expect(await verdicts('keeper', needs)).toEqual(all(needs, 'Allowed'));
    const foreign = [
      { action: 'ssm:GetParameter', resource: `arn:aws:ssm:${place}:parameter/frugal/other` },
      { action: 'secretsmanager:GetSecretValue', resource: `arn:aws:secretsmanager:${place}:secret:frugal/dbx-AbCdEf` },
    ];
    expect(await verdicts('keeper', foreign)).toEqual(all(foreign, 'ImplicitlyDenied'));
  });

  it('allow an API the calls that its routes declare, and nothing of a sibling', async () => {
    const needs = [
      { action: 'dynamodb:GetItem', resource: `arn:aws:dynamodb:${place}:table/frugal-dev-Note` },
      { action: 'sns:Publish', resource: `arn:aws:sns:${place}:frugal-dev-signals` },
      { action: 'sqs:SendMessage', resource: `arn:aws:sqs:${place}:frugal-dev-jobs` },
    ];
    expect(await verdicts('api-partner', needs)).toEqual(all(needs, 'Allowed'));
    const foreign = needs.flatMap(siblings);
    expect(await verdicts('api-partner', foreign)).toEqual(all(foreign, 'ImplicitlyDenied'));
    const granted = (policies.get('api-partner')?.Statement ?? []).flatMap(({ Action }) => Action);
    expect(granted.sort()).toEqual(needs.map(({ action }) => action));
  });
});
