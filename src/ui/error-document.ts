// An error as a script reads it under --json: the same facts as the rendered one, in stable fields.

import { type ApigenError, type AwsTrace, InvalidProjectError, ManyErrors, type Problem } from '../errors.ts';

export interface ErrorDocument {
  readonly error: ErrorFields;
}

export interface ErrorFields {
  readonly code: string;
  readonly summary: string;
  readonly detail?: string;
  readonly hint?: string;
  readonly aws?: AwsTrace;
  /** What is wrong in the project, each with its file, line and column. */
  readonly problems?: readonly Problem[];
  /** The failures that this one stands for. */
  readonly errors?: readonly ErrorFields[];
  /** With --debug. */
  readonly stack?: string;
}

export function errorDocument(error: ApigenError, debug: boolean): ErrorDocument {
  return { error: fields(error, debug) };
}

function fields(error: ApigenError, debug: boolean): ErrorFields {
  return {
    code: error.code,
    summary: error.summary,
    ...(error.detail === undefined ? {} : { detail: error.detail }),
    ...(error.hint === undefined ? {} : { hint: error.hint }),
    ...(error.aws === undefined ? {} : { aws: error.aws }),
    ...(error instanceof InvalidProjectError ? { problems: error.problems } : {}),
    ...(error instanceof ManyErrors ? { errors: error.errors.map((one) => fields(one, debug)) } : {}),
    ...(debug && error.stack !== undefined ? { stack: error.stack } : {}),
  };
}
