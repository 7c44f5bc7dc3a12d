// Every failure a person can meet is an ApigenError: a stable code, one line that names the thing,
// the detail, and a hint that is a command or an edit. Nothing here knows the terminal or AWS.

/** What AWS said, kept with a translated error so that a person can look the request up. */
export interface AwsTrace {
  readonly service: string;
  readonly operation: string;
  readonly requestId?: string | undefined;
  /** AWS's own error name, as `ResourceConflictException`. */
  readonly name?: string | undefined;
  readonly status?: number | undefined;
}

export interface ApigenErrorInit {
  /** Stable, upper snake case: `ROLE_NOT_READY`. Scripts may match on it. */
  readonly code: string;
  /** One line that names the thing: `Cannot create function shop-dev-products-create`. */
  readonly summary: string;
  /** Why, in a sentence or a few lines. */
  readonly detail?: string | undefined;
  /** A command to run or an edit to make: `apigen deploy`. */
  readonly hint?: string | undefined;
  readonly cause?: unknown;
  readonly aws?: AwsTrace | undefined;
  /** 1 failed, 2 wrong usage, 3 "there is something", 130 interrupted. Default 1. */
  readonly exitCode?: number | undefined;
}

export class ApigenError extends Error {
  readonly code: string;
  readonly summary: string;
  readonly detail: string | undefined;
  readonly hint: string | undefined;
  readonly aws: AwsTrace | undefined;
  readonly exitCode: number;

  constructor(init: ApigenErrorInit) {
    super(init.summary, init.cause === undefined ? undefined : { cause: init.cause });
    this.name = 'ApigenError';
    this.code = init.code;
    this.summary = init.summary;
    this.detail = init.detail;
    this.hint = init.hint;
    this.aws = init.aws;
    this.exitCode = init.exitCode ?? 1;
  }
}

/** The command line itself is wrong: exit 2. */
export class UsageError extends ApigenError {
  constructor(init: Omit<ApigenErrorInit, 'exitCode'>) {
    super({ ...init, exitCode: 2 });
    this.name = 'UsageError';
  }
}

/** A place in a file that a person edits; `line` and `column` count from 1. */
export interface Position {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** One thing wrong in the project, with where it stands and what to do. */
export interface Problem {
  readonly code: string;
  readonly message: string;
  readonly hint?: string | undefined;
  readonly position?: Position | undefined;
}

const IN_PROJECT = { code: 'INVALID_PROJECT', hint: 'apigen check' };

/** All problems of a project at once, as `apigen check` lists them. */
export class InvalidProjectError extends ApigenError {
  readonly problems: readonly Problem[];

  /** `init` says it of another file than apigen.yml: a usage file has a code of its own and nothing to `check`. */
  constructor(
    summary: string,
    problems: readonly Problem[],
    init: Pick<ApigenErrorInit, 'code' | 'hint'> = IN_PROJECT,
  ) {
    super({ ...init, summary });
    this.name = 'InvalidProjectError';
    this.problems = problems;
  }
}

/** Several independent failures of one run: none hides another. */
export class ManyErrors extends ApigenError {
  readonly errors: readonly ApigenError[];

  constructor(init: ApigenErrorInit, errors: readonly ApigenError[]) {
    super(init);
    this.name = 'ManyErrors';
    this.errors = errors;
  }
}
