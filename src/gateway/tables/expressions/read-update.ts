// Reads update expressions.

import { ExpressionReader, type Placeholders } from './expression-reader.ts';
import { type NewValue, type Path, typeOf, type UpdateAction } from './syntax.ts';

// Which fault is told first.
const RANK = {
  reserved: 0,
  unknownFunction: 1,
  section: 2,
  name: 3,
  value: 4,
  overlap: 5,
  conflict: 6,
  operand: 7,
  function: 8,
};
const SECTIONS = ['SET', 'REMOVE', 'ADD', 'DELETE'] as const;
const OF_CONDITIONS = new Set([
  'attribute_exists',
  'attribute_not_exists',
  'attribute_type',
  'begins_with',
  'contains',
  'size',
]);
const TYPE_NAMES: Readonly<Record<string, string>> = {
  S: 'STRING',
  N: 'NUMBER',
  B: 'BINARY',
  NULL: 'NULL',
  BOOL: 'BOOLEAN',
  L: 'LIST',
  M: 'MAP',
};

/** @throws ExpressionFault */
export function readUpdate(source: string, placeholders: Placeholders): readonly UpdateAction[] {
  return new UpdateReader(source, placeholders).whole();
}

class UpdateReader extends ExpressionReader {
  whole(): readonly UpdateAction[] {
    const actions: UpdateAction[] = [];
    const seen = new Set<string>();
    do {
      const section = this.tokens.takeAnyOf(SECTIONS);
      if (section === undefined) throw this.tokens.misplaced();
      if (seen.has(section)) {
        this.fail(RANK.section, `The "${section}" section can only be used once in an update expression;`);
      }
      seen.add(section);
      do actions.push(this.#action(section));
      while (this.tokens.takeIf(','));
    } while (this.tokens.peek().type !== 'end');
    this.checkPaths(
      actions.map(({ path }) => path),
      RANK.overlap,
      RANK.conflict,
    );
    this.finish();
    return actions;
  }

  #action(section: string): UpdateAction {
    const path = this.#path();
    if (section === 'REMOVE') return { type: 'remove', path };
    if (section === 'SET') {
      this.tokens.expect('=');
      return { type: 'set', path, to: this.#sum() };
    }
    if (this.tokens.peek().type !== 'valueRef') throw this.tokens.misplaced();
    const value = this.value(RANK.value);
    const name = TYPE_NAMES[typeOf(value)];
    if (name !== undefined && !(section === 'ADD' && name === 'NUMBER')) {
      this.fail(
        RANK.operand,
        `Incorrect operand type for operator or function; operator: ${section}, operand type: ${name}, typeSet: ALLOWED_FOR_${section}_OPERAND`,
      );
    }
    return { type: section === 'ADD' ? 'add' : 'delete', path, value };
  }

  /** One plus or minus: more are a syntax error. */
  #sum(): NewValue {
    const left = this.#operand();
    const operator = this.tokens.takeAnyOf(['+', '-']) as '+' | '-' | undefined;
    if (operator === undefined) return left;
    const right = this.#operand();
    for (const side of [left, right]) this.#checkType(operator, side, 'N');
    return { type: operator, left, right };
  }

  #operand(): NewValue {
    if (this.tokens.takeIf('(')) {
      const inner = this.#sum();
      this.tokens.expect(')');
      return inner;
    }
    const token = this.tokens.peek();
    if (token.type === 'valueRef') return { type: 'value', value: this.value(RANK.value) };
    if (token.type === 'name' && this.tokens.peek(1).text === '(') return this.#function();
    return { type: 'path', path: this.#path() };
  }

  #function(): NewValue {
    const name = this.tokens.take().text;
    this.tokens.expect('(');
    const operands = [this.#operand()];
    while (this.tokens.takeIf(',')) operands.push(this.#operand());
    this.tokens.expect(')');
    const [left = NOTHING, right = NOTHING] = operands;
    if (name !== 'if_not_exists' && name !== 'list_append') {
      this.fail(
        RANK.unknownFunction,
        OF_CONDITIONS.has(name)
          ? `The function is not allowed in an update expression; function: ${name}`
          : `Invalid function name; function: ${name}`,
      );
      return NOTHING;
    }
    if (operands.length !== 2) {
      this.fail(
        RANK.function,
        `Incorrect number of operands for operator or function; operator or function: ${name}, number of operands: ${operands.length}`,
      );
      return NOTHING;
    }
    if (name === 'list_append') {
      for (const side of [left, right]) this.#checkListOperand(side);
      return { type: 'list_append', left, right };
    }
    if (left.type === 'path') return { type: 'if_not_exists', path: left.path, otherwise: right };
    this.fail(RANK.function, `Operator or function requires a document path; operator or function: ${name}`);
    return NOTHING;
  }

  #checkListOperand(side: NewValue): void {
    if (side.type === 'list_append') {
      this.fail(
        RANK.unknownFunction,
        'The function is not allowed to be used this way in an expression; function: list_append',
      );
    }
    this.#checkType('list_append', side, 'L');
  }

  #checkType(operator: string, side: NewValue, wanted: string): void {
    const type = side.type === 'value' ? typeOf(side.value) : '';
    if (type === '' || type === wanted) return;
    this.fail(
      RANK.function,
      `Incorrect operand type for operator or function; operator or function: ${operator}, operand type: ${type}`,
    );
  }

  #path = (): Path => this.path(RANK.name, RANK.reserved);
}

const NOTHING: NewValue = { type: 'value', value: {} };
