// How a command is declared: a typed value that `cli/` turns into commander's words, help and completion.
// A command reads its input and the context; it never touches process, the terminal or AWS clients itself.

import type { Ui } from '../ui/ui.ts';

export interface ArgumentSpec {
  readonly name: string;
  readonly summary: string;
  readonly required: boolean;
  readonly variadic?: boolean;
}

export interface OptionSpec {
  /** commander's flags: `-s, --stage <name>`, `--yes`, `--no-color`. */
  readonly flags: string;
  readonly summary: string;
  readonly default?: string | boolean;
  readonly choices?: readonly string[];
  /** May be given several times; the value is then a list. */
  readonly repeatable?: boolean;
}

/** What was typed: positional arguments by name and options by commander's camel-case name. */
export interface CommandInput {
  readonly arguments: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly options: Readonly<Record<string, string | boolean | readonly string[] | undefined>>;
}

export interface CommandContext {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly ui: Ui;
  /** Aborted by the first Ctrl-C: drain and stop. */
  readonly signal: AbortSignal;
}

export interface Command {
  /** `deploy`; a subcommand is `local start`. */
  readonly name: string;
  /** One line for the list of commands. */
  readonly summary: string;
  /** A few sentences for its own help. */
  readonly description?: string;
  readonly arguments?: readonly ArgumentSpec[];
  readonly options?: readonly OptionSpec[];
  /** Typed as a person would, shown at the end of its help. */
  readonly examples: readonly string[];
  /** The exit code; failures are thrown as ApigenError. */
  run(input: CommandInput, context: CommandContext): Promise<number>;
}
