// The small words the language's schemas are written with. Every rule says in one sentence what is wrong and, where
// it can, the edit that mends it; zod carries both to the problem list.

import * as z from 'zod';
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

/** What a name of the language may be; `allowed` says the pattern in words. */
export interface NameRule {
  readonly pattern: RegExp;
  /** Characters at most. */
  readonly length: number;
  readonly allowed: string;
}

/** Text that keeps a name's rule. */
export function nameOf(name: NameRule): z.ZodString {
  const judged = rule(z.string(), (value) => judgeName(value, name));
  return judged.meta({ pattern: name.pattern.source, maxLength: name.length });
}

/** Why a name is refused, with the nearest name that is allowed, or `undefined`. */
export function judgeName(value: string, { pattern, length, allowed }: NameRule): Fault | undefined {
  const code = 'INVALID_NAME';
  if (value.length > length) return { code, message: `is longer than ${length} characters` };
  if (pattern.test(value)) return undefined;
  const words = value.replace(/[^A-Za-z0-9]+/g, '-').replace(/^[^A-Za-z]+|-+$/g, '');
  const near = [words, words.toLowerCase(), words.replaceAll('-', '')].find((one) => pattern.test(one));
  return { code, message: `must be ${allowed}`, hint: near === undefined ? undefined : `Write ${near}` };
}

/** Lower-case words with hyphens, as projects, stages and APIs are called. */
export const LOWER_CASE_NAME: Omit<NameRule, 'length'> = {
  pattern: /^[a-z](?:[a-z0-9-]*[a-z0-9])?$/,
  allowed: 'lower-case letters, digits and -, beginning with a letter',
};
