// The environment variables that a function gets beside its own settings: the same when it is deployed and when it
// runs under dev.

import { TABLE_PREFIX_VARIABLE, tablePrefix } from '../../../build/table-prefix.ts';
import type { TableSpec } from '../../../models/table-spec.ts';
import type { FunctionDeclaration, Project, QueueDeclaration } from '../../../project/project.ts';
import { type AccountPlace, queueArn, topicArn } from '../../../project/resource-names.ts';

/** The models a function imports or is given access to, sorted. */
export const modelsOf = (declaration: FunctionDeclaration, imported: readonly string[]): readonly string[] =>
  [...new Set([...imported, ...Object.keys(declaration.access)])].sort();

/**
 * `PRODUCT_TABLE` for each model, the prefix that the models' code needs, `SIGNALS_TOPIC_ARN` and `JOBS_QUEUE_URL` for
 * what `access` names, and what apigen.yml says.
 *
 * @param imported models whose code the bundle holds
 */
export function functionEnvironment(
  input: AccountPlace & {
    readonly project: Pick<Project, 'name' | 'stage' | 'region' | 'topics' | 'queues'>;
    readonly tables: readonly TableSpec[];
    /** Where a queue is reached; nothing, or absent: at its address in AWS. */
    queueUrl?(queue: QueueDeclaration): string | undefined;
  },
  declaration: FunctionDeclaration,
  imported: readonly string[],
): Readonly<Record<string, string>> {
  const models = modelsOf(declaration, imported);
  const tables = models.flatMap((model) => {
    const spec = input.tables.find((table) => table.model === model);
    return spec ? [[`${constantCase(model)}_TABLE`, spec.tableName] as const] : [];
  });
  const prefix = models.length > 0 ? { [TABLE_PREFIX_VARIABLE]: tablePrefix(input.project) } : {};
  return {
    ...prefix,
    ...Object.fromEntries(tables),
    ...neighbours(input, declaration),
    ...declaration.environment,
    ...nodeOptions(declaration),
  };
}

/** Node reads source maps only when told to. https://nodejs.org/api/cli.html#--enable-source-maps */
function nodeOptions({ build, environment }: FunctionDeclaration): Readonly<Record<string, string>> {
  if (build?.sourceMaps !== true) return {};
  const own = environment.NODE_OPTIONS ?? '';
  const flag = '--enable-source-maps';
  return { NODE_OPTIONS: own.split(/\s+/).includes(flag) ? own : `${own} ${flag}`.trim() };
}

function neighbours(
  input: Parameters<typeof functionEnvironment>[0],
  { topicAccess = {}, queueAccess = {} }: FunctionDeclaration,
): Readonly<Record<string, string>> {
  const topics = Object.keys(topicAccess).flatMap((name) => {
    const topic = input.project.topics?.[name];
    return topic ? [[`${constantCase(name)}_TOPIC_ARN`, topicArn(input.project, topic, input)] as const] : [];
  });
  const queues = Object.keys(queueAccess).flatMap((name) => {
    const queue = input.project.queues?.[name];
    return queue
      ? [
          [
            `${constantCase(name)}_QUEUE_URL`,
            input.queueUrl?.(queue) ?? urlOfQueue(queueArn(input.project, queue, input)),
          ] as const,
        ]
      : [];
  });
  return Object.fromEntries([...topics, ...queues]);
}

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-queue-message-identifiers.html */
function urlOfQueue(arn: string): string {
  const [, partition, , region, account, name] = arn.split(':');
  return `https://sqs.${region}.amazonaws.com${partition === 'aws-cn' ? '.cn' : ''}/${account}/${name}`;
}

/** `CHAT_ENDPOINT`: where a function sends to the clients of WebSocket API `chat`. */
export const connectionsVariable = (api: string): string => `${constantCase(api)}_ENDPOINT`;

/** `OrderLine` → `ORDER_LINE`, `team-chat` → `TEAM_CHAT`. */
const constantCase = (name: string): string =>
  name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/\W/g, '_')
    .toUpperCase();
