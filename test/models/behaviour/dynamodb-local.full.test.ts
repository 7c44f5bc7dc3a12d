import { startDynamodbLocal } from '../../harness/dynamodb-local.ts';
import { behaviourSuite } from './behaviour-suite.ts';

behaviourSuite('DynamoDB Local', startDynamodbLocal);
