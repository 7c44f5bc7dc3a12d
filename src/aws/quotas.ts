// AWS's control-plane quotas as token buckets. Every figure is AWS's documented one, per account and region;
// where AWS documents none, it says so. Buckets share a name when AWS counts their calls together.

import type { AwsCall } from './aws-call.ts';

export interface Quota {
  /** Calls that share a name share the bucket. */
  readonly name: string;
  /** Calls per second. */
  readonly rate: number;
  /** Calls that may be sent at once after a pause; one second's worth (at least 1) where AWS documents none. */
  readonly burst: number;
}

/** Source: API Gateway developer guide, "Quotas": 10 per second over all operations, burst 40. */
const apiGatewayTotal: Quota = { name: 'api-gateway', rate: 10, burst: 40 };
/** Source: Lambda developer guide, "Quotas": 15 per second over all control-plane calls but those below. */
const lambdaTotal: Quota = { name: 'lambda', rate: 15, burst: 15 };
/** IAM documents no figure, but throttles; this is under what accounts are seen to bear. IAM is global. */
const iamTotal: Quota = { name: 'iam', rate: 15, burst: 15 };
/** Source: DynamoDB developer guide, "Managing the control plane": 2,500 per second; far less is ever needed. */
const dynamodbControl: Quota = { name: 'dynamodb', rate: 100, burst: 100 };
/** Source: CloudWatch Logs user guide, "Quotas": 10 per second for each of the log-group operations. */
const logsOperation = { rate: 10, burst: 10 };
/** Source: CloudWatch Logs user guide, "Quotas": tagging 5 per second, FilterLogEvents 5 in most regions. */
const slowLogsOperation = { rate: 5, burst: 5 };

/** Source: API Gateway developer guide, "Quotas for creating, deploying and managing an API". */
const apiGatewayOperations: Readonly<Record<string, Quota>> = {
  CreateRestApi: perSeconds('create-rest-api', 1, 3),
  ImportRestApi: perSeconds('create-rest-api', 1, 3),
  PutRestApi: perSeconds('put-rest-api', 1, 1),
  CreateDeployment: perSeconds('create-deployment', 1, 5),
  CreateResource: perSeconds('create-resource', 5, 1),
  DeleteResource: perSeconds('delete-resource', 5, 1),
  CreateApiKey: perSeconds('create-api-key', 5, 1),
  DeleteApiKey: perSeconds('delete-api-key', 5, 1),
  GetResources: perSeconds('get-resources', 5, 2),
  DeleteRestApi: perSeconds('delete-rest-api', 1, 30),
  CreateDomainName: perSeconds('create-domain-name', 1, 30),
  DeleteDomainName: perSeconds('delete-domain-name', 1, 30),
  UpdateDomainName: perSeconds('update-domain-name', 1, 30),
  UpdateUsagePlan: perSeconds('update-usage-plan', 1, 20),
  UpdateAccount: perSeconds('update-account', 1, 20),
};
const edgeRestApi = perSeconds('create-edge-rest-api', 1, 30);

const apiGatewayV2Operations: Readonly<Record<string, Quota>> = {
  CreateVpcLink: perSeconds('create-vpc-link', 1, 15),
  DeleteVpcLink: perSeconds('delete-vpc-link', 1, 30),
  // Domain names are one thing to both APIs.
  CreateDomainName: perSeconds('create-domain-name', 1, 30),
  DeleteDomainName: perSeconds('delete-domain-name', 1, 30),
  UpdateDomainName: perSeconds('update-domain-name', 1, 30),
};

/** Source: Lambda developer guide, "Quotas": these two do not count towards the total. */
const lambdaOwnQuota: Readonly<Record<string, Quota>> = {
  GetFunction: perSeconds('lambda-get-function', 100, 1),
  GetPolicy: perSeconds('lambda-get-policy', 15, 1),
};

/** Source: CloudWatch user guide, "CloudWatch service quotas": DescribeAlarms 9 per second, the writes 3; others not said. */
const cloudwatchOperations: Readonly<Record<string, Quota>> = {
  DescribeAlarms: perSeconds('cloudwatch-describe-alarms', 9, 1),
  PutMetricAlarm: perSeconds('cloudwatch-put-metric-alarm', 3, 1),
  DeleteAlarms: perSeconds('cloudwatch-delete-alarms', 3, 1),
};
const cloudwatchOthers = { rate: 10, burst: 10 };
/** Source: EventBridge user guide, "Amazon EventBridge quotas": 50 per second for every call but PutEvents. */
const eventbridgeTotal: Quota = { name: 'eventbridge', rate: 50, burst: 50 };
/** Source: AWS general reference, "Amazon SNS endpoints and quotas": tags 10 per second, listing subscriptions 30. */
const snsTags: Quota = { name: 'sns-tags', rate: 10, burst: 10 };
const snsOthers: Quota = { name: 'sns', rate: 30, burst: 30 };
/**
 * Source: SQS API reference, "TagQueue": tagging is limited to 5 per second and account (later editions name no figure).
 * Other management calls have none; no project needs more than this.
 */
const sqsTags: Quota = { name: 'sqs-tags', rate: 5, burst: 5 };
const sqsOthers: Quota = { name: 'sqs', rate: 30, burst: 30 };

const slowLogs = new Set(['FilterLogEvents', 'TagResource', 'UntagResource', 'TagLogGroup', 'ListTagsForResource']);
const dynamodbItems = /Item|^Query$|^Scan$/;

/** The buckets a call takes one token from, all at once. */
export function quotasOf(call: AwsCall): readonly Quota[] {
  switch (call.service) {
    case 'api-gateway': {
      const own = call.edge ? edgeRestApi : apiGatewayOperations[call.operation];
      return own === undefined ? [apiGatewayTotal] : [own, apiGatewayTotal];
    }
    case 'api-gateway-v2': {
      const own = apiGatewayV2Operations[call.operation];
      return own === undefined ? [apiGatewayTotal] : [own, apiGatewayTotal];
    }
    case 'lambda':
      return [lambdaOwnQuota[call.operation] ?? lambdaTotal];
    case 'iam':
      return [iamTotal];
    case 'cloudwatch':
      return [cloudwatchOperations[call.operation] ?? { name: `cloudwatch-${call.operation}`, ...cloudwatchOthers }];
    case 'eventbridge':
      return [eventbridgeTotal];
    case 'sns':
      return [/Tag/.test(call.operation) ? snsTags : snsOthers];
    case 'sqs':
      return [/Tag/.test(call.operation) ? sqsTags : sqsOthers];
    case 'dynamodb':
      return dynamodbItems.test(call.operation) ? [] : [dynamodbControl];
    case 'logs':
      return [
        { name: `logs-${call.operation}`, ...(slowLogs.has(call.operation) ? slowLogsOperation : logsOperation) },
      ];
    // Source: KMS developer guide, "Request quotas": DescribeKey 2,000 per second; a run needs a handful.
    case 'kms':
    case 'sts':
      return [];
  }
}

function perSeconds(name: string, calls: number, seconds: number): Quota {
  const rate = calls / seconds;
  return { name, rate, burst: Math.max(1, rate) };
}
