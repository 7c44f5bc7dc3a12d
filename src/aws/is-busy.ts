// Tells "not now" from "no": a resource that still takes in an earlier change refuses the next one under names that
// also mean other things, so the message decides.

import { type AwsFault, awsFault } from './aws-fault.ts';

/** Whether the resource is still taking in an earlier change, and the call would succeed a little later. */
export function isBusy(error: unknown): boolean {
  const fault = awsFault(error);
  return fault !== undefined && saysBusy(fault);
}

/** {@link isBusy} for a fault already read. */
export function saysBusy({ name, message }: AwsFault): boolean {
  switch (name) {
    case 'ResourceConflictException':
      // Lambda: "The operation cannot be performed at this time. An update is in progress for resource: arn:…", or
      // "… The function is currently in the following state: Pending".
      return /at this time|in progress|state: Pending|try again/i.test(message);
    case 'ConflictException':
      return /concurrent modification|try again|in progress/i.test(message);
    case 'ResourceInUseException':
      // Lambda: "Cannot update the event source mapping because it is in use."
      // DynamoDB: "Table is being created", "Attempt to change a resource which is still in use: Table is being updated".
      return /being (created|updated|deleted|indexed)|not in the ACTIVE state|mapping because it is (currently )?in use/i.test(
        message,
      );
    case 'OperationAbortedException':
    case 'ConcurrentModification':
    case 'ConcurrentModificationException':
    case 'EntityTemporarilyUnmodifiable':
    case 'EntityTemporarilyUnmodifiableException':
      return true;
    default:
      return false;
  }
}
