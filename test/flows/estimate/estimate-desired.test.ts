// The cost side of a plan.

import { describe, expect, it } from '@jest/globals';
import { Chalk } from 'chalk';
import { checkUsage } from '../../../src/flows/estimate/check-usage.ts';
import { estimateChange, estimateDesired } from '../../../src/flows/estimate/estimate-desired.ts';
import {
  differenceDocument,
  differenceMarkdown,
  renderDifference,
} from '../../../src/flows/estimate/render-difference.ts';
import type { Shape } from '../../../src/flows/estimate/shape.ts';
import { shapeOfProject } from '../../../src/flows/estimate/shape-of-project.ts';
import { compareEstimates } from '../../../src/pricing/difference.ts';
import { parseProject } from '../../../src/project/parse-project.ts';
import type { Project } from '../../../src/project/project.ts';

const plain = { style: new Chalk({ level: 0 }), width: 80 };

function project(type: string, usage: string, models = '{ Product: src/product.ts }'): Project {
  const text = `
name: shop
region: us-east-1
models: ${models}
apis:
  public:
    type: ${type}
    auth: none
    routes:
      GET /products: src/list.handler
      POST /products: src/create.handler
${usage}`;
  const parsed = parseProject({
    text,
    file: '/shop/apigen.yml',
    root: '/shop',
    stage: undefined,
    region: undefined,
    fallbackRegion: undefined,
  });
  if (parsed.project === undefined) throw new Error(JSON.stringify(parsed.problems));
  return parsed.project;
}

const usage = 'usage: { requests: 10M, exclude: [data-transfer, cloudwatch] }';

describe('a change of a project', () => {
  it('from HTTP to REST costs $25.00 more at 10M requests', () => {
    const live = shapeOfProject(project('http', usage));
    const { difference, hasUsage } = estimateChange(project('rest', usage), live);
    expect(hasUsage).toBe(true);
    expect(difference.difference?.toFixed(2)).toBe('25.00');
  });

  it('that adds a route is priced under today’s usage on both sides', () => {
    const now = project(
      'http',
      'usage: { apis: { public: { routes: { "GET /products": { requests: 4M }, "POST /products": { requests: 6M } } } }, exclude: [data-transfer, cloudwatch, lambda, dynamodb] }',
    );
    const live: Shape = {
      ...shapeOfProject(now),
      apis: shapeOfProject(now).apis.map((api) => ({ ...api, routes: api.routes.slice(0, 1) })),
    };
    expect(estimateChange(now, live).difference.difference?.toFixed()).toBe('6');
  });

  it('with provisioned capacity shows without any usage', () => {
    const live = shapeOfProject(project('http', ''));
    const now = project('http', '', '{ Product: { file: src/product.ts, capacity: { read: 10, write: 10 } } }');
    const { difference, hasUsage } = estimateChange(now, live);
    expect(hasUsage).toBe(false);
    // 730 h x 10 x ($0.00013 + $0.00065)
    expect(difference.difference?.toFixed()).toBe('5.694');
  });

  it('keeps a shape that survives JSON, so that a release can hold it', () => {
    const { shape } = estimateChange(project('rest', usage), undefined);
    expect(JSON.parse(JSON.stringify(shape))).toEqual(shape);
  });

  it('with a broken usage is refused with the line in apigen.yml', () => {
    expect(() => estimateChange(project('http', 'usage: { requests: lots }'), undefined)).toThrow(
      expect.objectContaining({
        problems: [expect.objectContaining({ position: { file: '/shop/apigen.yml', line: 12, column: 20 } })],
      }),
    );
  });
});

describe('checking a usage', () => {
  it('finds what is wrong with it, and nothing where there is none', () => {
    expect(checkUsage(project('http', ''))).toEqual([]);
    expect(checkUsage(project('http', usage))).toEqual([]);
    expect(checkUsage(project('http', 'usage: { apis: { publc: {} } }'))).toMatchObject([
      { code: 'UNKNOWN_NAME', hint: 'Did you mean public?', position: { line: 12 } },
    ]);
  });
});

describe('the difference', () => {
  const of = (type: string) =>
    estimateDesired(shapeOfProject(project(type, '')), {
      exclude: ['data-transfer', 'cloudwatch', 'lambda', 'dynamodb'],
    });
  const change = () => estimateChange(project('rest', usage), shapeOfProject(project('http', usage))).difference;

  it('reads as text', () => {
    expect(renderDifference(change(), plain)).toBe(
      [
        'Monthly cost: $18.77 → $43.77 (+$25.00)',
        '  API Gateway, REST requests  $0.00 → $35.00  +$35.00',
        '  API Gateway, HTTP requests  $10.00 → $0.00  −$10.00',
        '  10,000,000 requests a month, free tier none, prices of 2026-11-22 in USD',
        '  without tax. Assumptions: apigen cost-estimate.',
      ].join('\n'),
    );
  });

  it('reads as Markdown for a pull request', () => {
    expect(differenceMarkdown(change()).split('\n').slice(0, 6)).toEqual([
      '### Monthly cost: $18.77 → $43.77 (+$25.00)',
      '',
      '| Service | Item | Before | After | Change |',
      '|---|---|--:|--:|--:|',
      '| API Gateway | REST requests | $0.00 | $35.00 | +$35.00 |',
      '| API Gateway | HTTP requests | $10.00 | $0.00 | −$10.00 |',
    ]);
  });

  it('is a document of exact amounts', () => {
    expect(differenceDocument(change())).toMatchObject({
      currency: 'USD',
      difference: '25.00',
      lines: [
        { service: 'api-gateway', item: 'REST requests', before: '0.00', after: '35.00', difference: '35.00' },
        { service: 'api-gateway', item: 'HTTP requests', before: '10.00', after: '0.00', difference: '-10.00' },
      ],
    });
  });

  it('of nothing says that there is none', () => {
    expect(renderDifference(compareEstimates(of('http'), of('http')), plain)).toContain(
      'Monthly cost: $0.00, no change',
    );
  });
});
