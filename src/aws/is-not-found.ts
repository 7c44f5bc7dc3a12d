// What counts as absence: AWS's own words for it, and nothing else. An error taken for absence by mistake would make
// a second resource, or leave one behind.

import { awsFault } from './aws-fault.ts';

/** Every service's word for "there is no such thing". */
const absenceNames = new Set([
  'NoSuchEntity',
  'NoSuchEntityException',
  'NotFoundException',
  'QueueDoesNotExist',
  'ResourceNotFound',
  'ResourceNotFoundException',
  'TableNotFoundException',
]);

/** Whether AWS says that the thing asked for is not there. Any other failure is not absence. */
export function isNotFound(error: unknown): boolean {
  const fault = awsFault(error);
  if (fault === undefined) return false;
  return absenceNames.has(fault.name);
}
