// The sample of every kind, by the kind's name. A kind that has none here fails the suite.

import { apiMappingSample } from './api-mapping.ts';
import { basePathMappingSample } from './base-path-mapping.ts';
import { cloudwatchAlarmSample } from './cloudwatch-alarm.ts';
import { domainNameSample } from './domain-name.ts';
import { dynamodbTableSample } from './dynamodb-table.ts';
import { eventRuleSample } from './event-rule.ts';
import { gatewayAccountSample } from './gateway-account.ts';
import { httpApiSample } from './http-api.ts';
import { httpDefinitionSample } from './http-definition.ts';
import { httpStageSample } from './http-stage.ts';
import { iamRoleSample } from './iam-role.ts';
import { lambdaAliasSample } from './lambda-alias.ts';
import { lambdaEventSourceSample } from './lambda-event-source.ts';
import { lambdaFunctionSample } from './lambda-function.ts';
import { lambdaPermissionSample } from './lambda-permission.ts';
import { logGroupSample } from './log-group.ts';
import { restApiSample } from './rest-api.ts';
import { restDefinitionSample } from './rest-definition.ts';
import { restDomainSample } from './rest-domain.ts';
import { restStageSample } from './rest-stage.ts';
import { restVpcLinkSample } from './rest-vpc-link.ts';
import type { Sample } from './sample.ts';
import { snsSubscriptionSample } from './sns-subscription.ts';
import { snsTopicSample } from './sns-topic.ts';
import { sqsQueueSample } from './sqs-queue.ts';
import { usagePlanSample } from './usage-plan.ts';
import { vpcLinkSample } from './vpc-link.ts';
import { websocketApiSample } from './websocket-api.ts';
import { websocketDefinitionSample } from './websocket-definition.ts';
import { websocketStageSample } from './websocket-stage.ts';

export const samples: ReadonlyMap<string, Sample> = new Map([
  ['dynamodb-table', dynamodbTableSample],
  ['sns-topic', snsTopicSample],
  ['sqs-queue', sqsQueueSample],
  ['sns-subscription', snsSubscriptionSample],
  ['lambda-event-source', lambdaEventSourceSample],
  ['event-rule', eventRuleSample],
  ['cloudwatch-alarm', cloudwatchAlarmSample],
  ['log-group', logGroupSample],
  ['iam-role', iamRoleSample],
  ['gateway-account', gatewayAccountSample],
  ['lambda-function', lambdaFunctionSample],
  ['lambda-alias', lambdaAliasSample],
  ['rest-api', restApiSample],
  ['http-api', httpApiSample],
  ['lambda-permission', lambdaPermissionSample],
  ['rest-definition', restDefinitionSample],
  ['http-definition', httpDefinitionSample],
  ['rest-stage', restStageSample],
  ['http-stage', httpStageSample],
  ['usage-plan', usagePlanSample],
  ['rest-domain', restDomainSample],
  ['base-path-mapping', basePathMappingSample],
  ['websocket-api', websocketApiSample],
  ['vpc-link', vpcLinkSample],
  ['rest-vpc-link', restVpcLinkSample],
  ['domain-name', domainNameSample],
  ['api-mapping', apiMappingSample],
  ['websocket-definition', websocketDefinitionSample],
  ['websocket-stage', websocketStageSample],
]);

/** @throws Error for a kind without a sample */
export function sampleOf(kind: string): Sample {
  const sample = samples.get(kind);
  if (!sample) throw new Error(`${kind} has no sample: write test/kinds/samples/${kind}.ts and name it in index.ts`);
  return sample;
}
