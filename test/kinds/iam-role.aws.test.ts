import {
  AttachRolePolicyCommand,
  CreatePolicyCommand,
  CreateRoleCommand,
  PutRolePolicyCommand,
} from '@aws-sdk/client-iam';
import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Aws } from '../../src/aws/aws.ts';
import { connect } from '../../src/aws/connect.ts';
import type { Props } from '../../src/engine/kind.ts';
import { iamRole } from '../../src/kinds/iam-role.ts';
import { tagsOf } from '../../src/kinds/ownership.ts';

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

describe('roles on moto', () => {
  let aws: Aws;
  const calls: string[] = [];
  beforeAll(async () => {
    const endpoint = process.env['MOTO_ENDPOINT'];
    aws = await connect({ region: 'eu-west-1', env: {}, endpoint, onCall: (event) => calls.push(event.operation) });
  });
  const kind = () => iamRole({ aws, owner, artifact: async () => new Uint8Array() });

  it('that are read together and do not exist take one listing for all of them', async () => {
    const role = kind();
    await role.reconcile(targetOf('there'), propsOf('there'), undefined);
    calls.length = 0;
    const names = ['a', 'b', 'c', 'd', 'e', 'there'];
    const found = await Promise.all(names.map((name) => role.read(targetOf(name), propsOf(name))));
    expect(found.map((live) => live?.physicalId)).toEqual([...Array(5).fill(undefined), nameOf('there')]);
    expect(calls.filter((call) => call === 'ListRoles')).toHaveLength(1);
    expect(calls.filter((call) => call === 'GetRole')).toHaveLength(1);
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
    const PolicyDocument = JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: 's3:ListAllMyBuckets', Resource: '*' }],
    });
    await aws.iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: 'extra', PolicyDocument }));
    const { Policy } = await aws.iam.send(new CreatePolicyCommand({ PolicyName: nameOf('shared'), PolicyDocument }));
    await aws.iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn: Policy?.Arn }));
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
