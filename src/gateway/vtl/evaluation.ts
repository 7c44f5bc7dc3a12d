// What one rendering carries along: its variables, its bounds, its macros. Variables of a macro's call lie over the
// caller's: an argument is evaluated anew at every use, and an assignment reaches the caller, as in Velocity 1.7.
import type { Budget } from './budget.ts';
import { JavaFailure } from './java-failure.ts';
import type { JavaValue } from './java-value.ts';
import { positionAt } from './source.ts';
import { TemplateError } from './template-error.ts';
import type { Block, MacroNode } from './template-node.ts';
import type { TextSink } from './text-sink.ts';

export interface Variables {
  get(name: string): JavaValue;
  put(name: string, value: JavaValue): void;
  remove(name: string): void;
}

export class RootVariables implements Variables {
  readonly #values: Map<string, JavaValue>;

  constructor(values: Iterable<readonly [string, JavaValue]>) {
    this.#values = new Map(values);
  }

  get(name: string): JavaValue {
    return this.#values.get(name) ?? null;
  }

  put(name: string, value: JavaValue): void {
    this.#values.set(name, value);
  }

  remove(name: string): void {
    this.#values.delete(name);
  }
}

export class CallVariables implements Variables {
  readonly #caller: Variables;
  readonly #args: Map<string, () => JavaValue>;
  readonly #own = new Map<string, JavaValue>();

  constructor(caller: Variables, args: Iterable<readonly [string, () => JavaValue]>) {
    this.#caller = caller;
    this.#args = new Map(args);
  }

  get(name: string): JavaValue {
    const own = this.#own.get(name) ?? null;
    if (own !== null) return own;
    const argument = this.#args.get(name);
    return argument === undefined ? this.#caller.get(name) : argument();
  }

  put(name: string, value: JavaValue): void {
    this.#own.set(name, value);
    this.#caller.put(name, value);
  }

  /** A value that the caller does not see: the body of a `#@name()` call. */
  putOwn(name: string, value: JavaValue): void {
    this.#own.set(name, value);
  }

  remove(name: string): void {
    this.#own.delete(name);
    this.#args.delete(name);
    this.#caller.remove(name);
  }
}

export interface Evaluation {
  readonly variables: Variables;
  readonly budget: Budget;
  readonly macros: Map<string, MacroNode>;
  /** The template's text, for positions. */
  readonly source: string;
  /** How many macro calls are open. */
  readonly callDepth: number;
  /** Strings hold templates, so expressions render; given, not imported, to keep statements above expressions. */
  readonly render: (block: Block, evaluation: Evaluation, sink: TextSink) => void;
}

/** #stop: nothing more is rendered. */
export class StopSignal extends Error {}

/** #break: ends the named loop, or else the nearest loop, macro call, #define or #evaluate. */
export class BreakSignal extends Error {
  readonly scope: JavaValue;

  constructor(scope: JavaValue) {
    super('break');
    this.scope = scope;
  }
}

/** Runs what is at `at`; a Java exception in it becomes the template's error. */
export const locate = <T>(evaluation: Evaluation, at: number, run: () => T): T => {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof JavaFailure)) throw error;
    throw new TemplateError(error.message, positionAt(evaluation.source, at), error);
  }
};
