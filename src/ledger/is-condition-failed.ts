// DynamoDB's answer when a write's condition does not hold: somebody else was there first.

import { ApigenError } from '../errors.ts';

export const isConditionFailed = (error: unknown): boolean =>
  error instanceof ApigenError && error.aws?.name === 'ConditionalCheckFailedException';
