// The terminal behind a small port: commands say what they have, a renderer decides how it looks
// (a terminal, a pipe, JSON). Results go to stdout, progress and notes to stderr.

import type { ChalkInstance } from 'chalk';

export interface Ui {
  /** `--json`: results are one JSON document (or NDJSON for streams), nothing else reaches stdout. */
  readonly json: boolean;
  /** A person is there: stdin and stderr are terminals, no `--json`, no CI. Prompts are allowed only then. */
  readonly interactive: boolean;
  readonly debug: boolean;
  /** Columns to lay out for; 80 where there is no terminal. */
  readonly width: number;
  /** Colours for stdout; without colour support it returns text unchanged. */
  readonly style: ChalkInstance;
  /** One document of result: `document` with `--json`, `text()` otherwise. */
  result(document: unknown, text: () => string): void;
  /** One line of a stream of results (NDJSON with `--json`); `soon`: many of one moment may share a write. */
  line(document: unknown, text: () => string, when?: 'now' | 'soon'): void;
  /** A remark for a person, to stderr; silent with `--json`. */
  note(text: string): void;
  /** A warning, to stderr, also with `--json`. */
  warn(text: string): void;
  /** A spinner on a terminal, plain lines elsewhere, nothing with `--json`. */
  progress(text: string): Progress;
  /** Throws a UsageError naming `flag` where nobody is there to ask. */
  confirm(question: string, flag: string): Promise<boolean>;
  /** The person must type `word`; `flag` is what to give where nobody is there. */
  confirmTyped(question: string, word: string, flag: string): Promise<boolean>;
  ask(
    question: string,
    options: { readonly flag: string; readonly default?: string; validate?(value: string): true | string },
  ): Promise<string>;
  /**
   * Single keys of a person at the terminal (`r`; `ctrl-c`, which is no signal meanwhile) until the returned function
   * is called. Where nobody is there none ever come.
   */
  onKey?(listener: (key: string) => void): () => void;
  /** Resolves when stdin ends: whoever holds its other end closed it, or died. */
  inputEnds(): Promise<void>;
  /** Empties the screen; nothing where there is none. */
  clear?(): void;
  choose<T extends string>(
    question: string,
    choices: readonly { readonly value: T; readonly name: string }[],
    options: { readonly flag: string; readonly default?: T },
  ): Promise<T>;
}

export interface Progress {
  update(text: string): void;
  /** A finished thing, kept on the screen above the moving line. */
  log(text: string): void;
  succeed(text?: string): void;
  fail(text?: string): void;
  stop(): void;
}
