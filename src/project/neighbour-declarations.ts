// What stands beside functions and APIs: topics, queues, VPC links. Each is made by apigen, or exists and is only used.

import type { ProjectPath } from './project.ts';

export interface TopicDeclaration {
  readonly name: string;
  /** Of a topic that exists and that apigen leaves as it is. */
  readonly arn?: string;
  /** Its AWS name ends in `.fifo`. */
  readonly fifo: boolean;
  /** FIFO alone: the hash of the body tells duplicates. */
  readonly contentBasedDeduplication: boolean;
  readonly displayName?: string;
  /** KMS key id, alias or ARN. Absent: not encrypted by a key. */
  readonly kmsKey?: string;
  readonly path: ProjectPath;
}

export interface QueueDeclaration {
  readonly name: string;
  /** Of a queue that exists and that apigen leaves as it is. */
  readonly arn?: string;
  /** Its AWS name ends in `.fifo`. */
  readonly fifo: boolean;
  readonly contentBasedDeduplication: boolean;
  /** Seconds, 0 to 43,200. Default: 30, or six times the timeout of the function it triggers, as AWS advises. */
  readonly visibilityTimeout: number;
  /** Seconds, 60 to 1,209,600. Default: 345,600 (four days). */
  readonly retention: number;
  /** Seconds, 0 to 900. Default: 0. */
  readonly delay: number;
  /** Seconds of long polling, 0 to 20. Default: 0. */
  readonly receiveWait: number;
  /** Bytes, 1,024 to 1,048,576. Default: 1,048,576. */
  readonly maximumMessageSize: number;
  /** Where messages go that were received too often: another queue of the project. */
  readonly deadLetter?: { readonly queue: string; readonly maxReceives: number };
  /** KMS key id, alias or ARN. Absent: keys of SQS itself (SSE-SQS). */
  readonly kmsKey?: string;
  /** Topics of the project whose messages it gets (each a subscription and a statement of the queue's policy). */
  readonly subscriptions: readonly QueueSubscription[];
  readonly path: ProjectPath;
}

export interface QueueSubscription {
  readonly topic: string;
  /** `RawMessageDelivery`: the message alone, without SNS's envelope. Default: true. */
  readonly raw: boolean;
  readonly filterPolicy?: Readonly<Record<string, unknown>>;
  readonly filterPolicyScope?: 'MessageAttributes' | 'MessageBody';
}

export type VpcLinkDeclaration =
  /** Exists: apigen leaves it as it is. */
  | {
      readonly name: string;
      readonly type: 'existing';
      readonly id: string;
      /** What it is: one of a REST API's (v1) or of an HTTP API's (v2). */
      readonly for: 'rest' | 'http';
      readonly path: ProjectPath;
    }
  /** v1, towards a Network Load Balancer: for REST APIs. */
  | { readonly name: string; readonly type: 'rest'; readonly targetArn: string; readonly path: ProjectPath }
  /** v2, network interfaces in subnets: for HTTP APIs. */
  | {
      readonly name: string;
      readonly type: 'http';
      readonly subnets: readonly string[];
      readonly securityGroups: readonly string[];
      readonly path: ProjectPath;
    };
