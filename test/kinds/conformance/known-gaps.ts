// What an emulator lacks, so that a check of the suite cannot hold there. The suite runs these checks too: an entry
// whose check holds (the emulator has learned it) fails, and so does an entry that names no check.

import type { Emulator } from './emulator.ts';
import { restGaps } from './known-gaps-rest.ts';
import { updateGaps } from './update-gaps.ts';

export interface KnownGap {
  readonly emulator: Emulator;
  readonly kind: string;
  /** The check's name in the suite; without it the kind cannot even be created there. */
  readonly check?: string;
  readonly reason: string;
}

const ownTags = 'TagResource keeps tags that only GetTags answers';
const noLogsOff = 'DeleteAccessLogSettings deletes the whole stage';

export const knownGaps: readonly KnownGap[] = [
  ...restGaps,
  { emulator: 'ministack', kind: 'rest-api', check: 'updates tags, and back: another value', reason: ownTags },
  {
    emulator: 'ministack',
    kind: 'rest-api',
    check: 'converges when the update of tags is cut off at any call, there and back: another value',
    reason: ownTags,
  },
  { emulator: 'ministack', kind: 'rest-api', check: 'updates tags, and back: one more', reason: ownTags },
  {
    emulator: 'ministack',
    kind: 'rest-api',
    check: 'converges when the update of tags is cut off at any call, there and back: one more',
    reason: ownTags,
  },
  { emulator: 'ministack', kind: 'http-api', check: 'updates tags, and back: another value', reason: ownTags },
  {
    emulator: 'ministack',
    kind: 'http-api',
    check: 'converges when the update of tags is cut off at any call, there and back: another value',
    reason: ownTags,
  },
  { emulator: 'ministack', kind: 'http-api', check: 'updates tags, and back: one more', reason: ownTags },
  {
    emulator: 'ministack',
    kind: 'http-api',
    check: 'converges when the update of tags is cut off at any call, there and back: one more',
    reason: ownTags,
  },
  { emulator: 'ministack', kind: 'rest-stage', check: 'updates tags, and back: another value', reason: ownTags },
  {
    emulator: 'ministack',
    kind: 'rest-stage',
    check: 'converges when the update of tags is cut off at any call, there and back: another value',
    reason: ownTags,
  },
  { emulator: 'ministack', kind: 'rest-stage', check: 'updates tags, and back: one more', reason: ownTags },
  {
    emulator: 'ministack',
    kind: 'rest-stage',
    check: 'converges when the update of tags is cut off at any call, there and back: one more',
    reason: ownTags,
  },
  { emulator: 'ministack', kind: 'http-stage', check: 'updates tags, and back: another value', reason: ownTags },
  {
    emulator: 'ministack',
    kind: 'http-stage',
    check: 'converges when the update of tags is cut off at any call, there and back: another value',
    reason: ownTags,
  },
  { emulator: 'ministack', kind: 'http-stage', check: 'updates tags, and back: one more', reason: ownTags },
  {
    emulator: 'ministack',
    kind: 'http-stage',
    check: 'converges when the update of tags is cut off at any call, there and back: one more',
    reason: ownTags,
  },
  {
    emulator: 'ministack',
    kind: 'rest-api',
    check: 'updates endpointType, and back: edge-optimised',
    reason: 'UpdateRestApi does not change endpoint types in place',
  },
  {
    emulator: 'ministack',
    kind: 'rest-api',
    check: 'converges when the update of endpointType is cut off at any call, there and back: edge-optimised',
    reason: 'UpdateRestApi does not change endpoint types in place',
  },
  {
    emulator: 'moto',
    kind: 'rest-api',
    check: 'updates tags, and back: another value',
    reason: 'has no TagResource for REST APIs',
  },
  {
    emulator: 'moto',
    kind: 'rest-api',
    check: 'converges when the update of tags is cut off at any call, there and back: another value',
    reason: 'has no TagResource for REST APIs',
  },
  {
    emulator: 'moto',
    kind: 'rest-api',
    check: 'updates tags, and back: one more',
    reason: 'has no TagResource for REST APIs',
  },
  {
    emulator: 'moto',
    kind: 'rest-api',
    check: 'converges when the update of tags is cut off at any call, there and back: one more',
    reason: 'has no TagResource for REST APIs',
  },
  {
    emulator: 'moto',
    kind: 'rest-api',
    check: 'is gone when it is removed, once or twice',
    reason: 'DeleteRestApi of one that is gone answers 500',
  },
  {
    emulator: 'moto',
    kind: 'lambda-function',
    check: 'updates architecture, and back: the other',
    reason: 'UpdateFunctionCode keeps the architecture',
  },
  {
    emulator: 'moto',
    kind: 'lambda-function',
    check: 'converges when the update of architecture is cut off at any call, there and back: the other',
    reason: 'UpdateFunctionCode keeps the architecture',
  },
  {
    emulator: 'moto',
    kind: 'lambda-function',
    check: 'updates logGroup, and back: another group',
    reason: 'functions have no LoggingConfig',
  },
  {
    emulator: 'moto',
    kind: 'lambda-function',
    check: "stands in AWS's own terms, read by boto3",
    reason: 'functions have no LoggingConfig',
  },
  {
    emulator: 'moto',
    kind: 'lambda-function',
    check: 'updates reservedConcurrency, and back: none at all: it is stopped',
    reason: 'reads a reservation of 0 as none',
  },
  {
    emulator: 'moto',
    kind: 'lambda-function',
    check:
      'converges when the update of reservedConcurrency is cut off at any call, there and back: none at all: it is stopped',
    reason: 'reads a reservation of 0 as none',
  },
  {
    emulator: 'moto',
    kind: 'lambda-function',
    check: 'updates ephemeralStorage, and back: more',
    reason: 'UpdateFunctionConfiguration keeps no EphemeralStorage',
  },
  {
    emulator: 'moto',
    kind: 'lambda-function',
    check: 'updates tracing, and back: on',
    reason: 'UpdateFunctionConfiguration keeps no TracingConfig',
  },
  {
    emulator: 'moto',
    kind: 'lambda-event-source',
    check: "stands in AWS's own terms, read by boto3",
    reason: "answers the version's ARN where the alias's was given",
  },
  {
    emulator: 'ministack',
    kind: 'dynamodb-table',
    check: 'updates recoveryDays, and back: a week',
    reason: 'keeps no RecoveryPeriodInDays',
  },
  {
    emulator: 'ministack',
    kind: 'dynamodb-table',
    check: 'converges when the update of recoveryDays is cut off at any call, there and back: a week',
    reason: 'keeps no RecoveryPeriodInDays',
  },
  {
    emulator: 'moto',
    kind: 'dynamodb-table',
    check: 'updates tableClass, and back: infrequent access',
    reason: 'keeps no TableClass',
  },
  {
    emulator: 'moto',
    kind: 'dynamodb-table',
    check: 'converges when the update of tableClass is cut off at any call, there and back: infrequent access',
    reason: 'keeps no TableClass',
  },
  {
    emulator: 'moto',
    kind: 'dynamodb-table',
    check: "updates encryption, and back: the customer's key",
    reason: 'UpdateTable keeps no SSESpecification',
  },
  {
    emulator: 'moto',
    kind: 'dynamodb-table',
    check: "converges when the update of encryption is cut off at any call, there and back: the customer's key",
    reason: 'UpdateTable keeps no SSESpecification',
  },
  {
    emulator: 'moto',
    kind: 'dynamodb-table',
    check: 'updates replicas, and back: one',
    reason: 'has no ReplicaUpdates',
  },
  {
    emulator: 'moto',
    kind: 'dynamodb-table',
    check: 'converges when the update of replicas is cut off at any call, there and back: one',
    reason: 'has no ReplicaUpdates',
  },
  {
    emulator: 'moto',
    kind: 'dynamodb-table',
    check: 'updates replicas, and back: two',
    reason: 'has no ReplicaUpdates',
  },
  {
    emulator: 'moto',
    kind: 'dynamodb-table',
    check: 'converges when the update of replicas is cut off at any call, there and back: two',
    reason: 'has no ReplicaUpdates',
  },
  {
    emulator: 'moto',
    kind: 'dynamodb-table',
    check: 'converges when the update of stream is cut off at any call, there and back: of keys',
    reason: 'a stream that was switched off cannot be switched on again',
  },
  { emulator: 'moto', kind: 'http-definition', reason: 'has no deployments of HTTP APIs' },
  { emulator: 'moto', kind: 'http-stage', reason: 'has no deployments of HTTP APIs' },
  { emulator: 'ministack', kind: 'websocket-api', check: 'updates tags, and back: another value', reason: ownTags },
  {
    emulator: 'ministack',
    kind: 'websocket-api',
    check: 'converges when the update of tags is cut off at any call, there and back: another value',
    reason: ownTags,
  },
  { emulator: 'ministack', kind: 'websocket-api', check: 'updates tags, and back: one more', reason: ownTags },
  {
    emulator: 'ministack',
    kind: 'websocket-api',
    check: 'converges when the update of tags is cut off at any call, there and back: one more',
    reason: ownTags,
  },
  { emulator: 'ministack', kind: 'websocket-stage', check: 'updates tags, and back: another value', reason: ownTags },
  {
    emulator: 'ministack',
    kind: 'websocket-stage',
    check: 'converges when the update of tags is cut off at any call, there and back: another value',
    reason: ownTags,
  },
  { emulator: 'ministack', kind: 'websocket-stage', check: 'updates tags, and back: one more', reason: ownTags },
  {
    emulator: 'ministack',
    kind: 'websocket-stage',
    check: 'converges when the update of tags is cut off at any call, there and back: one more',
    reason: ownTags,
  },
  { emulator: 'ministack', kind: 'http-stage', check: 'updates accessLog, and back: off', reason: noLogsOff },
  {
    emulator: 'ministack',
    kind: 'http-stage',
    check: 'converges when the update of accessLog is cut off at any call, there and back: off',
    reason: noLogsOff,
  },
  { emulator: 'ministack', kind: 'websocket-stage', check: 'updates accessLog, and back: off', reason: noLogsOff },
  {
    emulator: 'ministack',
    kind: 'websocket-stage',
    check: 'converges when the update of accessLog is cut off at any call, there and back: off',
    reason: noLogsOff,
  },
  { emulator: 'moto', kind: 'websocket-definition', reason: 'has no deployments of WebSocket APIs' },
  { emulator: 'moto', kind: 'websocket-stage', reason: 'has no deployments of WebSocket APIs' },
  { emulator: 'ministack', kind: 'vpc-link', reason: 'has no VPC links' },
  { emulator: 'ministack', kind: 'rest-vpc-link', reason: 'has no VPC links' },
  { emulator: 'moto', kind: 'api-mapping', reason: 'has no deployments of HTTP APIs' },
  ...updateGaps,
];
