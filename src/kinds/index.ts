// All kinds, in dependency order: what may be needed stands before what needs it.

import type { Kind } from '../engine/kind.ts';
import { apiMapping } from './api-mapping.ts';
import { basePathMapping } from './base-path-mapping.ts';
import { cloudwatchAlarm } from './cloudwatch-alarm.ts';
import { domainName } from './domain-name.ts';
import { dynamodbTable } from './dynamodb-table.ts';
import { eventRule } from './event-rule.ts';
import { gatewayAccount } from './gateway-account.ts';
import { httpApi } from './http-api.ts';
import { httpDefinition } from './http-definition.ts';
import { httpStage } from './http-stage.ts';
import { iamRole } from './iam-role.ts';
import type { KindContext } from './kind-context.ts';
import { lambdaAlias } from './lambda-alias.ts';
import { lambdaEventSource } from './lambda-event-source.ts';
import { lambdaFunction } from './lambda-function.ts';
import { lambdaPermission } from './lambda-permission.ts';
import { logGroup } from './log-group.ts';
import { restApi } from './rest-api.ts';
import { restDefinition } from './rest-definition.ts';
import { restDomain } from './rest-domain.ts';
import { restStage } from './rest-stage.ts';
import { restVpcLink } from './rest-vpc-link.ts';
import { snsSubscription } from './sns-subscription.ts';
import { snsTopic } from './sns-topic.ts';
import { sqsQueue } from './sqs-queue.ts';
import { usagePlan } from './usage-plan.ts';
import { vpcLink } from './vpc-link.ts';
import { websocketApi } from './websocket-api.ts';
import { websocketDefinition } from './websocket-definition.ts';
import { websocketStage } from './websocket-stage.ts';

const kindsInOrder = [
  dynamodbTable,
  snsTopic,
  sqsQueue,
  vpcLink,
  restVpcLink,
  logGroup,
  iamRole,
  gatewayAccount,
  lambdaFunction,
  lambdaAlias,
  lambdaEventSource,
  snsSubscription,
  eventRule,
  restApi,
  httpApi,
  websocketApi,
  lambdaPermission,
  restDefinition,
  httpDefinition,
  websocketDefinition,
  restStage,
  httpStage,
  usagePlan,
  restDomain,
  basePathMapping,
  websocketStage,
  domainName,
  apiMapping,
  cloudwatchAlarm,
] as const;

export function allKinds(context: KindContext): ReadonlyMap<string, Kind> {
  return new Map(kindsInOrder.map((make) => make(context)).map((kind) => [kind.name, kind]));
}
