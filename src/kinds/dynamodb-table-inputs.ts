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
  StreamSpecification: unsupported('streams to functions are not offered yet'),
  SSESpecification: unsupported("DynamoDB's own key encrypts; customer keys are not offered yet"),
  TableClass: unsupported('always STANDARD for now'),
  VectorIndexes: unsupported('not offered'),
  VectorIndexUpdates: unsupported('not offered'),
  DisassociationProtectionEnabled: unsupported('replicas are not offered yet'),
  WarmThroughput: unsupported('not offered'),
  ResourcePolicy: unsupported('access is granted on the roles of functions'),
  OnDemandThroughput: unsupported('not offered'),
  GlobalTableSourceArn: unsupported('tables of other accounts are not replicated'),
  GlobalTableSettingsReplicationMode: unsupported('replicas are not offered yet'),
  ReplicaUpdates: unsupported('replicas are not offered yet'),
  MultiRegionConsistency: unsupported('replicas are not offered yet'),
  GlobalTableWitnessUpdates: unsupported('replicas are not offered yet'),
  TimeToLiveSpecification: 'ttlAttribute',
  PointInTimeRecoverySpecification: 'continuousBackups',
} satisfies Coverage<
  CreateTableCommandInput & UpdateTableCommandInput & UpdateTimeToLiveCommandInput & UpdateContinuousBackupsCommandInput
>;
