// What API Gateway's own mappings cannot hold: a text around an expression in a parameter or header of a REST API or
// WebSocket API, which takes one of the two alone, and templates over its limit.

import type { ApiType } from './api-declaration.ts';
import { MAPPING_TEMPLATE_BYTES } from './limits.ts';
import { formatPath } from './problem-list.ts';
import type { ProjectPath } from './project.ts';
import { pluralOf } from './refusals.ts';
import type { RouteDraft, RoutesContext } from './resolve-routes.ts';

type Written = readonly [path: ProjectPath, text: unknown];

export function checkMappings(type: ApiType, routes: readonly RouteDraft[], context: RoutesContext): void {
  for (const { target, source } of routes) {
    if (target.type === 'aws') {
      const { headers, parameters, path, responses, template } = target.aws;
      const here = [...source, 'aws'];
      // The parameters of an action stand in a template, which can join texts.
      const places = path === undefined ? [] : below([...here, 'parameters'], parameters);
      checkTexts(type, [...below([...here, 'headers'], headers), ...places], context);
      checkAnswers(type, here, responses, context);
      checkTemplates([...here, 'template'], template, context);
    } else if ((target.type === 'handler' || target.type === 'url') && target.mapping !== undefined) {
      const { parameters, responses, template } = target.mapping;
      const here = [...source, 'mapping'];
      checkTexts(type, below([...here, 'parameters'], parameters), context);
      checkAnswers(type, here, responses, context);
      checkTemplates([...here, 'template'], template, context);
    }
  }
}

type Answers = Readonly<
  Record<string, { readonly headers?: Readonly<Record<string, string>>; readonly template?: string }>
>;

function checkAnswers(type: ApiType, here: ProjectPath, responses: Answers = {}, context: RoutesContext): void {
  for (const [status, { headers, template }] of Object.entries(responses)) {
    checkTexts(type, below([...here, 'responses', status, 'headers'], headers), context);
    checkTemplates([...here, 'responses', status, 'template'], template, context);
  }
}

const below = (path: ProjectPath, map: Readonly<Record<string, unknown>> = {}): readonly Written[] =>
  Object.entries(map).map(([key, text]) => [[...path, key], text]);

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/request-response-data-mappings.html */
function checkTexts(type: ApiType, texts: readonly Written[], { problems }: RoutesContext): void {
  if (type === 'http') return;
  for (const [path, text] of texts) {
    if (typeof text !== 'string' || !isMixed(text)) continue;
    problems.add(path, {
      code: 'MIXED_PARAMETER',
      message: `${formatPath(path)}: API Gateway maps one expression or a fixed text on ${pluralOf(type)}, not both in one value`,
      hint: 'Send the expression alone and join it behind the API, or set type: http.',
    });
  }
}

function isMixed(text: string): boolean {
  if (/^\$(?:request|response|context|stageVariables)(?:[.[]|$)/.test(text)) return false;
  const expressions = text.match(/\$\{[^{}]+\}/g) ?? [];
  return expressions.length > 1 || (expressions.length === 1 && expressions[0] !== text);
}

function checkTemplates(path: ProjectPath, template: unknown, { problems }: RoutesContext): void {
  const written: readonly Written[] =
    typeof template === 'string' ? [[path, template]] : below(path, template as Readonly<Record<string, unknown>>);
  for (const [at, text] of written) {
    const size = Buffer.byteLength(String(text));
    if (size <= MAPPING_TEMPLATE_BYTES) continue;
    problems.add(at, {
      code: 'TEMPLATE_TOO_LONG',
      message: `${formatPath(at)}: the template has ${size} bytes; API Gateway takes ${MAPPING_TEMPLATE_BYTES}`,
      hint: 'Shorten it, or answer with a handler.',
    });
  }
}
