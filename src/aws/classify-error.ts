// Decides what a failed attempt means for the next one. The question that matters most: can the call have taken
// effect? Only what surely did not happen, or may safely happen twice, is ever repeated.

import type { AwsCall } from './aws-call.ts';
import type { AwsFault } from './aws-fault.ts';
import { saysBusy } from './is-busy.ts';

export type Verdict =
  /** Refused for its rate: did not happen, repeat later. */
  | 'throttled'
  /** The resource takes in an earlier change: did not happen, repeat soon. */
  | 'busy'
  /** No connection, so nothing was sent: repeat a few times. */
  | 'unreachable'
  /** Sent, but no usable answer (timeout, reset, 5xx): may have happened. */
  | 'unanswered'
  /** Refused for a wrong clock, which the SDK has now corrected: repeat once. */
  | 'skewed'
  /** A creation met its thing. */
  | 'exists'
  /** An account's or a resource's hard limit: repeating is vain. */
  | 'limit'
  /** Anything else AWS refused. */
  | 'refused';

const throttlingNames = new Set([
  'BandwidthLimitExceeded',
  'PriorRequestNotComplete',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'RequestThrottled',
  'RequestThrottledException',
  'SlowDown',
  'ThrottledException',
  'Throttling',
  'ThrottlingException',
  'TooManyRequestsException',
]);

const limitNames = new Set([
  'CodeStorageExceededException',
  'LimitExceeded',
  'LimitExceededException',
  'PolicyLengthExceededException',
  'ServiceQuotaExceededException',
]);

/**
 * AWS gives hard limits and throttles each other's names: "Maximum number of Rest APIs for this account has been
 * reached" comes as LimitExceededException with status 429, throttles now and then too.
 */
const limitWords =
  /maximum number|cannot exceed|has been reached|reached the (maximum|limit)|too many tables|exceeds? the (limit|quota)/i;
const throttleWords = /too many requests|rate exceeded|throttl|simultaneously|concurrent|too many operations/i;

const existsNames = new Set([
  'ConflictException',
  'EntityAlreadyExists',
  'EntityAlreadyExistsException',
  'QueueNameExists',
  'ResourceAlreadyExistsException',
  'ResourceConflictException',
  'ResourceInUseException',
  'TableAlreadyExistsException',
]);

const unsentCodes = new Set(['ECONNREFUSED', 'EAI_AGAIN', 'ENOTFOUND', 'EHOSTUNREACH', 'ENETUNREACH', 'EADDRNOTAVAIL']);
const lostCodes = new Set(['ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ECONNABORTED', 'EPROTO', 'ERR_STREAM_PREMATURE_CLOSE']);

export function classifyError(call: AwsCall, fault: AwsFault): Verdict {
  if (fault.status === undefined || fault.status < 300) return classifyLost(fault);
  if (isClockCorrected(fault)) return 'skewed';
  if (limitNames.has(fault.name) || throttlingNames.has(fault.name)) return throttleOrLimit(fault);
  if (isContendedTransaction(fault)) return 'busy';
  // DynamoDB says "still in use" of a table that is there, whatever its state: to a creation that is enough.
  if (call.creates && fault.name === 'ResourceInUseException') return 'exists';
  if (saysBusy(fault)) return 'busy';
  if (call.creates && existsNames.has(fault.name)) return 'exists';
  if (fault.status === 429) return throttleOrLimit(fault);
  if (fault.status >= 500) return 'unanswered';
  return 'refused';
}

/** No status of refusal: either nothing was sent, or the answer was lost or cannot be read. */
function classifyLost(fault: AwsFault): Verdict {
  if (fault.code !== undefined && unsentCodes.has(fault.code)) return 'unreachable';
  if (fault.name === 'TimeoutError') {
    return /did not establish a connection/.test(fault.message) ? 'unreachable' : 'unanswered';
  }
  if (fault.code !== undefined && lostCodes.has(fault.code)) return 'unanswered';
  // An answer of 2xx that the SDK cannot parse took effect; what failed before sending (credentials, input) did not.
  return fault.status === undefined ? 'refused' : 'unanswered';
}

function throttleOrLimit({ name, message }: AwsFault): Verdict {
  if (limitWords.test(message)) return 'limit';
  if (throttleWords.test(message)) return 'throttled';
  return limitNames.has(name) ? 'limit' : 'throttled';
}

function isClockCorrected({ exception }: AwsFault): boolean {
  const metadata: unknown = '$metadata' in exception ? exception.$metadata : undefined;
  return typeof metadata === 'object' && metadata !== null && 'clockSkewCorrected' in metadata;
}

/** A transaction that lost against others on its rows, and on nothing else: nothing of it was written. */
function isContendedTransaction({ name, exception }: AwsFault): boolean {
  if (name === 'TransactionInProgressException') return true;
  if (name !== 'TransactionCanceledException' || !('CancellationReasons' in exception)) return false;
  const reasons: unknown = exception.CancellationReasons;
  if (!Array.isArray(reasons)) return false;
  const codes = reasons
    .map((reason: unknown) =>
      typeof reason === 'object' && reason !== null && 'Code' in reason ? reason.Code : 'None',
    )
    .filter((code) => code !== 'None' && code !== undefined);
  return codes.length > 0 && codes.every((code) => contention.has(String(code)));
}

const contention = new Set(['TransactionConflict', 'ThrottlingError', 'ProvisionedThroughputExceeded']);
