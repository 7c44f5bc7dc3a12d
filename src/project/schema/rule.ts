// The small words the language's schemas are written with. Every rule says in one sentence what is wrong and, where
// it can, the edit that mends it; zod carries both to the problem list.

import { z } from 'zod';
import type { Range } from '../limits.ts';

/** Why a value is refused. The message goes on from the value's path: `must be …`. */
export interface Fault {
  readonly message: string;
  readonly hint?: string | undefined;
  /** Default `INVALID_VALUE`. */
  readonly code?: string;
}

/** What a rule leaves in zod's issue, read back by `shape-problems.ts`. */
export interface FaultParams {
  readonly code: string;
  readonly hint: string | undefined;
}

/** `schema`, refusing what `judge` finds a fault with. */
export function rule<S extends z.ZodType>(schema: S, judge: (value: z.output<S>) => Fault | undefined): S {
  return schema.superRefine((value, context) => {
    const fault = judge(value);
    if (fault === undefined) return;
    const params: FaultParams = { code: fault.code ?? 'INVALID_VALUE', hint: fault.hint };
    context.addIssue({ code: 'custom', message: fault.message, params: { ...params } });
  });
}

/** A whole number within AWS's range; `unit` as in `MB`. */
export function wholeNumber(range: Range, unit: string): z.ZodInt {
  const from = range.min.toLocaleString('en-US');
  const to = range.max.toLocaleString('en-US');
  const error = `must be a whole number of ${unit} from ${from} to ${to}`;
  return z.int({ error }).min(range.min, { error }).max(range.max, { error });
}

/** A name that matches `pattern` and is at most `length` characters; `allowed` says the pattern in words. */
export function nameOf(pattern: RegExp, length: number, allowed: string): z.ZodString {
  return rule(z.string(), (name) => {
    if (name.length > length) return { code: 'INVALID_NAME', message: `is longer than ${length} characters` };
    if (!pattern.test(name)) return { code: 'INVALID_NAME', message: `must be ${allowed}` };
    return undefined;
  }).meta({ pattern: pattern.source, maxLength: length });
}
