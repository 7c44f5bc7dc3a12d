// A function's nodes: its log group, its role of least privilege, the function, and the alias of the API version.

import { createHash } from 'node:crypto';
import type { BuiltFunction } from '../../../build/build-functions.ts';
import { SECRETS_VARIABLE, secretsVariable } from '../../../build/secrets-prelude.ts';
import { canonical } from '../../../engine/compare.ts';
import type { DesiredNode, NodeId, Props } from '../../../engine/kind.ts';
import { ref } from '../../../engine/references.ts';
import { type LambdaFunctionProps, publicationPrefix } from '../../../kinds/lambda-function.ts';
import type { FunctionDeclaration } from '../../../project/project.ts';
import { functionEnvironment, modelsOf } from './function-environment.ts';
import { functionStatements } from './function-statements.ts';
import { type GraphInput, nodeTags, placeOf } from './graph-input.ts';
import { withConnections } from './managed-connections.ts';
import { functionName, logGroupName } from './names.ts';
import { queueNodes, topicNodes } from './neighbours.ts';
import { roleArn, roleNodeId, roleOf } from './roles.ts';
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
  const { name } = declaration;
  const physical = functionName(placeOf(input), name);
  const ids = { logs: `log-group:${name}`, function: functionNodeId(name) };
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
    ...(declaration.role === undefined ? [roleNode(input, declaration, built, physical)] : []),
    {
      id: ids.function,
      kind: 'lambda-function',
      name: physical,
      props: props as unknown as Props,
      dependsOn: [
        ids.logs,
        ...(declaration.role === undefined ? [roleNodeId(name)] : []),
        ...modelsOf(declaration, built.models).map(tableNodeId),
        ...Object.keys(declaration.topicAccess ?? {}).flatMap((topic) => topicNodes(input, topic)),
        ...Object.keys(declaration.queueAccess ?? {}).flatMap((queue) => queueNodes(input, queue)),
      ],
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

const roleNode = (
  input: GraphInput,
  declaration: FunctionDeclaration,
  built: BuiltFunction,
  physical: string,
): DesiredNode =>
  roleOf(input, declaration.name, {
    trustedService: 'lambda.amazonaws.com',
    statements: functionStatements(input, declaration, built, physical),
    permissionsBoundary: declaration.permissionsBoundary ?? '',
  });

/** MB; https://docs.aws.amazon.com/lambda/latest/dg/configuration-ephemeral-storage.html */
const smallestStorage = 512;

function functionProps(
  input: GraphInput,
  declaration: FunctionDeclaration,
  built: BuiltFunction,
  physical: string,
): LambdaFunctionProps {
  const settings = {
    functionName: physical,
    role: declaration.role ?? roleArn(input, declaration.name),
    runtime: declaration.runtime,
    handler: built.handler,
    architecture: declaration.architecture,
    memory: declaration.memory,
    timeout: declaration.timeout,
    environment: {
      ...functionEnvironment(input, declaration, built.models),
      ...(declaration.secrets && { [SECRETS_VARIABLE]: secretsVariable(declaration.secrets) }),
    },
    logGroup: logGroupName(physical),
    ephemeralStorage: declaration.ephemeralStorage ?? smallestStorage,
    vpc: declaration.vpc
      ? { subnets: [...declaration.vpc.subnets].sort(), securityGroups: [...declaration.vpc.securityGroups].sort() }
      : null,
    tracing: declaration.tracing ? ('Active' as const) : ('PassThrough' as const),
    codeSha256: built.codeSha256,
  };
  const { description = '' } = declaration;
  // A function without one keeps the hash that it had before there were descriptions.
  const all = description === '' ? settings : { ...settings, description };
  const hash = createHash('sha256').update(canonical(all)).digest('hex').slice(0, 32);
  return {
    ...settings,
    description,
    publication: `${publicationPrefix}${hash}`,
    reservedConcurrency: declaration.reservedConcurrency ?? null,
    tags: nodeTags(input, functionNodeId(declaration.name)),
  };
}
