// A function of the project with everything that its Lambda function, its role and its triggers need to know.

import type { ProjectPath } from './project.ts';

/** What a function may do with a table beyond what importing its model grants. */
export type Access = 'read' | 'write' | 'scan';

export interface FunctionDeclaration {
  /** Logical name: `products-create`. */
  readonly name: string;
  /** Module relative to the root without extension, forward slashes: `src/products/create`. */
  readonly module: string;
  /** The exported name: `handler`. */
  readonly exportName: string;
  readonly description?: string;
  readonly runtime: string;
  readonly architecture: 'arm64' | 'x86_64';
  /** MB, 128 to 10,240. */
  readonly memory: number;
  /** Seconds, 1 to 900. */
  readonly timeout: number;
  readonly environment: Readonly<Record<string, string>>;
  /** Fetched at run time, by the environment variable that then holds the value. Never stored in zip, ledger or logs. */
  readonly secrets?: Readonly<Record<string, SecretReference>>;
  /** Days its log group keeps; 0 keeps for ever. */
  readonly logRetention: number;
  /** `/tmp`, MB, 512 to 10,240. Default: 512. */
  readonly ephemeralStorage?: number;
  /** Executions at once that are kept for this function and that it never exceeds. Absent: the account's pool. */
  readonly reservedConcurrency?: number;
  /** Absent: no VPC. */
  readonly vpc?: FunctionVpc;
  /** ARN of a role that exists and that apigen leaves as it is. Absent: a role of least privilege is made. */
  readonly role?: string;
  /** ARN of the policy that bounds the role that is made. */
  readonly permissionsBoundary?: string;
  /** Added to the role's policy. */
  readonly statements?: readonly PolicyStatement[];
  /** X-Ray: `Active` instead of `PassThrough`. */
  readonly tracing?: boolean;
  readonly build?: BuildSettings;
  /** What runs it besides routes. */
  readonly triggers?: readonly Trigger[];
  /** What apigen.yml grants beyond what importing a model grants, by model name. */
  readonly access: Readonly<Record<string, readonly Access[]>>;
  /** By the name of the topic. */
  readonly topicAccess?: Readonly<Record<string, readonly TopicAccess[]>>;
  /** By the name of the queue. */
  readonly queueAccess?: Readonly<Record<string, readonly QueueAccess[]>>;
  /** WebSocket APIs whose connections it may send to, look up and close (`execute-api:ManageConnections`). */
  readonly managedApis?: readonly string[];
  /** Where the function is (first) named. */
  readonly path: ProjectPath;
}

export type TopicAccess = 'publish';
/** `receive` is receive, delete, change visibility and get attributes. */
export type QueueAccess = 'send' | 'receive';

/** Where a secret stands. */
export interface SecretReference {
  /** Systems Manager Parameter Store, or Secrets Manager. */
  readonly store: 'ssm' | 'secretsmanager';
  /** Name or ARN: `/shop/prod/stripe-key`, `shop/stripe`. */
  readonly name: string;
  /** The key within a secret that is JSON. Absent: the whole text. */
  readonly key?: string;
  /** KMS key ARN that encrypts it, if it is not the service's own: the role then gets `kms:Decrypt` on it. */
  readonly kmsKey?: string;
}

export interface FunctionVpc {
  /** `subnet-…`. */
  readonly subnets: readonly string[];
  /** `sg-…`. */
  readonly securityGroups: readonly string[];
}

/** A statement of an IAM policy. */
export interface PolicyStatement {
  readonly effect: 'Allow' | 'Deny';
  readonly actions: readonly string[];
  /** ARNs, or `*`. */
  readonly resources: readonly string[];
  /** Operator → key → value or values. */
  readonly conditions?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

export interface BuildSettings {
  /** Packages that are copied whole with their dependencies; those that the runtime has stay out. */
  readonly external?: readonly string[];
  /** Packages with native code: copied with their dependencies into `node_modules` of the zip instead of bundled. */
  readonly native?: readonly string[];
  /** Files beside the code, as globs relative to the root: kept with their paths. */
  readonly assets?: readonly string[];
  /** Default: true. */
  readonly minify?: boolean;
  /** Default: false. */
  readonly sourceMaps?: boolean;
}

export type Trigger = StreamTrigger | ScheduleTrigger | QueueTrigger | TopicTrigger;

/** Records of a model's table. https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-eventsourcemapping.html */
export interface StreamTrigger {
  readonly type: 'stream';
  readonly model: string;
  /** 1 to 10,000. Default: 100. */
  readonly batchSize: number;
  /** Seconds, 0 to 300. Default: 0. */
  readonly batchWindow: number;
  readonly startingPosition: 'LATEST' | 'TRIM_HORIZON';
  /** 1 to 10. Default: 1. */
  readonly parallelization: number;
  /** Attempts after the first one; -1 until the record is too old. Default: 3. */
  readonly retries: number;
  /** A batch that fails is cut in two. Default: true. */
  readonly bisectOnError: boolean;
  /** `ReportBatchItemFailures`: the answer names the records that failed. Default: false. */
  readonly reportFailures: boolean;
  /** Where records go that fail to the end: a queue or topic of the project. */
  readonly onFailure?: { readonly type: 'queue' | 'topic'; readonly name: string };
  /** Event filter patterns, any of which must match. */
  readonly filters: readonly unknown[];
  readonly enabled: boolean;
}

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-rule-schedule.html */
export interface ScheduleTrigger {
  readonly type: 'schedule';
  /** Unique within the function: `nightly`, or `schedule-1` by its order. */
  readonly name: string;
  /** `rate(1 hour)` or `cron(0 3 * * ? *)`, in UTC. */
  readonly expression: string;
  /** The event; absent: EventBridge's own. */
  readonly input?: unknown;
  readonly enabled: boolean;
}

/** https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html */
export interface QueueTrigger {
  readonly type: 'queue';
  readonly queue: string;
  /** 1 to 10,000 (FIFO: 10). Default: 10. */
  readonly batchSize: number;
  /** Seconds, 0 to 300; FIFO queues have none. Default: 0. */
  readonly batchWindow: number;
  /** Executions at once for this queue, 2 to 1,000. Absent: no limit of its own. */
  readonly maximumConcurrency?: number;
  /** `ReportBatchItemFailures`: the answer names the messages that failed. Default: false. */
  readonly reportFailures: boolean;
  readonly filters: readonly unknown[];
  readonly enabled: boolean;
}

/** https://docs.aws.amazon.com/sns/latest/dg/sns-subscription-filter-policies.html */
export interface TopicTrigger {
  readonly type: 'topic';
  readonly topic: string;
  readonly filterPolicy?: Readonly<Record<string, unknown>>;
  /** Default: MessageAttributes. */
  readonly filterPolicyScope?: 'MessageAttributes' | 'MessageBody';
}
