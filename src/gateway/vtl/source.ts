// A template's text and the place reached in it. Every parse function takes one and moves it; a failure names the
// line and column in the whole template, also inside an interpolated string.
import { MAX_DEPTH } from './budget.ts';
import { TemplateError, type TemplatePosition } from './template-error.ts';
import type { Block, MacroNode } from './template-node.ts';

/** Where an offset of a text is; both count from 1. */
export const positionAt = (text: string, offset: number): TemplatePosition => {
  const before = text.slice(0, offset);
  const lineStart = Math.max(before.lastIndexOf('\n'), before.lastIndexOf('\r')) + 1;
  return { line: before.split(/\r\n|\n|\r/).length, column: offset - lineStart + 1 };
};

export interface SourceOptions {
  /** The outermost template, for positions. */
  readonly whole: string;
  /** Where `text` starts in it. */
  readonly base: number;
  readonly depth: number;
  /** Macros seen so far, the first of a name: a backslash before one is an escape. */
  readonly macros: Map<string, MacroNode>;
  /** Statements up to the end of the block or the text: what strings and directives hold. */
  readonly parseBlock: (source: Source) => Block;
}

export class Source {
  readonly text: string;
  readonly options: SourceOptions;
  at = 0;
  #depth: number;

  constructor(text: string, options: SourceOptions) {
    this.text = text;
    this.options = options;
    this.#depth = options.depth;
  }

  get atEnd(): boolean {
    return this.at >= this.text.length;
  }

  /** The offset in the whole template. */
  get offset(): number {
    return this.options.base + this.at;
  }

  peek(): string {
    return this.text.charAt(this.at);
  }

  /** Moves past `token` if it is next. */
  take(token: string): boolean {
    if (!this.text.startsWith(token, this.at)) return false;
    this.at += token.length;
    return true;
  }

  expect(token: string, where: string): void {
    if (!this.take(token)) this.fail(`expected '${token}' ${where}`);
  }

  /** What the sticky pattern matches here, without moving. */
  look(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    return pattern.exec(this.text)?.[0];
  }

  /** Moves past what the sticky pattern matches here. */
  match(pattern: RegExp): string | undefined {
    const found = this.look(pattern);
    this.at += found?.length ?? 0;
    return found;
  }

  skipWhitespace(): void {
    this.match(/[ \t\n\r]+/y);
  }

  /** Runs `parse` one level deeper. */
  nested<T>(parse: () => T): T {
    this.#depth += 1;
    if (this.#depth > MAX_DEPTH) this.fail('the template nests too deeply');
    const result = parse();
    this.#depth -= 1;
    return result;
  }

  /** The template inside a string literal that starts at `from` of this text. */
  inner(text: string, from: number): Source {
    return new Source(text, { ...this.options, base: this.options.base + from, depth: this.#depth + 1 });
  }

  fail(problem: string, at = this.at): never {
    const found = at >= this.text.length ? 'the end of the template' : `'${this.text.slice(at, at + 12)}'`;
    throw new TemplateError(`${problem}, found ${found}`, positionAt(this.options.whole, this.options.base + at));
  }
}

/** A text that is a template by itself: no block may end in it that did not start in it. */
export const parseWhole = (source: Source): Block => {
  const block = source.options.parseBlock(source);
  if (!source.atEnd) source.fail('a directive ends or continues a block that was never opened');
  return block;
};
