import { describe, expect, it } from '@jest/globals';
import { renderTemplate } from '../../../src/gateway/vtl/render-template.ts';
import { render, scopeOf } from './render.ts';

describe('$context and $stageVariables', () => {
  it('give values by name, and maps inside $context print nothing', () => {
    expect(
      render('$context.stage $context.requestTimeEpoch $context.identity.sourceIp [$context.identity][$context]'),
    ).toBe('dev 1700000000000 203.0.113.9 [][]');
    expect(render(`$stageVariables.table \${stageVariables["table"]} [$stageVariables.nope]`)).toBe('orders orders []');
  });

  it('list their keys, the override maps among them', () => {
    expect(render('#foreach($k in $context.keySet())$k="$context.get($k)" #end')).toBe(
      'stage="dev" requestTimeEpoch="1700000000000" identity="" requestOverride="" responseOverride="" ',
    );
  });
});

describe('overrides', () => {
  it('come out of every form of assignment', () => {
    const { overrides, text } = renderTemplate(
      `#set($k = "b")#set($context.requestOverride.header.X-A = "1")#set($context.requestOverride.querystring[$k] = "2")
$context.requestOverride.path.put("id", 3)#set($context["responseOverride"].header["Set-Cookie"] = ["a=1", "b=2"])
#set($context.responseOverride.status = 418)`,
      scopeOf(),
    );
    expect(text).toBe('');
    expect(overrides).toEqual({
      requestHeaders: { 'X-A': ['1'] },
      requestQuery: { b: ['2'] },
      requestPath: { id: '3' },
      responseHeaders: { 'Set-Cookie': ['a=1', 'b=2'] },
      responseStatus: 418,
      raw: {
        requestOverride: { header: { 'X-A': '1' }, path: { id: 3 }, querystring: { b: '2' } },
        responseOverride: { header: { 'Set-Cookie': ['a=1', 'b=2'] }, status: 418 },
      },
    });
  });

  it('of the request template are there in the response template, unknown ones too', () => {
    const first = renderTemplate(
      '#set($context.responseOverride.extra = "kept")#set($context.responseOverride.status = 404)',
      scopeOf(),
    );
    const second = renderTemplate(
      '$context.responseOverride.extra $context.responseOverride.status#set($context.responseOverride.header.h = "v")',
      {
        ...scopeOf(),
        overrides: first.overrides,
      },
    );
    expect(second.text).toBe('kept 404');
    expect(second.overrides.responseStatus).toBe(404);
    expect(second.overrides.responseHeaders).toEqual({ h: ['v'] });
  });

  it('of a status that is none are left out', () => {
    for (const status of ['"abc"', '99', '""', '[]', '1.5']) {
      const { overrides } = renderTemplate(`#set($context.responseOverride.status = ${status})`, scopeOf());
      expect(overrides.responseStatus).toBeUndefined();
    }
    expect(renderTemplate('#set($context.responseOverride.status = "201")', scopeOf()).overrides.responseStatus).toBe(
      201,
    );
  });

  it('do not touch the scope they were given, nor the next rendering', () => {
    const scope = scopeOf();
    renderTemplate('#set($context.stage = "x")#set($stageVariables.table = "y")#set($v = 1)', scope);
    expect(renderTemplate('$context.stage $stageVariables.table [$v]', scope).text).toBe('dev orders []');
  });

  it('with names of JavaScript stay plain entries', () => {
    const { overrides } = renderTemplate('#set($context.requestOverride.header["__proto__"] = "p")', scopeOf());
    expect(Object.entries(overrides.requestHeaders)).toEqual([['__proto__', ['p']]]);
    expect(Object.getPrototypeOf(overrides.requestHeaders)).toBe(Object.prototype);
  });
});
