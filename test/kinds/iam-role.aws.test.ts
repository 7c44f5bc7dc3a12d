import {
  AttachRolePolicyCommand,
  CreatePolicyCommand,
  CreateRoleCommand,
  PutRolePolicyCommand,
} from '@aws-sdk/client-iam';
import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Aws } from '../../src/aws/aws.ts';
import { connect } from '../../src/aws/connect.ts';
import type { Kind, Props } from '../../src/engine/kind.ts';
import { ApigenError } from '../../src/errors.ts';
import { iamRole } from '../../src/kinds/iam-role.ts';
import { tagsOf } from '../../src/kinds/ownership.ts';

const artifact = async () => new Uint8Array();
const owner = { project: `roles${process.pid}`, stage: 'dev' };
const nameOf = (logical: string): string => `${owner.project}-dev-${logical}`;
const propsOf = (logical: string): Props => ({
  roleName: nameOf(logical),
  path: `/apigen/${owner.project}/dev/`,
  trustedService: 'lambda.amazonaws.com',
  statements: [{ actions: ['logs:PutLogEvents'], resources: ['*'] }],
  tags: { ...tagsOf(owner, `role:${logical}`, {}), 'apigen:region': 'eu-west-1' },
});
const targetOf = (logical: string) => ({ id: `role:${logical}`, name: nameOf(logical) });

describe.each(['moto', 'ministack'])('roles on %s', (emulator) => {
  let aws: Aws;
  const calls: string[] = [];
  beforeAll(async () => {
    const endpoint = process.env[`${emulator.toUpperCase()}_ENDPOINT`];
    aws = await connect({ region: 'eu-west-1', env: {}, endpoint, onCall: (event) => calls.push(event.operation) });
  });
  const kind = () => iamRole({ aws, owner, artifact });

  it('that are read together and do not exist take one listing for all of them', async () => {
    const role = kind();
    await role.reconcile(targetOf('there'), propsOf('there'), undefined);
    calls.length = 0;
    const names = ['a', 'b', 'c', 'd', 'e', 'there'];
    const found = await Promise.all(names.map((name) => role.read(targetOf(name), propsOf(name))));
    expect(found.map((live) => live?.physicalId)).toEqual([...Array(5).fill(undefined), nameOf('there')]);
    expect(calls.filter((call) => !call.startsWith('GetRolePolicy'))).toEqual(['GetAccountAuthorizationDetails']);
  });

  const somePolicy = JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: 's3:ListAllMyBuckets', Resource: '*' }],
  });
  const burden = async (RoleName: string): Promise<void> => {
    await aws.iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: 'extra', PolicyDocument: somePolicy }));
    const { Policy } = await aws.iam.send(
      new CreatePolicyCommand({ PolicyName: `${RoleName}-shared`, PolicyDocument: somePolicy }),
    );
    await aws.iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn: Policy?.Arn }));
  };

  it('say the same read together, singly, and by who may not read the details of the account', async () => {
    const role = kind();
    const PolicyDocument = somePolicy;
    const made = await aws.iam.send(new CreatePolicyCommand({ PolicyName: nameOf('bound'), PolicyDocument }));
    const permissionsBoundary = made.Policy?.Arn ?? '';
    const names = ['m1', 'm2', 'm3', 'm4', 'absent'];
    const desired = (name: string): Props =>
      name === 'm3' ? { ...propsOf(name), permissionsBoundary } : propsOf(name);
    const all = (reader: Kind) => Promise.all(names.map((name) => reader.read(targetOf(name), desired(name))));
    for (const name of names.slice(0, 4)) await role.reconcile(targetOf(name), propsOf(name), undefined);
    await burden(nameOf('m2'));
    await role.reconcile(targetOf('m3'), desired('m3'), await role.read(targetOf('m3'), propsOf('m3')));
    const singly: unknown[] = [];
    for (const name of names) singly.push(await role.read(targetOf(name), desired(name)));
    expect(singly).toMatchObject([
      { owned: true },
      { unknownChildren: [expect.stringContaining('extra'), expect.stringContaining('shared')] },
      {},
      {},
      undefined,
    ]);
    expect(await all(role)).toEqual(singly);

    const refused: string[] = [];
    const send = async (command: { readonly constructor: { readonly name: string } }) => {
      if (command.constructor.name !== 'GetAccountAuthorizationDetailsCommand') return aws.iam.send(command as never);
      refused.push(command.constructor.name);
      throw new ApigenError({ code: 'ACCESS_DENIED', summary: 'no' });
    };
    const denied = iamRole({ aws: { ...aws, iam: { send } as unknown as Aws['iam'] }, owner, artifact });
    expect(await all(denied)).toEqual(singly);
    expect(await all(denied)).toEqual(singly);
    expect(refused).toHaveLength(1);
    for (const name of names.slice(0, 4)) await role.remove(targetOf(name));
  });

  it('of that name under another path are found and not ours', async () => {
    await aws.iam.send(new CreateRoleCommand({ RoleName: nameOf('taken'), AssumeRolePolicyDocument: '{}' }));
    const role = kind();
    const names = ['f', 'g', 'h', 'taken'];
    const found = await Promise.all(names.map((name) => role.read(targetOf(name), propsOf(name))));
    expect(found.at(-1)?.owned).toBe(false);
  });

  it('are deleted in two calls', async () => {
    const role = kind();
    await role.reconcile(targetOf('plain'), propsOf('plain'), undefined);
    calls.length = 0;
    await role.remove(targetOf('plain'));
    expect(calls).toEqual(['DeleteRolePolicy', 'DeleteRole']);
    expect(await role.read(targetOf('plain'), propsOf('plain'))).toBeUndefined();
  });

  it('that somebody hung policies on are deleted with them', async () => {
    const role = kind();
    const RoleName = nameOf('burdened');
    await role.reconcile(targetOf('burdened'), propsOf('burdened'), undefined);
    await burden(RoleName);
    await role.remove(targetOf('burdened'));
    expect(await role.read(targetOf('burdened'), propsOf('burdened'))).toBeUndefined();
  });

  it('that the ledger knows are not asked for their tags when others are looked for', async () => {
    const role = kind();
    await role.reconcile(targetOf('known'), propsOf('known'), undefined);
    await role.reconcile(targetOf('stray'), propsOf('stray'), undefined);
    calls.length = 0;
    const known = new Set([nameOf('known'), nameOf('there')]);
    const found = await role.discover(known);
    expect(found.map(({ name }) => name)).toEqual([nameOf('stray')]);
    expect(calls.filter((call) => call === 'ListRoleTags')).toHaveLength(1);
  });
});
