// Statements: renders a parsed block into a sink. Loops end after API Gateway's 1,000 iterations, macro calls after
// Velocity's 20 levels, a #define block after two within itself.
import { assign, evaluate, evaluateReference, isTrue } from './evaluate-expression.ts';
import { BreakSignal, CallVariables, type Evaluation, locate, StopSignal } from './evaluation.ts';
import { JavaFailure } from './java-failure.ts';
import { int } from './java-number.ts';
import { javaText } from './java-text.ts';
import { itemsOf, JavaHost, JavaIterator, JavaMap, type JavaValue } from './java-value.ts';
import { LoopScope } from './loop-scope.ts';
import { parseTemplate } from './parse-template.ts';
import { positionAt } from './source.ts';
import { TemplateError } from './template-error.ts';
import type { Block, CallNode, ReferenceNode, TemplateNode } from './template-node.ts';
import { TextSink } from './text-sink.ts';

/** API Gateway's limit of `#foreach`. */
const MAX_ITERATIONS = 1000;
const MAX_CALL_DEPTH = 20;
const MAX_DEFINE_DEPTH = 2;

type Node<Type extends TemplateNode['type']> = Extract<TemplateNode, { readonly type: Type }>;

/** @throws TemplateError; StopSignal and BreakSignal where the block says so. */
export const renderBlock = (block: Block, evaluation: Evaluation, sink: TextSink): void => {
  for (const node of block) {
    if (node.type === 'text') sink.write(node.text);
    else locate(evaluation, node.at, () => renderNode(node, evaluation, sink));
  }
};

const renderNode = (node: Exclude<TemplateNode, Node<'text'>>, evaluation: Evaluation, sink: TextSink): void => {
  evaluation.budget.step();
  switch (node.type) {
    case 'reference':
      renderReference(node, evaluation, sink);
      break;
    case 'set':
      renderSet(node, evaluation);
      break;
    case 'if': {
      const branch = node.branches.find(({ condition }) => isTrue(condition, evaluation));
      renderBlock(branch?.body ?? node.otherwise, evaluation, sink);
      break;
    }
    case 'foreach':
      renderForeach(node, evaluation, sink);
      break;
    case 'define':
      evaluation.variables.put(node.name, new DefinedBlock(node.body, evaluation));
      break;
    case 'macro':
      break;
    case 'call':
      renderCall(node, evaluation, sink);
      break;
    case 'evaluate':
      renderEvaluate(node, evaluation, sink);
      break;
    case 'break':
      breakOut(node, evaluation);
      break;
    case 'stop':
      throw new StopSignal('stop');
  }
};

/** A null, which only a division by zero or a range of no numbers gives, leaves the variable as it was. */
const renderSet = (node: Node<'set'>, evaluation: Evaluation): void => {
  const value = evaluate(node.value, evaluation);
  if (value !== null) assign(node.target, value, evaluation);
};

const renderReference = (node: ReferenceNode, evaluation: Evaluation, sink: TextSink): void => {
  const value = evaluateReference(node, evaluation);
  sink.write(node.prefix);
  if (node.escaped) sink.write(node.literal);
  else if (value instanceof DefinedBlock) sink.write(value.renderIn(evaluation) ?? node.literal);
  else sink.write(javaText(value, evaluation.budget) ?? '');
  sink.write(node.suffix ?? '');
};

const breakOut = (node: Node<'break'>, evaluation: Evaluation): never => {
  const scope = node.scope === undefined ? null : evaluate(node.scope, evaluation);
  if (node.scope !== undefined && !(scope instanceof LoopScope))
    throw new JavaFailure('#break takes a scope, as $foreach');
  throw new BreakSignal(scope);
};

/** Runs what an unscoped #break ends, and a #break of this scope. */
const untilBreak = (scope: JavaValue, run: () => void): boolean => {
  try {
    run();
    return false;
  } catch (error) {
    if (error instanceof BreakSignal && (error.scope === null || error.scope === scope)) return true;
    throw error;
  }
};

const iterated = (value: JavaValue): readonly JavaValue[] | undefined => {
  if (value instanceof JavaMap) return value.entries().map((entry) => entry.value);
  if (!(value instanceof JavaIterator)) return itemsOf(value);
  const items: JavaValue[] = [];
  while (items.length <= MAX_ITERATIONS && value.hasNext) items.push(value.next() ?? null);
  return items;
};

