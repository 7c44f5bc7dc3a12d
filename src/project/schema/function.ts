// `functions:`: functions that no route calls, and the settings of handlers that several routes share.

import * as z from 'zod';
import { NAME_LENGTHS } from '../limits.ts';
import { access } from './access.ts';
import { functionSettings } from './function-settings.ts';
import { handler } from './handler.ts';
import { type NameRule, nameOf } from './rule.ts';
import { triggers } from './trigger.ts';

/** What a function may be called. */
export const FUNCTION_NAME: NameRule = {
  pattern: /^[A-Za-z][A-Za-z0-9_-]*$/,
  length: NAME_LENGTHS.function,
  allowed: 'letters, digits, - and _, beginning with a letter',
};

const settings = z.strictObject({
  handler,
  on: triggers.exactOptional(),
  access: access.exactOptional(),
  ...functionSettings,
});

/** `functions:` by logical name; a bare string is its handler. */
export const functions = z
  .record(nameOf(FUNCTION_NAME), z.union([handler, settings]))
  .describe(
    "Functions that no route calls, or the settings of a handler that several routes share. The key is the function's logical name.",
  );

/** One function as written, short form expanded. */
export type FunctionEntry = z.infer<typeof settings>;
