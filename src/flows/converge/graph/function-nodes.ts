// A function's nodes: its log group, its role of least privilege, the function, and the alias of the API version.

import { createHash } from 'node:crypto';
import type { BuiltFunction } from '../../../build/build-functions.ts';
import { canonical } from '../../../engine/compare.ts';
import type { DesiredNode, Json, NodeId, Props } from '../../../engine/kind.ts';
import { ref } from '../../../engine/references.ts';
import { mergeStatements, regionTag, rolePath, type Statement } from '../../../kinds/iam-role.ts';
import { type LambdaFunctionProps, publicationPrefix } from '../../../kinds/lambda-function.ts';
import type { FunctionDeclaration } from '../../../project/project.ts';
import { functionEnvironment, modelsOf } from './function-environment.ts';
import { type GraphInput, nodeTags, placeOf } from './graph-input.ts';
import { withConnections } from './managed-connections.ts';
import { functionName, logGroupName, roleName } from './names.ts';
import { tableNodeId } from './table-nodes.ts';

export const functionNodeId = (logical: string): NodeId => `function:${logical}`;
export const aliasNodeId = (logical: string, version: string): NodeId => `alias:${logical}@${version}`;

export function functionNodes(input: GraphInput): readonly DesiredNode[] {
  return input.functions.flatMap((built) => {
    const declaration = input.project.functions[built.name];
    return declaration ? withConnections(input, declaration, nodesOf(input, declaration, built)) : [];
  });
}

function nodesOf(input: GraphInput, declaration: FunctionDeclaration, built: BuiltFunction): readonly DesiredNode[] {
  const place = placeOf(input);
  const { name } = declaration;
  const physical = functionName(place, name);
  const ids = { logs: `log-group:${name}`, role: `role:${name}`, function: functionNodeId(name) };
  const props = functionProps(input, declaration, built, physical);
  return [
    {
      id: ids.logs,
      kind: 'log-group',
      name: logGroupName(physical),
      props: {
        logGroupName: logGroupName(physical),
        retentionDays: declaration.logRetention,
        tags: nodeTags(input, ids.logs),
      },
      dependsOn: [],
    },
    {
      id: ids.role,
      kind: 'iam-role',
      name: roleName(place, name),
      props: {
        roleName: roleName(place, name),
        path: rolePath(place),
        trustedService: 'lambda.amazonaws.com',
        statements: statements(input, declaration, built, physical) as unknown as Json,
        tags: { ...nodeTags(input, ids.role), [regionTag]: place.region },
      },
      dependsOn: [],
    },
    {
      id: ids.function,
      kind: 'lambda-function',
      name: physical,
      props: props as unknown as Props,
      dependsOn: [ids.logs, ids.role, ...modelsOf(declaration, built.models).map(tableNodeId)],
    },
    {
      id: aliasNodeId(name, input.version),
      kind: 'lambda-alias',
      name: `${physical}:${input.version}`,
      props: {
        functionName: physical,
        aliasName: input.version,
        publication: props.publication,
        version: ref(ids.function, 'version'),
        weights: {},
      },
      dependsOn: [ids.function],
      inside: ids.function,
    },
  ];
}

function functionProps(
  input: GraphInput,
  declaration: FunctionDeclaration,
  built: BuiltFunction,
  physical: string,
): LambdaFunctionProps {
  const place = placeOf(input);
  const settings = {
    functionName: physical,
    role: `arn:${input.partition}:iam::${input.account}:role${rolePath(place)}${roleName(place, declaration.name)}`,
    runtime: declaration.runtime,
    handler: built.handler,
    architecture: declaration.architecture,
    memory: declaration.memory,
    timeout: declaration.timeout,
    environment: functionEnvironment(input, declaration, built.models),
    logGroup: logGroupName(physical),
    codeSha256: built.codeSha256,
  };
  const hash = createHash('sha256').update(canonical(settings)).digest('hex').slice(0, 32);
  return {
    ...settings,
    publication: `${publicationPrefix}${hash}`,
    tags: nodeTags(input, functionNodeId(declaration.name)),
  };
}

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazondynamodb.html */
const actions = {
  read: ['GetItem', 'BatchGetItem', 'Query', 'ConditionCheckItem'],
  write: ['PutItem', 'UpdateItem', 'DeleteItem', 'BatchWriteItem', 'ConditionCheckItem'],
  scan: ['Scan'],
} as const;

function statements(
  input: GraphInput,
  declaration: FunctionDeclaration,
  built: BuiltFunction,
  physical: string,
): readonly Statement[] {
  const { region } = placeOf(input);
  const arn = (service: string, resource: string): string =>
    `arn:${input.partition}:${service}:${region}:${input.account}:${resource}`;
  const logs: Statement = {
    actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
    resources: [arn('logs', `log-group:${logGroupName(physical)}:*`)],
  };
  const tables = modelsOf(declaration, built.models).flatMap((model): Statement[] => {
    const spec = input.tables.find((table) => table.model === model);
    if (!spec) return [];
    const rights = new Set([
      ...(built.models.includes(model) ? ['read' as const] : []),
      ...(declaration.access[model] ?? []),
    ]);
    const table = arn('dynamodb', `table/${spec.tableName}`);
    const indexed = spec.globalSecondaryIndexes.length + spec.localSecondaryIndexes.length > 0;
    return [
      {
        actions: [...rights].flatMap((right) => actions[right].map((action) => `dynamodb:${action}`)),
        resources: indexed ? [table, `${table}/index/*`] : [table],
      },
    ];
  });
  return mergeStatements([logs, ...tables]);
}
