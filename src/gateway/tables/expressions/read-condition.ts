// Reads condition, filter and key condition expressions.

import { ExpressionReader, type Placeholders } from './expression-reader.ts';
import {
  type Comparator,
  type Condition,
  type Operand,
  type Path,
  type Predicate,
  pathText,
  typeOf,
} from './syntax.ts';
import { wrongBounds } from './wrong-bounds.ts';

export interface ReadCondition {
  readonly condition: Condition;
  /** Every path in it, in order. */
  readonly paths: readonly Path[];
}

// Which fault is told first.
const RANK = { parentheses: 0, unknownFunction: 1, misusedFunction: 2, reserved: 3, firstCondition: 10 };
/** Within one comparison or function. */
const PART = { undefined: 0, count: 1, distinct: 2, type: 3 };
const PARTS = 4;

const OPERANDS: Readonly<Record<string, number>> = {
  attribute_exists: 1,
  attribute_not_exists: 1,
  attribute_type: 2,
  begins_with: 2,
  contains: 2,
  size: 1,
};
const OF_UPDATES = new Set(['if_not_exists', 'list_append']);
const COMPARATORS = ['=', '<>', '<=', '>=', '<', '>'] as const;
const TYPES = ['S', 'N', 'B', 'SS', 'NS', 'BS', 'BOOL', 'NULL', 'L', 'M'];
const ORDERED = ['S', 'N', 'B'];
const SIZED = TYPES.filter((type) => !['N', 'BOOL', 'NULL'].includes(type));

/** Anything between two operators: what it is shows only afterwards. */
type Node = (Operand | Condition | { readonly type: 'unknown' }) & { readonly inParentheses?: true };

/** @throws ExpressionFault */
export function readCondition(source: string, placeholders: Placeholders): ReadCondition {
  const reader = new ConditionReader(source, placeholders);
  const condition = reader.whole();
  return { condition, paths: reader.paths };
}

class ConditionReader extends ExpressionReader {
  readonly paths: Path[] = [];
  #part = 0;

  whole(): Condition {
    const condition = this.#asCondition(this.#or());
    this.finish();
    return condition;
  }

  #or(): Node {
    let left = this.#and();
    while (this.tokens.takeIf('OR')) {
      const right = this.#asCondition(this.#and());
      left = { type: 'or', left: this.#asCondition(left), right };
    }
    return left;
  }

  #and(): Node {
    let left = this.#not();
    while (this.#isCondition(left) && this.tokens.takeIf('AND')) {
      const right = this.#asCondition(this.#not());
      left = { type: 'and', left: this.#asCondition(left), right };
    }
    return left;
  }

  #not(): Node {
    if (this.tokens.takeIf('NOT')) return { type: 'not', of: this.#asCondition(this.#not()) };
    return this.#comparison();
  }

