import { startDynamodbLocal } from '../../harness/dynamodb-local.ts';
import { tableSuite } from './table-suite.ts';

tableSuite('dynamodb-local', startDynamodbLocal);
