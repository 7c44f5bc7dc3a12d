// The port to AWS that kinds, ledger and readers use: one send per service. Only `connect.ts` makes clients. Every
// call is paced by AWS's quotas, retried with jitter where that is safe, gated by the deploy lock, and its errors are
// translated once.

import type { APIGatewayClient } from '@aws-sdk/client-api-gateway';
import type { ApiGatewayV2Client } from '@aws-sdk/client-apigatewayv2';
import type { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import type { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import type { IAMClient } from '@aws-sdk/client-iam';
import type { KMSClient } from '@aws-sdk/client-kms';
import type { LambdaClient } from '@aws-sdk/client-lambda';
import type { SNSClient } from '@aws-sdk/client-sns';
import type { SQSClient } from '@aws-sdk/client-sqs';
import type { STSClient } from '@aws-sdk/client-sts';

export interface Aws {
  readonly account: string;
  readonly region: string;
  /** `aws`, `aws-cn`, `aws-us-gov`: the second part of every ARN. */
  readonly partition: string;
  readonly apiGateway: Pick<APIGatewayClient, 'send'>;
  readonly apiGatewayV2: Pick<ApiGatewayV2Client, 'send'>;
  readonly cloudwatch: Pick<CloudWatchClient, 'send'>;
  readonly dynamodb: Pick<DynamoDBClient, 'send'>;
  readonly eventbridge: Pick<EventBridgeClient, 'send'>;
  readonly iam: Pick<IAMClient, 'send'>;
  readonly kms: Pick<KMSClient, 'send'>;
  readonly lambda: Pick<LambdaClient, 'send'>;
  readonly logs: Pick<CloudWatchLogsClient, 'send'>;
  readonly sns: Pick<SNSClient, 'send'>;
  readonly sqs: Pick<SQSClient, 'send'>;
  readonly sts: Pick<STSClient, 'send'>;
  /** The endpoint other than AWS's own that calls go to, if any: `http://127.0.0.1:4566`. */
  readonly endpoint: string | undefined;
}
