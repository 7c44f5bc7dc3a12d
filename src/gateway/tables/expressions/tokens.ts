// Splits an expression into tokens, and says of a misplaced one what DynamoDB says: the token, and what stands near it.

export interface Token {
  readonly type: 'name' | 'nameRef' | 'valueRef' | 'number' | 'symbol' | 'end';
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** What is wrong with an expression, without which expression it is. */
export class ExpressionFault extends Error {}

const PATTERNS: readonly (readonly [Token['type'], RegExp])[] = [
  ['name', /[A-Za-z][A-Za-z0-9_]*/y],
  ['nameRef', /#[A-Za-z0-9_]+/y],
  ['valueRef', /:[A-Za-z0-9_]+/y],
  ['number', /[0-9]+/y],
  ['symbol', /<>|<=|>=|[\s\S]/y],
];
const SPACE = /\s*/y;

export class Tokens {
  readonly #source: string;
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(source: string) {
    this.#source = source;
    this.#tokens = tokenize(source);
  }

  peek(ahead = 0): Token {
    return this.#tokens[this.#at + ahead] ?? this.#end();
  }

  take(): Token {
    const token = this.peek();
    if (token.type !== 'end') this.#at += 1;
    return token;
  }

  /** Takes the token if it is this symbol, or this keyword in any case. */
  takeIf(text: string): boolean {
    const found = this.#is(text);
    if (found) this.take();
    return found;
  }

  takeAnyOf(texts: readonly string[]): string | undefined {
    return texts.find((text) => this.takeIf(text));
  }

  expect(text: string): void {
    if (!this.takeIf(text)) throw this.misplaced();
  }

  /** The next token has no business here. */
  misplaced(): ExpressionFault {
    const token = this.peek();
    const before = this.#tokens[this.#at - 1];
    const after = this.#tokens[this.#at + 1];
    const near = this.#source.slice(
      (before ?? token).start,
      (after ?? (token.type === 'end' ? before : token) ?? token).end,
    );
    const shown = token.type === 'end' ? '<EOF>' : token.text;
    return new ExpressionFault(`Syntax error; token: "${shown}", near: "${near === '' ? this.#source : near}"`);
  }

  #is(text: string): boolean {
    const token = this.peek();
    return token.type === 'name' ? token.text.toUpperCase() === text : token.type === 'symbol' && token.text === text;
  }

  #end(): Token {
    return { type: 'end', text: '', start: this.#source.length, end: this.#source.length };
  }
}

function tokenize(source: string): readonly Token[] {
  const tokens: Token[] = [];
  for (let at = skipSpace(source, 0); at < source.length; at = skipSpace(source, at)) {
    for (const [type, pattern] of PATTERNS) {
      pattern.lastIndex = at;
      const text = pattern.exec(source)?.[0];
      if (text === undefined) continue;
      tokens.push({ type, text, start: at, end: at + text.length });
      at += text.length;
      break;
    }
  }
  return tokens;
}

function skipSpace(source: string, at: number): number {
  SPACE.lastIndex = at;
  SPACE.exec(source);
  return SPACE.lastIndex;
}
