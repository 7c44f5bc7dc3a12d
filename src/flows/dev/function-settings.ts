// A function's settings of Lambda under dev, from the same declaration and the same environment that deploy uses.

import { dirname } from 'node:path';
import type { FunctionCode } from '../../gateway/functions/function-code.ts';
import { lambdaEnvironment } from '../../gateway/functions/lambda-environment.ts';
import type { TableSpec } from '../../models/table-spec.ts';
import type { FunctionDeclaration, Project } from '../../project/project.ts';
import { connectionsVariable, functionEnvironment } from '../converge/graph/function-environment.ts';
import { functionName as physicalName } from '../converge/graph/names.ts';
import type { FunctionBuild } from './function-build.ts';
import { LOCAL_ACCOUNT, LOCAL_CREDENTIAL, LOCAL_PLACE } from './local-account.ts';
import type { ConnectionAddresses } from './served-apis.ts';
import type { DevMessaging } from './triggers/dev-messaging.ts';

/** All but the code. */
export type FunctionSettings = Omit<FunctionCode, 'name' | 'file' | 'vendor'>;

export interface Surroundings {
  /** Asked for by `access: { chat: manage }` alone. */
  readonly connections: ConnectionAddresses;
  /** Values by variable. */
  readonly secrets: Readonly<Record<string, string>>;
  readonly specs: readonly TableSpec[];
  /** Of DynamoDB. */
  readonly endpoint: string | undefined;
  /** Queues and topics. */
  readonly messaging: Pick<DevMessaging, 'endpoint' | 'queueUrl'>;
  /** PATH of this machine. */
  readonly path: string | undefined;
}

/** What Lambda calls a function of this machine. */
export function localFunction({ name, stage, region }: Project, logical: string) {
  const functionName = physicalName({ project: name, stage: stage.name, region }, logical);
  return { functionName, arn: `arn:aws:lambda:${region}:${LOCAL_ACCOUNT}:function:${functionName}` };
}

/** @param build one that has code */
export function functionSettings(
  project: Project,
  { declaration, code }: FunctionBuild,
  { connections, secrets, specs, endpoint, path, messaging }: Surroundings,
): FunctionSettings {
  const { name, runtime, memory, timeout } = declaration;
  const { region } = project;
  const { functionName, arn } = localFunction(project, name);
  return {
    functionName,
    arn,
    runtime,
    memoryMb: memory,
    timeoutMs: timeout * 1000,
    environment: lambdaEnvironment({
      functionName,
      region,
      runtime,
      memoryMb: memory,
      taskRoot: code === undefined ? '/var/task' : dirname(code.file),
      credential: LOCAL_CREDENTIAL,
      dynamodbEndpoint: endpoint,
      path,
      own: {
        ...messagingVariables(messaging.endpoint()),
        ...connectionVariables(declaration, connections),
        ...functionEnvironment(
          { ...LOCAL_PLACE, project, tables: specs, queueUrl: (queue) => messaging.queueUrl(queue) },
          declaration,
          code?.models ?? [],
        ),
        ...secrets,
      },
    }),
  };
}

/** The SDK reads them. https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html */
function messagingVariables(endpoint: string | undefined): Readonly<Record<string, string>> {
  return endpoint === undefined ? {} : { AWS_ENDPOINT_URL_SQS: endpoint, AWS_ENDPOINT_URL_SNS: endpoint };
}

function connectionVariables(
  { managedApis = [] }: FunctionDeclaration,
  connections: ConnectionAddresses,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    managedApis.flatMap((api) => {
      const address = connections.get(api);
      return address === undefined ? [] : [[connectionsVariable(api), address] as const];
    }),
  );
}
