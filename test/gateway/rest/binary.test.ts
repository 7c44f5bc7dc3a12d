import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { convertRequest, convertResponse, decodeBase64, isBinaryType } from '../../../src/gateway/rest/binary.ts';

describe('binary media types', () => {
  it.each([
    ['image/png', ['image/png'], true],
    ['IMAGE/PNG; q=1', ['image/png'], true],
    ['image/jpeg', ['image/*'], true],
    ['image/*', ['image/*'], true],
    ['imagery/x', ['image/*'], false],
    ['*/png', ['*/png'], false],
    ['*/*', ['image/png'], false],
    ['anything/else', ['*/*'], true],
    ['image/png', [], false],
  ] as const)('%s among %j: %s', (type, registered, expected) => {
    expect(isBinaryType(type, registered)).toBe(expected);
  });
});

describe('base64', () => {
  it('reads back whatever was written, padded or not', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        const text = Buffer.from(bytes).toString('base64');
        expect(decodeBase64(text)).toEqual(Buffer.from(bytes));
        expect(decodeBase64(text.replace(/=+$/, ''))).toEqual(Buffer.from(bytes));
      }),
    );
  });

  it.each(['a', 'ab=', 'a b=', 'ab==cd==', 'hé==', '===='])('refuses %j', (text) => {
    expect(decodeBase64(text)).toBeUndefined();
  });
});

describe('contentHandling', () => {
  const bytes = Buffer.from([0, 65, 255]);

  it('replaces what is no UTF-8 in text', () => {
    expect(convertRequest(bytes, false, undefined)).toEqual({ type: 'text', text: '\0A\ufffd' });
  });

  it('keeps a byte order mark', () => {
    expect(convertRequest(Buffer.from('\ufeffa'), false, undefined)).toEqual({ type: 'text', text: '\ufeffa' });
  });

  it('encodes a binary answer for a client that accepts text, and decodes a text one for binary', () => {
    expect(convertResponse(bytes, true, false, undefined)).toEqual({ type: 'text', text: 'AEH/' });
    expect(convertResponse(Buffer.from('AEH/'), false, true, undefined)).toEqual({ type: 'binary', bytes });
    expect(() => convertResponse(bytes, false, true, undefined)).toThrow('not base64');
  });

  it('decodes the JSON text of a function that returns base64', () => {
    expect(convertResponse(Buffer.from('"AEH/"'), false, false, 'CONVERT_TO_BINARY')).toEqual({
      type: 'binary',
      bytes,
    });
  });
});
