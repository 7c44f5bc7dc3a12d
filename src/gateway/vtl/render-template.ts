// Mapping templates as API Gateway evaluates them: Velocity 1.7 with Java's values, `$input`, `$util`, `$context` and
// `$stageVariables`. A template is parsed once. Rendering is bounded in time, memory and depth, reaches no JavaScript
// object, and throws nothing but TemplateError.
import { Budget } from './budget.ts';
import { contextObject, readOverrides } from './context-object.ts';
import { BreakSignal, type Evaluation, RootVariables, StopSignal } from './evaluation.ts';
import { InputObject } from './input-object.ts';
import { JavaFailure } from './java-failure.ts';
import { JavaMap } from './java-value.ts';
import { type ParsedTemplate, parseTemplate } from './parse-template.ts';
import { renderBlock } from './render-block.ts';
import { TemplateError } from './template-error.ts';
import type { RenderedTemplate, TemplateScope } from './template-scope.ts';
import { TextSink } from './text-sink.ts';
import { UtilObject } from './util-object.ts';

export { TemplateError } from './template-error.ts';
export type {
  OverrideValues,
  RenderedTemplate,
  TemplateOverrides,
  TemplateParams,
  TemplateScope,
} from './template-scope.ts';

export interface CompiledTemplate {
  /** @throws TemplateError when the template fails: answer 500 `{"message":"Internal server error"}`. */
  render(scope: TemplateScope): RenderedTemplate;
}

const MAX_CACHED = 500;
const START = { line: 1, column: 1 };

const cache = new Map<string, CompiledTemplate>();

/**
 * Parses a template, or finds it parsed before.
 *
 * @throws TemplateError where it is no Velocity, which AWS refuses when the integration is made.
 */
export const compileTemplate = (template: string): CompiledTemplate => {
  const known = cache.get(template);
  if (known !== undefined) return known;
  const parsed = guarded(() => parseTemplate(template));
  const compiled = { render: (scope: TemplateScope) => guarded(() => render(parsed, scope)) };
  if (cache.size >= MAX_CACHED) cache.clear();
  cache.set(template, compiled);
  return compiled;
};

/**
 * Renders a mapping template. For a request and its response: the request template first, then the response template
 * with `overrides` of the first result in its scope, so that it sees them and the second result holds them all.
 *
 * @throws TemplateError when the template cannot be read or fails: answer 500 `{"message":"Internal server error"}`.
 */
export const renderTemplate = (template: string, scope: TemplateScope): RenderedTemplate =>
  compileTemplate(template).render(scope);

const render = (template: ParsedTemplate, scope: TemplateScope): RenderedTemplate => {
  const budget = new Budget();
  const context = contextObject(scope);
  const variables = new RootVariables([
    ['input', new InputObject(scope.input, budget)],
    ['util', new UtilObject(budget)],
    ['context', context],
    ['stageVariables', new JavaMap(Object.entries(scope.stageVariables))],
  ]);
  const { source, body, macros } = template;
  const evaluation: Evaluation = {
    variables,
    budget,
    macros: new Map(macros),
    source,
    callDepth: 0,
    render: renderBlock,
  };
  const sink = new TextSink(budget);
  try {
    renderBlock(body, evaluation, sink);
  } catch (error) {
    if (!(error instanceof StopSignal || error instanceof BreakSignal)) throw error;
  }
  return { text: sink.text(), overrides: readOverrides(context, budget) };
};

/** Only TemplateError gets out, also where a template nests deeper than the stack. */
const guarded = <T>(run: () => T): T => {
  try {
    return run();
  } catch (error) {
    if (error instanceof JavaFailure) throw new TemplateError(error.message, START, error);
    if (error instanceof RangeError) throw new TemplateError('the template or its data nests too deeply', START, error);
    throw error;
  }
};