  #comparison(): Node {
    const first = this.#operandOrGroup();
    const operator = this.tokens.takeAnyOf(COMPARATORS) as Comparator | undefined;
    if (operator !== undefined) {
      const operands = [first, this.#operandOrGroup()].map((node) => this.#asOperand(node));
      this.#checkOperands(operator, operands, operator !== '=' && operator !== '<>');
      this.#part += 1;
      const [left, right] = operands as [Operand, Operand];
      return { type: 'compare', operator, left, right };
    }
    if (this.tokens.takeIf('BETWEEN')) {
      const low = this.#operandOrGroup();
      this.tokens.expect('AND');
      const operands = [first, low, this.#operandOrGroup()].map((node) => this.#asOperand(node));
      this.#checkOperands('BETWEEN', operands, true);
      const [of, from, to] = operands as [Operand, Operand, Operand];
      const wrong = wrongBounds(from, to);
      if (wrong !== undefined) this.#failPart(PART.type, wrong);
      this.#part += 1;
      return { type: 'between', of, low: from, high: to };
    }
    if (this.tokens.takeIf('IN')) {
      this.tokens.expect('(');
      const among = this.#list();
      const of = this.#asOperand(first);
      this.#checkOperands('IN', [of, ...among], false);
      this.#part += 1;
      return { type: 'in', of, among };
    }
    return first;
  }

  /** The rest of a list of operands, with its closing parenthesis. */
  #list(): Operand[] {
    const operands = [this.#asOperand(this.#operandOrGroup())];
    while (this.tokens.takeIf(',')) operands.push(this.#asOperand(this.#operandOrGroup()));
    this.tokens.expect(')');
    return operands;
  }

  #operandOrGroup(): Node {
    if (this.tokens.takeIf('(')) {
      const inner = this.#or();
      this.tokens.expect(')');
      if (inner.inParentheses) this.fail(RANK.parentheses, 'The expression has redundant parentheses;');
      return { ...inner, inParentheses: true };
    }
    const token = this.tokens.peek();
    if (token.type === 'valueRef') return { type: 'value', value: this.value(this.#rank(PART.undefined)) };
    if (token.type === 'name' && this.tokens.peek(1).text === '(') return this.#function();
    const path = this.path(this.#rank(PART.undefined), RANK.reserved);
    this.paths.push(path);
    return { type: 'path', path };
  }

  #function(): Node {
    const name = this.tokens.take().text;
    this.tokens.expect('(');
    const operands = this.#list();
    const count = Object.hasOwn(OPERANDS, name) ? OPERANDS[name] : undefined;
    if (count === undefined) {
      this.fail(
        RANK.unknownFunction,
        OF_UPDATES.has(name)
          ? `The function is not allowed in a condition expression; function: ${name}`
          : `Invalid function name; function: ${name}`,
      );
      return { type: 'unknown' };
    }
    if (operands.length !== count) {
      this.#failPart(
        PART.count,
        `Incorrect number of operands for operator or function; operator or function: ${name}, number of operands: ${operands.length}`,
      );
    }
    this.#checkFunction(name, operands);
    const [of = { type: 'value', value: {} } as const] = operands;
    if (name === 'size') return { type: 'size', of };
    this.#part += 1;
    return { type: 'predicate', name: name as Predicate, operands };
  }

  #checkFunction(name: string, operands: readonly Operand[]): void {
    this.#checkDistinct(name, operands);
    const [first, second] = operands;
    if (name.endsWith('exists') && first?.type !== 'path') {
      this.#failPart(PART.type, `Operator or function requires a document path; operator or function: ${name}`);
    }
    if (name === 'begins_with') for (const operand of operands) this.#checkType(name, operand, ['S', 'B']);
    if (name === 'size' && first !== undefined) this.#checkType(name, first, SIZED);
    if (name !== 'attribute_type' || second === undefined) return;
    if (second.type !== 'value') this.#wrongType(name, `{${TYPES.join(',')}}`);
    else if (typeOf(second.value) !== 'S') this.#wrongType(name, typeOf(second.value));
    else if (!TYPES.includes(String(second.value['S']))) {
      const found = String(second.value['S']);
      this.#failPart(PART.type, `Invalid attribute type name found; type: ${found}, valid types: {${TYPES.join(',')}}`);
    }
  }

  #checkOperands(operator: string, operands: readonly Operand[], ordered: boolean): void {
    this.#checkDistinct(operator, operands);
    if (ordered) for (const operand of operands) this.#checkType(operator, operand, ORDERED);
  }

  #checkDistinct(operator: string, [first, ...others]: readonly Operand[]): void {
    if (first?.type !== 'path') return;
    const same = others.some((other) => other.type === 'path' && pathText(other.path) === pathText(first.path));
    if (!same) return;
    this.#failPart(
      PART.distinct,
      `The first operand must be distinct from the remaining operands for this operator or function; operator: ${operator}, first operand: ${pathText(first.path)}`,
    );
  }

  #checkType(operator: string, operand: Operand, allowed: readonly string[]): void {
    const type = operand.type === 'value' ? typeOf(operand.value) : operand.type === 'size' ? 'N' : undefined;
    if (type !== undefined && type !== '' && !allowed.includes(type)) this.#wrongType(operator, type);
  }

  #wrongType(operator: string, type: string): void {
    this.#failPart(
      PART.type,
      `Incorrect operand type for operator or function; operator or function: ${operator}, operand type: ${type}`,
    );
  }

  #rank = (part: number): number => RANK.firstCondition + this.#part * PARTS + part;

  #failPart(part: number, message: string): void {
    this.fail(this.#rank(part), message);
  }

  #isCondition(node: Node): node is Condition {
    return node.type !== 'path' && node.type !== 'value' && node.type !== 'size' && node.type !== 'unknown';
  }

  #asCondition(node: Node): Condition {
    if (this.#isCondition(node)) return node;
    if (node.type === 'size') this.#misused('size');
    else if (node.type !== 'unknown') throw this.tokens.misplaced();
    return { type: 'predicate', name: 'attribute_exists', operands: [] };
  }

  #asOperand(node: Node): Operand {
    if (node.type === 'path' || node.type === 'value' || node.type === 'size') return node;
    if (node.type === 'predicate') this.#misused(node.name);
    else if (node.type !== 'unknown') throw this.tokens.misplaced();
    return { type: 'value', value: {} };
  }

  #misused(name: string): void {
    this.fail(
      RANK.misusedFunction,
      `The function is not allowed to be used this way in an expression; function: ${name}`,
    );
  }
}
