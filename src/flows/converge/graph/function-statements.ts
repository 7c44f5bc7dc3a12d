// What a function's role may do: its own logs, its tables, the topics and queues it is given, its secrets, what its
// triggers and its network need, and what apigen.yml adds. Nothing else.

import type { BuiltFunction } from '../../../build/build-functions.ts';
import { conditionsOf } from '../../../kinds/iam-policy.ts';
import { mergeStatements, type Statement } from '../../../kinds/iam-role.ts';
import type { FunctionDeclaration, SecretReference } from '../../../project/project.ts';
import { modelsOf } from './function-environment.ts';
import { type GraphInput, placeOf } from './graph-input.ts';
import { logGroupName } from './names.ts';
import { neighbourStatements } from './neighbour-statements.ts';
import { triggerStatements } from './trigger-statements.ts';

/** @param physical the function's name in AWS */
export function functionStatements(
  input: GraphInput,
  declaration: FunctionDeclaration,
  built: BuiltFunction,
  physical: string,
): readonly Statement[] {
  const arn = arnIn(input);
  const logs: Statement = {
    actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
    resources: [arn('logs', `log-group:${logGroupName(physical)}:*`)],
  };
  return mergeStatements([
    logs,
    ...tableStatements(input, declaration, built),
    ...neighbourStatements(input, declaration),
    ...triggerStatements(input, declaration),
    ...Object.values(declaration.secrets ?? {}).flatMap((secret) => secretStatements(input, secret)),
    ...(declaration.tracing ? [tracing] : []),
    ...(declaration.vpc ? networkStatements(arn('lambda', `function:${physical}`)) : []),
    ...(declaration.statements ?? []).map(
      ({ effect, actions, resources, conditions }): Statement => ({
        ...(effect === 'Deny' && { effect }),
        actions,
        resources,
        ...(conditions && { conditions: conditionsOf(conditions) }),
      }),
    ),
  ]);
}

const arnIn =
  (input: GraphInput) =>
  (service: string, resource: string): string =>
    `arn:${input.partition}:${service}:${placeOf(input).region}:${input.account}:${resource}`;

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazondynamodb.html */
const tableActions = {
  read: ['GetItem', 'BatchGetItem', 'Query', 'ConditionCheckItem'],
  write: ['PutItem', 'UpdateItem', 'DeleteItem', 'BatchWriteItem', 'ConditionCheckItem'],
  scan: ['Scan'],
} as const;

function tableStatements(
  input: GraphInput,
  declaration: FunctionDeclaration,
  built: BuiltFunction,
): readonly Statement[] {
  return modelsOf(declaration, built.models).flatMap((model): Statement[] => {
    const spec = input.tables.find((table) => table.model === model);
    if (!spec) return [];
    const rights = new Set([
      ...(built.models.includes(model) ? ['read' as const] : []),
      ...(declaration.access[model] ?? []),
    ]);
    const table = arnIn(input)('dynamodb', `table/${spec.tableName}`);
    const indexed = spec.globalSecondaryIndexes.length + spec.localSecondaryIndexes.length > 0;
    return [
      {
        actions: [...rights].flatMap((right) => tableActions[right].map((action) => `dynamodb:${action}`)),
        resources: indexed ? [table, `${table}/index/*`] : [table],
      },
    ];
  });
}

/**
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-paramstore-access.html: a leading slash is no
 * part of the ARN. https://docs.aws.amazon.com/secretsmanager/latest/userguide/auth-and-access_examples.html: a name
 * is followed by six characters of Secrets Manager's choosing.
 */
function secretStatements(input: GraphInput, { store, name, kmsKey }: SecretReference): readonly Statement[] {
  const arn = arnIn(input);
  const resource = name.startsWith('arn:')
    ? name
    : store === 'ssm'
      ? arn('ssm', `parameter/${name.replace(/^\//, '')}`)
      : arn('secretsmanager', `secret:${name}-??????`);
  const action = store === 'ssm' ? 'ssm:GetParameter' : 'secretsmanager:GetSecretValue';
  const { region } = placeOf(input);
  return [
    { actions: [action], resources: [resource] },
    ...(kmsKey === undefined
      ? []
      : [
          {
            actions: ['kms:Decrypt'],
            resources: [kmsKey],
            conditions: { StringEquals: { 'kms:ViaService': [`${store}.${region}.amazonaws.com`] } },
          },
        ]),
  ];
}

/** https://docs.aws.amazon.com/lambda/latest/dg/services-xray.html */
const tracing: Statement = { actions: ['xray:PutTelemetryRecords', 'xray:PutTraceSegments'], resources: ['*'] };

/**
 * Lambda makes the network interfaces with the function's role; the function's own code is denied the same calls.
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html#configuration-vpc-permissions
 */
function networkStatements(functionArn: string): readonly Statement[] {
  const actions = [
    'ec2:AssignPrivateIpAddresses',
    'ec2:CreateNetworkInterface',
    'ec2:DeleteNetworkInterface',
    'ec2:DescribeNetworkInterfaces',
    'ec2:DescribeSubnets',
    'ec2:UnassignPrivateIpAddresses',
  ];
  return [
    { actions, resources: ['*'] },
    {
      effect: 'Deny',
      actions: [...actions, 'ec2:DetachNetworkInterface'],
      resources: ['*'],
      conditions: { ArnEquals: { 'lambda:SourceFunctionArn': [functionArn] } },
    },
  ];
}
