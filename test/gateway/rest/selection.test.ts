import { describe, expect, it } from '@jest/globals';
import { matchesWhole, selectResponse } from '../../../src/gateway/rest/select-response.ts';
import { requestTemplate, responseTemplate } from '../../../src/gateway/rest/select-template.ts';

const json = { 'application/json': 'j' };

describe('a request template', () => {
  it('is chosen by the MIME type alone, and no Content-Type counts as JSON', () => {
    expect(requestTemplate({ requestTemplates: json }, 'Application/JSON; charset=utf-8')?.template).toBe('j');
    expect(requestTemplate({ requestTemplates: json }, undefined)?.template).toBe('j');
  });

  it('is not needed for another type unless the passthrough behavior says so', () => {
    const integration = { requestTemplates: json };
    expect(requestTemplate(integration, 'text/plain')).toBeUndefined();
    expect(() => requestTemplate({ ...integration, passthroughBehavior: 'NEVER' }, 'text/plain')).toThrow('text/plain');
    expect(() => requestTemplate({ ...integration, passthroughBehavior: 'WHEN_NO_TEMPLATES' }, 'a/b')).toThrow('a/b');
    expect(requestTemplate({ passthroughBehavior: 'WHEN_NO_TEMPLATES' }, 'a/b')).toBeUndefined();
    expect(() => requestTemplate({ passthroughBehavior: 'NEVER' }, 'a/b')).toThrow('a/b');
  });
});

describe('a response template', () => {
  const both = { 'application/xml': 'x', 'application/json': 'j' };

  it.each([
    ['application/xml', 'x'],
    ['text/html, application/xml;q=0.9, */*;q=0.8', 'x'],
    ['*/*', 'j'],
    [undefined, 'j'],
    ['text/plain', 'x'],
  ])('for Accept %s is %s', (accept, expected) => {
    expect(responseTemplate(both, accept)?.template).toBe(expected);
  });
});

describe('a selection pattern', () => {
  const responses = [
    { statusCode: '502', selectionPattern: '.+' },
    { statusCode: '405', selectionPattern: '.*four.*' },
    { statusCode: '200', selectionPattern: '' },
  ];

  it('is matched whole, in the order of the status codes, with the default last', () => {
    expect(selectResponse(responses, 'error four hundred').statusCode).toBe('405');
    expect(selectResponse(responses, 'error five').statusCode).toBe('502');
    expect(selectResponse(responses, undefined).statusCode).toBe('200');
    expect(matchesWhole('4\\d', '404')).toBe(false);
  });

  it('understands leading inline flags', () => {
    expect(matchesWhole('(?i)not found', 'Not Found')).toBe(true);
    expect(matchesWhole('(?s)a.b', 'a\nb')).toBe(true);
  });

  it('that matches nothing is a 500 where there is no default', () => {
    expect(() => selectResponse([{ statusCode: '200', selectionPattern: '2..' }], '404')).toThrow('404');
    expect(() => selectResponse([], undefined)).toThrow('no integration response');
  });

  it('that is no regular expression is a 500, not a crash', () => {
    expect(() => selectResponse([{ statusCode: '200', selectionPattern: '(' }], '404')).toThrow(
      'no regular expression',
    );
  });
});
