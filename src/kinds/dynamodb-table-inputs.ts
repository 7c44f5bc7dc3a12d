// Where each field of DynamoDB's inputs stands in a table's props.

import type {
  CreateTableCommandInput,
  UpdateContinuousBackupsCommandInput,
  UpdateTableCommandInput,
  UpdateTimeToLiveCommandInput,
} from '@aws-sdk/client-dynamodb';
import { type Coverage, unsupported } from './coverage.ts';

export const dynamodbTableInputs = {
  TableName: 'tableName',
  AttributeDefinitions: 'keys',
  KeySchema: 'keys',
  LocalSecondaryIndexes: 'localIndexes',
  GlobalSecondaryIndexes: 'globalIndexes',
  GlobalSecondaryIndexUpdates: 'globalIndexes',
  BillingMode: 'capacity',
  ProvisionedThroughput: 'capacity',
  DeletionProtectionEnabled: 'deletionProtection',
  Tags: 'tags',
  StreamSpecification: 'stream',
  SSESpecification: 'encryption',
  TableClass: 'tableClass',
  VectorIndexes: unsupported('not offered'),
  VectorIndexUpdates: unsupported('not offered'),
  DisassociationProtectionEnabled: unsupported('protects tables of other accounts'),
  WarmThroughput: unsupported('not offered'),
  ResourcePolicy: unsupported('access is granted on the roles of functions'),
  OnDemandThroughput: unsupported('not offered'),
  GlobalTableSourceArn: unsupported('tables of other accounts are not replicated'),
  GlobalTableSettingsReplicationMode: unsupported('replicas of other accounts are not offered'),
  ReplicaUpdates: 'replicas',
  MultiRegionConsistency: unsupported('replicas are eventually consistent, as in most regions'),
  GlobalTableWitnessUpdates: unsupported('strong consistency across regions is not offered'),
  TimeToLiveSpecification: 'ttlAttribute',
  PointInTimeRecoverySpecification: 'recoveryDays',
} satisfies Coverage<
  CreateTableCommandInput & UpdateTableCommandInput & UpdateTimeToLiveCommandInput & UpdateContinuousBackupsCommandInput
>;
