// A JsonPath's text and the place reached in it; a failure names both.
import { JsonPathError } from './json-path-error.ts';

/** Nesting of filters and parentheses. */
const MAX_DEPTH = 50;

export class PathCursor {
  readonly text: string;
  at = 0;
  #depth = 0;

  constructor(text: string) {
    this.text = text;
  }

  get atEnd(): boolean {
    return this.at >= this.text.length;
  }

  peek(): string {
    return this.text.charAt(this.at);
  }

  take(token: string): boolean {
    if (!this.text.startsWith(token, this.at)) return false;
    this.at += token.length;
    return true;
  }

  /** Moves past what the sticky pattern matches here. */
  match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0];
    this.at += found?.length ?? 0;
    return found;
  }

  skipBlanks(): void {
    this.match(/[ \t\n\r]+/y);
  }

  expect(token: string): void {
    this.skipBlanks();
    if (!this.take(token)) this.fail(`expected '${token}'`);
  }

  nested<T>(parse: () => T): T {
    this.#depth += 1;
    if (this.#depth > MAX_DEPTH) this.fail('it nests too deeply');
    const result = parse();
    this.#depth -= 1;
    return result;
  }

  /** Text in single or double quotes, where a backslash escapes the next character. */
  quoted(): string {
    const literal = this.match(/'(?:[^'\\]|\\[\s\S])*'|"(?:[^"\\]|\\[\s\S])*"/y);
    if (literal === undefined) this.fail('a quoted text does not end');
    return literal
      .slice(1, -1)
      .replace(/\\(u[0-9a-fA-F]{4}|[\s\S])/g, (_escape, char: string) => escapedCharacter(char));
  }

  fail(problem: string): never {
    const found = this.atEnd ? 'at its end' : `at '${this.text.slice(this.at, this.at + 12)}'`;
    throw new JsonPathError(this.text, `${problem} ${found}`);
  }
}

const escapedCharacter = (char: string): string => {
  if (char.length > 1) return String.fromCharCode(Number.parseInt(char.slice(1), 16));
  return { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' }[char] ?? char;
};
