// How many functions in a row brought something about. As on AWS it travels in X-Amzn-Trace-Id, which the SDK of a
// function sends along by itself, so that a function that feeds its own trigger is noticed.
// https://docs.aws.amazon.com/lambda/latest/dg/invocation-recursion.html

/** "Lambda stops the next invocation after the function was invoked approximately 16 times in the same chain". */
export const LOOP_LIMIT = 16;

/** @param does what brings it about: `sends`, `writes` */
export const stoppedLoop = (functionName: string, does: string): string =>
  `${functionName} ${does} what calls it again: stopped after ${LOOP_LIMIT} calls in a row`;

/** `Lineage=1:00000000:3`, a part of the header. */
export const lineageOf = (depth: number): string => `Lineage=1:00000000:${depth}`;

/** @param trace X-Amzn-Trace-Id; 0 where it says nothing */
export const depthOf = (trace: string): number => Number(/\bLineage=[^;]*?:(\d+)(?:;|$)/.exec(trace)?.[1] ?? 0);
