// Every place where an engine answers the table tests otherwise than AWS does, with the reason. The tests check what
// these engines do instead, so an entry that no longer holds fails. The embedded tables follow AWS and have no entry.

export type Engine = 'embedded' | 'ministack' | 'dynamodb-local';

interface Difference {
  readonly onAws: string;
  readonly reasons: Partial<Readonly<Record<Exclude<Engine, 'embedded'>, string>>>;
}

const DIFFERENCES = {
  misfittingUpdate: {
    onAws:
      'An update that does not fit its item cancels the transaction with the reason ValidationError (API reference of TransactWriteItems, Cancellation Reasons).',
    reasons: {
      'dynamodb-local': 'Refuses the whole request with ValidationException, and does not say which part.',
      ministack: 'Takes the text for 0 and adds to it.',
    },
  },
  transactionCapacity: {
    onAws: 'A put of a new item under 1 KB in a transaction consumes 2 write units (developer guide, Transactions).',
    reasons: { 'dynamodb-local': 'Counts 4 for a new item.' },
  },
  partWithTwoVerbs: {
    onAws: 'A part that holds a Put and a Delete is refused.',
    reasons: { ministack: 'Does one of them.' },
  },
  largeBatchRead: {
    onAws: 'BatchGetItem answers 16 MB at most and names the keys still to be read.',
    reasons: { ministack: 'Answers any size.' },
  },
  tags: {
    onAws: 'Tables have tags.',
    reasons: { 'dynamodb-local': 'Refuses: "Tagging is not currently supported in DynamoDB Local."' },
  },
} satisfies Readonly<Record<string, Difference>>;

/** Whether `engine` is known to differ from AWS in this. */
export function differs(engine: Engine, what: keyof typeof DIFFERENCES): boolean {
  return engine in DIFFERENCES[what].reasons;
}
