import { describe, expect, it } from '@jest/globals';
import { GatewayFault } from '../../../src/gateway/rest/fault.ts';
import { proxyAnswer } from '../../../src/gateway/rest/proxy-response.ts';

function statusOf(payload: string): number {
  try {
    return proxyAnswer(payload, false).status;
  } catch (error) {
    if (error instanceof GatewayFault) return error.status;
    throw error;
  }
}

describe('a Lambda proxy response', () => {
  it.each([
    ['a text', '"text"'],
    ['null', 'null'],
    ['a list', '[]'],
    ['no JSON', 'undefined'],
    ['an unknown key', '{"statusCode":200,"cookies":[]}'],
    ['a status that is no number', '{"statusCode":"abc"}'],
    ['a broken status', '{"statusCode":200.5}'],
    ['a status outside HTTP', '{"statusCode":999}'],
    ['a body that is an object', '{"body":{"a":1}}'],
    ['headers that are a list', '{"headers":["a"]}'],
    ['a header that is an object', '{"headers":{"a":{}}}'],
    ['multi-value headers without lists', '{"multiValueHeaders":{"a":"b"}}'],
    ['a header name with a blank', '{"headers":{"a b":"c"}}'],
    ['a header that would begin another', '{"headers":{"a":"b\\r\\nc: d"}}'],
    ['a flag that is no boolean', '{"isBase64Encoded":"maybe"}'],
  ])('with %s is malformed: 502', (_what, payload) => {
    expect(statusOf(payload)).toBe(502);
  });

  it('may leave everything out', () => {
    const answer = proxyAnswer('{}', false);
    expect(answer.status).toBe(200);
    expect(answer.body.byteLength).toBe(0);
    expect(answer.headers).toEqual([['Content-Type', 'application/json']]);
  });

  it('may say null for anything', () => {
    const nothing = { statusCode: null, headers: null, multiValueHeaders: null, body: null, isBase64Encoded: null };
    expect(statusOf(JSON.stringify(nothing))).toBe(200);
  });

  it('lists multi-value headers before single ones, and a pair of both once', () => {
    const payload = { multiValueHeaders: { 'X-A': ['1', '2'] }, headers: { 'x-a': '2', 'X-B': 3, 'X-C': true } };
    expect(proxyAnswer(JSON.stringify(payload), false).headers).toEqual([
      ['Content-Type', 'application/json'],
      ['X-A', '1'],
      ['X-A', '2'],
      ['X-B', '3'],
      ['X-C', 'true'],
    ]);
  });

  it('keeps a Content-Type in any case', () => {
    expect(proxyAnswer('{"headers":{"content-type":"text/html"}}', false).headers).toEqual([
      ['content-type', 'text/html'],
    ]);
  });

  it('is decoded only if it says so and the client accepts it', () => {
    const payload = '{"body":"AEE=","isBase64Encoded":true}';
    expect([...proxyAnswer(payload, true).body]).toEqual([0, 65]);
    expect(Buffer.from(proxyAnswer(payload, false).body).toString()).toBe('AEE=');
    expect(Buffer.from(proxyAnswer('{"body":"AEE="}', true).body).toString()).toBe('AEE=');
  });

  it('that is no base64 where it must be is a 500', () => {
    expect(() => proxyAnswer('{"body":"h!","isBase64Encoded":true}', true)).toThrow(GatewayFault);
  });
});
