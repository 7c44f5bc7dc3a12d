// What projects refer to and do not make: roles, subnets, secrets, a user pool with its tokens, an identity pool. Made
// in an emulator as an account's owner would have made it.

import { CreateRoleCommand, GetRolePolicyCommand, IAMClient } from '@aws-sdk/client-iam';
import type { Aws } from '../../../src/aws/aws.ts';
import { awsJson } from '../../harness/aws-json.ts';

const assumable = (service: string): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' }],
  });

/** @returns the ARN of a role that Lambda may assume */
export async function lambdaRole(endpoint: string, RoleName: string): Promise<string> {
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const iam = new IAMClient({ endpoint, region: 'eu-west-1', credentials });
  const AssumeRolePolicyDocument = assumable('lambda.amazonaws.com');
  const { Role } = await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument }));
  iam.destroy();
  return Role?.Arn ?? '';
}

/** The first subnet and security group of the default VPC. */
export async function defaultNetwork(endpoint: string): Promise<{ subnet: string; securityGroup: string }> {
  const first = async (Action: string, tag: string): Promise<string> => {
    const authorization =
      'AWS4-HMAC-SHA256 Credential=test/20260101/eu-west-1/ec2/aws4_request, SignedHeaders=host, Signature=unchecked';
    const body = new URLSearchParams({ Action, Version: '2016-11-15' });
    const answer = await (await fetch(endpoint, { method: 'POST', headers: { authorization }, body })).text();
    const found = new RegExp(`<${tag}>([^<]+)`).exec(answer)?.[1];
    if (found === undefined) throw new Error(`${Action} of ${endpoint} names no ${tag}: ${answer.slice(0, 500)}`);
    return found;
  };
  return {
    subnet: await first('DescribeSubnets', 'subnetId'),
    securityGroup: await first('DescribeSecurityGroups', 'groupId'),
  };
}

/** A parameter and a secret: `ssm:/{name}/stripe`, `secret:{name}/db#password`. */
export async function secretsFor(endpoint: string, name: string): Promise<void> {
  const ssm = awsJson(endpoint, 'ssm', 'AmazonSSM');
  await ssm('PutParameter', { Name: `/${name}/stripe`, Type: 'SecureString', Value: 'sk_live_1' });
  await awsJson(
    endpoint,
    'secretsmanager',
    'secretsmanager',
  )('CreateSecret', {
    Name: `${name}/db`,
    SecretString: '{"password":"hunter2"}',
    ClientRequestToken: `${name}-${'0'.repeat(32)}`.slice(0, 36),
  });
}

export interface Statement {
  readonly Effect: string;
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
  readonly Condition?: unknown;
}

/** What a role that apigen made may do. */
export async function statementsOf(aws: Aws, RoleName: string): Promise<readonly Statement[]> {
  const { PolicyDocument = '' } = await aws.iam.send(new GetRolePolicyCommand({ RoleName, PolicyName: 'apigen' }));
  // IAM answers it URL-encoded; moto as it is.
  return JSON.parse(PolicyDocument.startsWith('%') ? decodeURIComponent(PolicyDocument) : PolicyDocument).Statement;
}

/** The same by action. */
export const grantedBy = async (aws: Aws, role: string): Promise<Readonly<Record<string, readonly string[]>>> =>
  Object.fromEntries(
    (await statementsOf(aws, role)).flatMap(({ Action, Resource }) => Action.map((action) => [action, Resource])),
  );

export interface UserPool {
  readonly id: string;
  readonly client: string;
  /** An access token of the client itself, with one scope. */
  token(scope: string): Promise<string>;
}

/** A Cognito user pool with the scopes `orders/read` and `orders/write`; MiniStack alone issues its tokens. */
export async function userPool(endpoint: string, name: string): Promise<UserPool> {
  const cognito = awsJson(endpoint, 'cognito-idp', 'AWSCognitoIdentityProviderService');
  const { UserPool: pool } = (await cognito('CreateUserPool', { PoolName: name })) as { UserPool: { Id: string } };
  const UserPoolId = pool.Id;
  const Scopes = ['read', 'write'].map((ScopeName) => ({ ScopeName, ScopeDescription: ScopeName }));
  await cognito('CreateResourceServer', { UserPoolId, Identifier: 'orders', Name: 'orders', Scopes });
  const { UserPoolClient: client } = (await cognito('CreateUserPoolClient', {
    UserPoolId,
    ClientName: name,
    GenerateSecret: true,
    AllowedOAuthFlows: ['client_credentials'],
    AllowedOAuthFlowsUserPoolClient: true,
    AllowedOAuthScopes: ['orders/read', 'orders/write'],
  })) as { UserPoolClient: { ClientId: string; ClientSecret: string } };
  await cognito('CreateUserPoolDomain', { UserPoolId, Domain: name });
  const token = async (scope: string): Promise<string> => {
    const { ClientId: client_id, ClientSecret: client_secret } = client;
    const body = new URLSearchParams({ grant_type: 'client_credentials', client_id, client_secret, scope });
    const answer = await fetch(`${endpoint}/oauth2/token`, { method: 'POST', body });
    const { access_token } = (await answer.json()) as { access_token: string };
    return access_token;
  };
  return { id: UserPoolId, client: client.ClientId, token };
}

/** Credentials of somebody unknown, from a Cognito identity pool. */
export async function visitor(endpoint: string, name: string): Promise<{ identity: string; accessKeyId: string }> {
  const cognito = awsJson(endpoint, 'cognito-identity', 'AWSCognitoIdentityService');
  const { IdentityPoolId } = await cognito('CreateIdentityPool', {
    IdentityPoolName: name,
    AllowUnauthenticatedIdentities: true,
  });
  const { IdentityId } = await cognito('GetId', { IdentityPoolId });
  const { Credentials } = await cognito('GetCredentialsForIdentity', { IdentityId });
  return { identity: String(IdentityId), accessKeyId: (Credentials as { AccessKeyId: string }).AccessKeyId };
}
