import { describe, expect, it } from '@jest/globals';
import { lambdaAnswer } from '../../../src/gateway/http/lambda-answer.ts';
import { route, testApi, textOf } from './http-harness.ts';

const answerOf = (
  value: unknown,
  format: '1.0' | '2.0' = '2.0',
): { status: number; body: string; headers: unknown } => {
  const answer = lambdaAnswer(JSON.stringify(value), format);
  return { status: answer.status, headers: answer.headers, body: textOf(answer) };
};

describe('a result of format 2.0 without statusCode', () => {
  it.each([
    ['text', 'Hello', 'Hello'],
    ['empty text', '', ''],
    ['a number', 3.1, '3.1'],
    ['true', true, 'true'],
    ['null', null, 'null'],
    ['a list', ['a', 1], '["a",1]'],
    ['an object', { body: 'x', headers: { a: 'b' } }, '{"body":"x","headers":{"a":"b"}}'],
  ])('is the body when it is %s', (_what, value, body) => {
    expect(answerOf(value)).toEqual({ status: 200, body, headers: [['Content-Type', 'application/json']] });
  });

  it('is passed on to the letter, also when it is no JSON', () => {
    expect(textOf(lambdaAnswer('{"a": 1,  "b":', '2.0'))).toBe('{"a": 1,  "b":');
  });
});

describe('a result with statusCode', () => {
  it('defaults to text/plain, as HTTP APIs do', () => {
    expect(answerOf({ statusCode: 200, body: 'x' }).headers).toEqual([['Content-Type', 'text/plain; charset=utf-8']]);
  });

  it('takes a numeric string, and no fraction, zero or word', () => {
    expect(answerOf({ statusCode: '418' }).status).toBe(418);
    for (const statusCode of [0, 200.5, 99, 600, 'ok', '', null, true, [200]]) {
      expect(answerOf({ statusCode }).status).toBe(500);
    }
  });

  it('writes scalar header values as text under canonical names', () => {
    expect(answerOf({ statusCode: 200, headers: { 'x-n': 1, 'CONTENT-type': 'a/b', 'x-yes': true } }).headers).toEqual([
      ['X-N', '1'],
      ['Content-Type', 'a/b'],
      ['X-Yes', 'true'],
    ]);
  });

  it.each([
    ['a status of five digits', { statusCode: 20000 }, 'statusCode 20000 is none of 200 to 599'],
    ['a status that is a word', { statusCode: 'OK' }, 'statusCode "OK" is none of 200 to 599'],
    ['a body that is an object', { body: { a: 1 } }, 'body is no text (JSON.stringify it)'],
    ['headers that are a list', { headers: ['a'] }, 'headers is no map'],
    ['a header name with a space', { headers: { 'a b': 'c' } }, '"a b" is no name of a header'],
    ['a header value with a line break', { headers: { a: 'b\nc' } }, 'the header a is no text of one line'],
    ['cookies that are text', { cookies: 'a=1' }, 'cookies is no list'],
    ['base64 that is none', { body: '***', isBase64Encoded: true }, 'isBase64Encoded is true, and body is no base64'],
  ])('says why it is none with %s', (_what, extra, why) => {
    const told: string[] = [];
    lambdaAnswer(JSON.stringify({ statusCode: 200, ...extra }), '2.0', (reason) => told.push(reason));
    expect(told).toEqual([why]);
  });

  it.each([
    ['a body that is an object', { body: { a: 1 } }],
    ['a body that is a number', { body: 1 }],
    ['headers that are a list', { headers: ['a'] }],
    ['a header value that is an object', { headers: { a: {} } }],
    ['a header name with a space', { headers: { 'a b': 'c' } }],
    ['a header value with a line break', { headers: { a: 'b\r\nX-Injected: 1' } }],
    ['cookies that are text', { cookies: 'a=1' }],
    ['a cookie with a line break', { cookies: ['a=1\nb'] }],
    ['base64 that is none', { body: '***', isBase64Encoded: true }],
  ])('is a 500 with %s', (_what, extra) => {
    expect(answerOf({ statusCode: 200, ...extra })).toMatchObject({
      status: 500,
      body: '{"message":"Internal Server Error"}',
    });
  });

  it('decodes base64 bodies', () => {
    const answer = lambdaAnswer(JSON.stringify({ statusCode: 200, body: 'AEH//oA=', isBase64Encoded: true }), '2.0');
    expect([...answer.body]).toEqual([0, 0x41, 0xff, 0xfe, 0x80]);
  });

  it('sets each cookie in 2.0 and none in 1.0', () => {
    const value = { statusCode: 200, cookies: ['a=1; Path=/', 'b=2'] };
    expect(answerOf(value).headers).toContainEqual(['Set-Cookie', 'a=1; Path=/']);
    expect(answerOf(value).headers).toContainEqual(['Set-Cookie', 'b=2']);
    expect(JSON.stringify(answerOf(value, '1.0').headers)).not.toContain('Set-Cookie');
  });

  it('lists single values before multiple ones in 1.0, and knows no multiple ones in 2.0', () => {
    const value = { statusCode: 200, headers: { 'X-A': '1' }, multiValueHeaders: { 'x-a': ['2', '3'] } };
    const named = (format: '1.0' | '2.0'): unknown[] =>
      (answerOf(value, format).headers as [string, string][])
        .filter(([name]) => name === 'X-A')
        .map(([, text]) => text);
    expect(named('1.0')).toEqual(['1', '2', '3']);
    expect(named('2.0')).toEqual(['1']);
  });
});

