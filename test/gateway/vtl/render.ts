// What the template tests share: a template rendered over one small request.
import { renderTemplate } from '../../../src/gateway/vtl/render-template.ts';
import type { TemplateScope } from '../../../src/gateway/vtl/template-scope.ts';

export const scopeOf = (bodyText = '', more: Partial<TemplateScope> = {}): TemplateScope => ({
  input: {
    bodyText,
    params: { path: { id: '7' }, querystring: { q: 'a b', id: 'query' }, header: { 'X-One': 'H', id: 'header' } },
  },
  context: { stage: 'dev', requestTimeEpoch: 1700000000000, identity: { sourceIp: '203.0.113.9' } },
  stageVariables: { table: 'orders' },
  ...more,
});

export const render = (template: string, bodyText = ''): string => renderTemplate(template, scopeOf(bodyText)).text;

/** Renders each template and pairs it with its text, so that one expectation shows them all. */
export const renderAll = (templates: readonly string[], bodyText = ''): (readonly [string, string])[] =>
  templates.map((template) => [template, render(template, bodyText)] as const);
