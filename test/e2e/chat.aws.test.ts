import { GetRolePolicyCommand } from '@aws-sdk/client-iam';
import { GetPolicyCommand } from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { runCli } from '../harness/cli.ts';
import { type TemporaryProject, temporaryProject } from '../harness/temporary-project.ts';
import { connectTo } from '../kinds/conformance/emulator.ts';
import { conversesWithAnn, refusesStrangers } from './chat-conversation.ts';
import { chatProject } from './chat-project.ts';

describe('a chat on MiniStack', () => {
  let project: TemporaryProject;
  let url = '';
  const env = {
    AWS_ENDPOINT_URL: process.env['MINISTACK_ENDPOINT'],
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
  };
  const apigen = async (...args: readonly string[]) => {
    const result = await runCli([...args, '--json'], { cwd: project.root, env });
    return { code: result.code, json: JSON.parse(result.stdout || 'null'), stderr: result.stderr };
  };
  beforeAll(async () => {
    project = await temporaryProject(chatProject('chat-e2e'));
  });
  afterAll(() => project.remove());

  it('is deployed, with the one address that clients connect to', async () => {
    const planned = await apigen('plan');
    expect([planned.code, planned.json.publicRoutes]).toEqual([0, []]);
    const { code, json, stderr } = await apigen('deploy', '--yes');
    expect([code, stderr]).toEqual([0, '']);
    expect(json.routes).toEqual([
      { api: 'chat', method: 'CONNECT', url: expect.stringMatching(/^ws:.*\/dev$/), public: false },
    ]);
    url = json.routes[0].url;
  });

  it('lets in who the authorizer lets in', () => refusesStrangers(url));

  it('answers on the socket, and sends through the connections of the API with what the authorizer said', () =>
    conversesWithAnn(url));

  it('gives the sender alone the right to manage connections, on that stage alone', async () => {
    const aws = await connectTo('ministack');
    const policyOf = async (name: string): Promise<string> => {
      const RoleName = `chat-e2e-dev-${name}-eu-west-1`;
      const found = await aws.iam.send(new GetRolePolicyCommand({ RoleName, PolicyName: 'apigen' }));
      return decodeURIComponent(found.PolicyDocument ?? '');
    };
    expect(await policyOf('chat-echo')).not.toContain('execute-api');
    const { Statement } = JSON.parse(await policyOf('chat-send'));
    const rights = Statement.filter(({ Action }: { Action: string[] }) =>
      Action.some((one) => /^execute-api/.test(one)),
    );
    expect(rights).toEqual([
      {
        Effect: 'Allow',
        Action: ['execute-api:ManageConnections'],
        Resource: [
          expect.stringMatching(/^arn:aws:execute-api:eu-west-1:000000000000:[^/]+\/dev\/\*\/@connections\/\*$/),
        ],
      },
    ]);
  });

  it('lets the API call its authorizer through the alias of its version, by one statement', async () => {
    const aws = await connectTo('ministack');
    const at = { FunctionName: 'chat-e2e-dev-door', Qualifier: 'v1' };
    const { Policy } = await aws.lambda.send(new GetPolicyCommand(at));
    expect(JSON.parse(Policy ?? '{}').Statement).toHaveLength(1);
  });

  it('has nothing to do when nothing has changed', async () => {
    const { json } = await apigen('plan');
    expect(json.changes).toEqual([]);
    expect((await apigen('deploy', '--yes')).json.changed).toBe(false);
    expect((await apigen('drift')).code).toBe(0);
  });

  it('is destroyed and leaves nothing', async () => {
    expect((await apigen('destroy', '--confirm', 'chat-e2e/dev')).code).toBe(0);
    expect((await apigen('destroy', '--confirm', 'chat-e2e/dev')).json.deleted).toEqual([]);
  });
});
