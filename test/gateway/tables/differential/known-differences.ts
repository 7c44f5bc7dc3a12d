// Every place where DynamoDB Local does otherwise than AWS, with AWS's documentation. The embedded tables follow AWS; an
// entry that no step meets any more fails the test.

import { isDeepStrictEqual } from 'node:util';
import type { Answer, Fields, Step } from './wire.ts';

interface Difference {
  readonly onAws: string;
  readonly source: string;
  readonly holds: (step: Step, local: Answer, ours: Answer) => boolean;
}

const API = 'https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/';
const GUIDE = 'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/';

const DIFFERENCES = {
  capacityUnasked: {
    onAws: 'ConsumedCapacity "is only returned if the ReturnConsumedCapacity parameter was specified".',
    source: `${API}API_DeleteItem.html`,
    holds: ([, request], local, ours) =>
      request['ReturnConsumedCapacity'] === undefined && 'ConsumedCapacity' in local.body && isEmpty(ours),
  },
  partOfUpdated: {
    onAws: 'UPDATED_NEW and UPDATED_OLD return "only the updated attributes": of a nested one, itself in its place.',
    source: `${API}API_UpdateItem.html#DDB-UpdateItem-request-ReturnValues`,
    holds: ([, request], local, ours) =>
      /^UPDATED_/.test(String(request['ReturnValues'])) &&
      /[.[]/.test(String(request['UpdateExpression'])) &&
      isPart(ours.body['Attributes'], local.body['Attributes']),
  },
  zeroesInSets: {
    onAws: '"Leading and trailing zeroes are trimmed", in sets as well.',
    source: `${GUIDE}HowItWorks.NamingRulesDataTypes.html#HowItWorks.DataTypes.Number`,
    holds: (_step, local, ours) =>
      isDeepStrictEqual(JSON.parse(JSON.stringify(local.body).replace('"1.0"', '"1"')), ours.body),
  },
  keyOfLastPage: {
    onAws: 'A page that its Limit ends has a LastEvaluatedKey, whether or not more follows.',
    source: `${API}API_Query.html#DDB-Query-response-LastEvaluatedKey`,
    holds: ([operation, request], local, ours) =>
      operation === 'Query' &&
      ours.body['ScannedCount'] === request['Limit'] &&
      isDeepStrictEqual({ ...local.body, LastEvaluatedKey: ours.body['LastEvaluatedKey'] }, ours.body),
  },
  unusedOtherwise: {
    onAws:
      '"If the item does not contain an attribute at the specified path, then if_not_exists evaluates to operand; otherwise, it evaluates to path": an operand that is not wanted may be absent.',
    source: `${API}API_UpdateItem.html#DDB-UpdateItem-request-UpdateExpression`,
    holds: ([operation, request], local, ours) =>
      operation === 'UpdateItem' &&
      /if_not_exists\([^,]+, [a-z]/.test(String(request['UpdateExpression'])) &&
      /refers to an attribute that does not exist in the item$/.test(messageOf(local)) &&
      ours.error === undefined,
  },
  reservedSize: {
    onAws: 'SIZE is a reserved word.',
    source: `${GUIDE}ReservedWords.html`,
    holds: (_step, _local, ours) =>
      messageOf(ours).endsWith('Attribute name is a reserved keyword; reserved keyword: size'),
  },
  indexKeyOfOtherType: {
    onAws:
      'An update that gives an index key another type is refused: "the data type of the key attributes must match those of the index".',
    source: `${GUIDE}GSI.html#GSI.ThroughputConsiderations`,
    holds: ([, request], local, ours) =>
      request['TableName'] === 'Event' &&
      (/Type mismatch for Index Key|secondary index key to unsupported type/.test(messageOf(ours)) ||
        /"kind":\{"N"/.test(JSON.stringify(local.body))),
  },
  transactionReasons: {
    onAws: 'An item that does not fit cancels the transaction with the reason ValidationError for its part.',
    source: `${API}API_TransactWriteItems.html#API_TransactWriteItems_Errors`,
    holds: ([operation], local, ours) =>
      operation.startsWith('Transact') &&
      local.error === 'ValidationException' &&
      JSON.stringify(ours.body).includes(JSON.stringify({ Code: 'ValidationError' }).slice(1, -1)),
  },
  transactionReasonsText: {
    onAws: 'The reason names the index key, as a single put does.',
    source: `${API}API_TransactWriteItems.html#API_TransactWriteItems_Errors`,
    holds: ([operation], local, ours) =>
      operation === 'TransactWriteItems' &&
      local.error === ours.error &&
      /Type mismatch for Index Key"/.test(JSON.stringify(local.body)),
  },
  updateWithoutExpression: {
    onAws: 'UpdateExpression of an Update in a transaction is required.',
    source: `${API}API_Update.html`,
    holds: ([operation, request], local, ours) =>
      operation === 'TransactWriteItems' &&
      local.error === undefined &&
      !JSON.stringify(request).includes('UpdateExpression') &&
      messageOf(ours).includes('update.updateExpression'),
  },
  emptyToken: {
    onAws: 'ClientRequestToken has a minimum length of 1.',
    source: `${API}API_TransactWriteItems.html#DDB-TransactWriteItems-request-ClientRequestToken`,
    holds: ([, request], local) => request['ClientRequestToken'] === '' && local.error === undefined,
  },
  looseTypes: {
    onAws: 'S is a string, B is base64-encoded: anything else cannot be read.',
    source: `${API}API_AttributeValue.html`,
    holds: (_step, _local, ours) => ours.error === 'SerializationException',
  },
  legacyListOperand: {
    onAws: 'EQ of a legacy filter takes "String, Number, Binary, String Set, Number Set, or Binary Set".',
    source: `${GUIDE}LegacyConditionalParameters.ScanFilter.html`,
    holds: (_step, _local, ours) => /ComparisonOperator EQ is not valid for L/.test(messageOf(ours)),
  },
  nothingUpdated: {
    onAws: 'UpdateItem without an expression makes or leaves the item.',
    source: `${API}API_UpdateItem.html`,
    holds: ([operation, request], local) =>
      operation === 'UpdateItem' && local.error === 'InternalFailure' && !('UpdateExpression' in request),
  },
} satisfies Readonly<Record<string, Difference>>;

export type DifferenceName = keyof typeof DIFFERENCES;

export const differenceNames = Object.keys(DIFFERENCES) as DifferenceName[];

/** The known difference that two unequal answers are, if they are one. */
export function knownDifference(step: Step, local: Answer, ours: Answer): DifferenceName | undefined {
  return differenceNames.find((name) => (DIFFERENCES[name] as Difference).holds(step, local, ours));
}

const isEmpty = ({ error, body }: Answer): boolean => error === undefined && Object.keys(body).length === 0;

const messageOf = ({ body }: Answer): string => String(body['message'] ?? body['Message'] ?? '');

/** Whether `part` is what is left of `whole` when some members are left out. */
function isPart(part: unknown, whole: unknown): boolean {
  if (part === undefined) return true;
  if (Array.isArray(part) && Array.isArray(whole)) {
    let at = 0;
    for (const member of whole) if (at < part.length && isPart(part[at], member)) at += 1;
    return at === part.length;
  }
  if (typeof part !== 'object' || part === null) return part === whole;
  if (typeof whole !== 'object' || whole === null) return false;
  return Object.entries(part).every(([name, member]) => isPart(member, (whole as Fields)[name]));
}