describe('format 1.0', () => {
  it.each([
    ['text', 'Hello'],
    ['an object without statusCode', { a: 1 }],
    ['nothing', null],
  ])('infers nothing from %s', (_what, value) => {
    expect(answerOf(value, '1.0')).toMatchObject({ status: 500 });
  });
});

describe('a function that fails', () => {
  it('is a 500 when it throws, is not there, or runs out of its own time', async () => {
    const throws = testApi({
      routes: [route('GET /a'), route('GET /b', 'nowhere')],
      functions: {
        fn: () => {
          throw new Error('secret');
        },
      },
    });
    for (const line of ['GET /a', 'GET /b']) {
      const answer = await throws.ask(line);
      expect([answer.status, textOf(answer)]).toEqual([500, '{"message":"Internal Server Error"}']);
    }
    expect(throws.notes.join()).toContain('nowhere');
    const slow = testApi({
      routes: [route('GET /a')],
      environment: { functions: { invoke: async () => ({ type: 'timeout', afterMs: 3000 }) } },
    });
    expect((await slow.ask('GET /a')).status).toBe(500);
  });

  it('is a 503 when the integration runs out of time, even if the function never ends, or is throttled', async () => {
    const integration = {
      type: 'AWS_PROXY',
      function: 'fn',
      payloadFormatVersion: '2.0',
      timeoutInMillis: 60,
    } as const;
    const never = testApi({
      routes: [route('GET /a', 'fn', { integration })],
      functions: { fn: () => new Promise(() => {}) },
    });
    const answer = await never.ask('GET /a');
    expect([answer.status, textOf(answer)]).toEqual([503, '{"message":"Service Unavailable"}']);
    const throttled = testApi({
      routes: [route('GET /a')],
      environment: { functions: { invoke: async () => ({ type: 'throttled' }) } },
    });
    expect((await throttled.ask('GET /a')).status).toBe(503);
  });

  it('is a 413 when its event would pass 6 MB, without a call', async () => {
    const api = testApi({ routes: [route('POST /a')] });
    const answer = await api.ask('POST /a', [['Content-Type', 'text/plain']], 'x'.repeat(6 * 1024 * 1024));
    expect([answer.status, textOf(answer)]).toEqual([413, '{"message":"Request Entity Too Large"}']);
    expect(api.events['fn']).toBeUndefined();
  });
});
