// What reading any kind of expression shares: paths, names and values, and which of several faults is told.

import type { AttributeValue } from '../dynalite.ts';
import { isReserved } from './reserved-words.ts';
import { type Path, pathText } from './syntax.ts';
import { ExpressionFault, Tokens } from './tokens.ts';

/** The names and values of one request, and which of them its expressions used. */
export interface Placeholders {
  readonly names: Readonly<Record<string, string>>;
  readonly values: Readonly<Record<string, AttributeValue>>;
  readonly used: Set<string>;
}

export class ExpressionReader {
  readonly tokens: Tokens;
  readonly #placeholders: Placeholders;
  #worst: { readonly rank: number; readonly message: string } | undefined;

  constructor(source: string, placeholders: Placeholders) {
    if (source === '') throw new ExpressionFault('The expression can not be empty;');
    this.tokens = new Tokens(source);
    this.#placeholders = placeholders;
  }

  /** Of several faults DynamoDB tells the one of the lowest rank, and the first of its rank. */
  fail(rank: number, message: string): void {
    if (this.#worst === undefined || rank < this.#worst.rank) this.#worst = { rank, message };
  }

  /** @throws ExpressionFault for what is left, and for the worst fault noted */
  finish(): void {
    if (this.tokens.peek().type !== 'end') throw this.tokens.misplaced();
    if (this.#worst !== undefined) throw new ExpressionFault(this.#worst.message);
  }

  /** @param rank of a name that is not defined, `reservedRank` of a reserved word */
  path(rank: number, reservedRank: number): Path {
    const path: (string | number)[] = [this.#name(rank, reservedRank)];
    for (;;) {
      if (this.tokens.takeIf('.')) path.push(this.#name(rank, reservedRank));
      else if (this.tokens.takeIf('[')) {
        if (this.tokens.peek().type !== 'number') throw this.tokens.misplaced();
        path.push(Number(this.tokens.take().text));
        this.tokens.expect(']');
      } else return path;
    }
  }

  value(rank: number): AttributeValue {
    const name = this.tokens.take().text;
    const value = Object.hasOwn(this.#placeholders.values, name) ? this.#placeholders.values[name] : undefined;
    if (value === undefined) {
      this.fail(rank, `An expression attribute value used in expression is not defined; attribute value: ${name}`);
      return {};
    }
    this.#placeholders.used.add(name);
    return value;
  }

  /** Two paths of which one is part of the other, or that take one thing for a map and a list. */
  checkPaths(paths: readonly Path[], overlapRank: number, conflictRank: number): void {
    for (const [index, second] of paths.entries()) {
      for (const first of paths.slice(0, index)) {
        const at = first.findIndex((piece, depth) => piece !== second[depth]);
        const apart = at === -1 ? undefined : [first[at], second[at]];
        if (apart !== undefined && apart[1] !== undefined && typeof apart[0] === typeof apart[1]) continue;
        const overlaps = apart === undefined || apart[1] === undefined;
        const what = overlaps ? 'overlap' : 'conflict';
        this.fail(
          overlaps ? overlapRank : conflictRank,
          `Two document paths ${what} with each other; must remove or rewrite one of these paths; path one: ${pathText(first)}, path two: ${pathText(second)}`,
        );
      }
    }
  }

  #name(rank: number, reservedRank: number): string {
    const token = this.tokens.peek();
    if (token.type === 'name') {
      this.tokens.take();
      if (isReserved(token.text)) {
        this.fail(reservedRank, `Attribute name is a reserved keyword; reserved keyword: ${token.text}`);
      }
      return token.text;
    }
    if (token.type !== 'nameRef') throw this.tokens.misplaced();
    this.tokens.take();
    const { names, used } = this.#placeholders;
    const name = Object.hasOwn(names, token.text) ? names[token.text] : undefined;
    if (name === undefined) {
      this.fail(
        rank,
        `An expression attribute name used in the document path is not defined; attribute name: ${token.text}`,
      );
      return token.text;
    }
    used.add(token.text);
    return name;
  }
}
