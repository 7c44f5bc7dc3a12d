// Where an emulator answers the table tests otherwise than AWS does. The embedded tables have no entry: they follow AWS.
// Every entry is tested too, so that one which no longer holds fails.

export type Engine = 'embedded' | 'ministack' | 'dynamodb-local';

export interface Difference {
  readonly engine: Engine;
  /** What AWS, and so the embedded tables, does. */
  readonly onAws: string;
  readonly reason: string;
}

export const DIFFERENCES = {} as const satisfies Record<string, Difference>;