const renderForeach = (node: Node<'foreach'>, evaluation: Evaluation, sink: TextSink): void => {
  const items = iterated(evaluate(node.list, evaluation))?.slice();
  if (items === undefined) return;
  const { variables } = evaluation;
  const names = [node.variable, 'velocityCount', 'velocityHasNext'];
  const before = names.map((name) => [name, variables.get(name)] as const);
  const scope = new LoopScope(variables.get('foreach'));
  variables.put('foreach', scope);
  const restore = (): void => {
    for (const [name, value] of before) {
      if (value === null) variables.remove(name);
      else variables.put(name, value);
    }
    if (variables.get('foreach') !== scope) return;
    if (scope.replaced === null) variables.remove('foreach');
    else variables.put('foreach', scope.replaced);
  };
  try {
    for (const [index, item] of items.slice(0, MAX_ITERATIONS).entries()) {
      evaluation.budget.step();
      scope.move(index, index + 1 < items.length);
      variables.put('velocityCount', int(index + 1));
      variables.put('velocityHasNext', index + 1 < items.length);
      variables.put(node.variable, item);
      if (untilBreak(scope, () => renderBlock(node.body, evaluation, sink))) break;
    }
  } finally {
    restore();
  }
};

const renderCall = (node: CallNode, evaluation: Evaluation, sink: TextSink): void => {
  const macro = evaluation.macros.get(node.name);
  if (macro === undefined) {
    sink.write(node.literal);
    return;
  }
  if (node.hasWord) throw new JavaFailure(`#${node.name} takes references and literals, not bare words`);
  if (evaluation.callDepth >= MAX_CALL_DEPTH)
    throw new JavaFailure(`#${node.name} is called more than ${MAX_CALL_DEPTH} deep`);
  const args = node.args.map((argument) => () => evaluate(argument, evaluation));
  const variables = new CallVariables(
    evaluation.variables,
    macro.parameters.flatMap((name, index) => {
      const argument = args[index];
      return argument === undefined ? [] : [[name, argument] as const];
    }),
  );
  if (node.body !== undefined) variables.putOwn('bodyContent', new DefinedBlock(node.body, evaluation));
  const inner = { ...evaluation, variables, callDepth: evaluation.callDepth + 1 };
  untilBreak(null, () => renderBlock(macro.body, inner, sink));
};

const renderEvaluate = (node: Node<'evaluate'>, evaluation: Evaluation, sink: TextSink): void => {
  const text = javaText(evaluate(node.template, evaluation), evaluation.budget);
  if (text === null) return;
  if (evaluation.callDepth >= MAX_CALL_DEPTH) throw new JavaFailure(`#evaluate nests more than ${MAX_CALL_DEPTH} deep`);
  const parsed = parseTemplate(text);
  for (const [name, macro] of parsed.macros) if (!evaluation.macros.has(name)) evaluation.macros.set(name, macro);
  const inner = { ...evaluation, source: parsed.source, callDepth: evaluation.callDepth + 1 };
  try {
    untilBreak(null, () => renderBlock(parsed.body, inner, sink));
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    throw new TemplateError(`in #evaluate, ${error.problem}`, positionAt(evaluation.source, node.at), error);
  }
};

/** The body of a #define: rendered where and whenever the reference is, with the variables of then. */
class DefinedBlock extends JavaHost {
  readonly #body: Block;
  readonly #evaluation: Evaluation;
  #depth = 0;

  constructor(body: Block, evaluation: Evaluation) {
    super();
    this.#body = body;
    this.#evaluation = evaluation;
  }

  /** Null once it contains itself too often. */
  renderIn(evaluation: Evaluation): string | null {
    if (this.#depth >= MAX_DEFINE_DEPTH) return null;
    const sink = new TextSink(evaluation.budget);
    this.#depth += 1;
    try {
      untilBreak(null, () => renderBlock(this.#body, { ...evaluation, source: this.#evaluation.source }, sink));
    } finally {
      this.#depth -= 1;
    }
    return sink.text();
  }

  override text(): string | null {
    return this.renderIn(this.#evaluation);
  }
}
