import { CreateRoleCommand } from '@aws-sdk/client-iam';
import { CreateFunctionCommand } from '@aws-sdk/client-lambda';
import { beforeAll, expect, it } from '@jest/globals';
import type { Aws } from '../../src/aws/aws.ts';
import { connect } from '../../src/aws/connect.ts';
import { untilRoleReady } from '../../src/aws/until-role-ready.ts';
import { requireDeclaredRole } from '../../src/kinds/declared-role.ts';

const owner = { project: `declared${process.pid}`, stage: 'dev' };
let aws: Aws;
beforeAll(async () => {
  aws = await connect({ region: 'eu-west-1', env: {}, endpoint: process.env['MOTO_ENDPOINT'] });
});

const arnOf = (name: string): string => `arn:aws:iam::${aws.account}:role/${name}`;
const judge = (arn: string): Promise<void> => requireDeclaredRole(aws, owner, 'shop-dev-list', arn);

async function made(name: string, service: string): Promise<string> {
  const statement = { Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' };
  const AssumeRolePolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
  const { Role } = await aws.iam.send(new CreateRoleCommand({ RoleName: name, AssumeRolePolicyDocument }));
  return Role?.Arn ?? '';
}

it('a role of apigen.yml that does not exist ends the wait at once, and says so', async () => {
  const role = arnOf(`nobody-${owner.project}`);
  const creation = new CreateFunctionCommand({
    FunctionName: `${owner.project}-list`,
    Role: role,
    Runtime: 'nodejs22.x',
    Handler: 'index.handler',
    Code: { ZipFile: new Uint8Array([80, 75, 5, 6, ...Array(18).fill(0)]) },
  });
  const begun = performance.now();
  const waiting = untilRoleReady(() => aws.lambda.send(creation), {
    functionName: 'shop-dev-list',
    refused: () => judge(role),
  });
  await expect(waiting).rejects.toMatchObject({ code: 'ROLE_NOT_FOUND', detail: `${role} does not exist.` });
  expect(performance.now() - begun).toBeLessThan(10_000);
});

it('a role that does not trust Lambda is told apart from one that does', async () => {
  const other = await made(`other-${owner.project}`, 'ec2.amazonaws.com');
  await expect(judge(other)).rejects.toMatchObject({ code: 'ROLE_NOT_TRUSTING' });
  await expect(judge(await made(`fit-${owner.project}`, 'lambda.amazonaws.com'))).resolves.toBeUndefined();
});

it('a role that apigen makes may be too fresh, and one of another account cannot be looked at', async () => {
  await expect(judge(arnOf(`apigen/${owner.project}/dev/fresh`))).resolves.toBeUndefined();
  await expect(judge('arn:aws:iam::999999999999:role/theirs')).resolves.toBeUndefined();
});
