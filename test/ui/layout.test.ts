// Widths, wrapping and tables: whatever the text, no line is wider than the terminal and no word is lost.

import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { Chalk } from 'chalk';
import fc from 'fast-check';
import { codeFrame } from '../../src/ui/code-frame.ts';
import { table } from '../../src/ui/table.ts';
import { padText, textWidth } from '../../src/ui/text-width.ts';
import { wrapIndented, wrapText } from '../../src/ui/wrap-text.ts';

const style = new Chalk({ level: 1 });

describe('the width of a text', () => {
  it.each([
    ['', 0],
    ['shop-dev', 8],
    ['€35.00', 6],
    ['\u001b[31mred\u001b[39m', 3],
    ['日本', 4],
    ['👍 done', 7],
    ['👩‍👩‍👧‍👦', 2],
    ['e\u0301', 1],
  ])('of %j is %i columns', (text, columns) => {
    expect(textWidth(text)).toBe(columns);
  });

  it('is what padding fills up to', () => {
    expect(padText('日本', 6)).toBe('日本  ');
    expect(padText('9.5', 6, 'right')).toBe('   9.5');
    expect(padText('too long', 3)).toBe('too long');
  });
});

describe('wrapping', () => {
  it('breaks at spaces and keeps the line breaks that are there', () => {
    expect(wrapText('one two three\nfour', 9)).toEqual(['one two', 'three', 'four']);
  });

  it('keeps the indent of a line that fits and the empty lines', () => {
    expect(wrapText('  - a list\n\nend', 20)).toEqual(['  - a list', '', 'end']);
  });

  it('breaks inside a word only where the word alone is too long', () => {
    expect(wrapText('an abcdefghijkl', 10)).toEqual(['an', 'abcdefghij', 'kl']);
  });

  it('breaks paths and ARNs after a sign', () => {
    expect(wrapText('at arn:aws:lambda:eu-west-1', 10)).toEqual(['at', 'arn:aws:', 'lambda:eu-', 'west-1']);
    expect(wrapText('src/products/create.handler', 26)).toEqual(['src/products/create.', 'handler']);
  });

  it('closes a colour at the end of a line and opens it again on the next', () => {
    expect(wrapText(style.red('one two'), 3)).toEqual(['\u001b[31mone\u001b[0m', '\u001b[31mtwo\u001b[39m']);
  });

  it('counts the indent', () => {
    expect(wrapIndented('one two', 5, '  ')).toBe('  one\n  two');
  });

  it('never exceeds the width and loses nothing but spaces', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), fc.integer({ min: 2, max: 30 }), (text, width) => {
        fc.pre(!/\p{Cc}/u.test(text));
        const lines = wrapText(text, width);
        expect(Math.max(...lines.map(textWidth))).toBeLessThanOrEqual(width);
        expect(lines.join('').replaceAll(/\s/g, '')).toBe(text.replaceAll(/\s/g, ''));
      }),
    );
  });
});

const rows = [
  ['GET', '/products/{id}', 'src/products/get.handler', 'clients: products/read'],
  ['POST', '/products', 'src/products/create.handler', 'clients: products/write'],
  ['ANY', '/a/very/long/path/that/goes/on/and/on/{proxy+}', 'src/proxy.handler', 'none'],
];

describe('a table', () => {
  it('lines its columns up', () => {
    expect(
      table(
        [
          ['a', 'bb'],
          ['ccc', 'd'],
        ],
        { width: 80, head: ['X', 'Y'] },
      ),
    ).toBe('X    Y\na    bb\nccc  d');
  });

  it('puts numbers on the right where it is asked to', () => {
    expect(
      table(
        [
          ['a', '9.50'],
          ['b', '35.00'],
        ],
        { width: 80, align: ['left', 'right'] },
      ),
    ).toBe('a   9.50\nb  35.00');
  });

  it.each([60, 80, 120])('fits %i columns with every word still there', (width) => {
    const text = table(rows, { width, head: ['Method', 'Path', 'Handler', 'Auth'], indent: '  ' });
    expect(Math.max(...text.split('\n').map(textWidth))).toBeLessThanOrEqual(width);
    const shown = text.replaceAll(/\s/g, '');
    for (const cell of ['GET', 'POST', 'ANY', 'Method']) expect(shown).toContain(cell);
  });

  it('shrinks the widest column first, so that short ones stay whole', () => {
    const text = table(rows, { width: 90 });
    expect(text).toContain('src/products/create.handler');
    expect(text.split('\n').length).toBeGreaterThan(rows.length);
  });

  it('keeps a colour inside its cell when the cell wraps', () => {
    const text = table([[style.red('red red red'), 'plain']], { width: 12 });
    expect(stripVTControlCharacters(text)).toBe('red    plain\nred\nred');
    for (const line of text.split('\n')) expect(line).toMatch(/^\p{Cc}\[31mred\p{Cc}\[(0|39)m/u);
  });

  it('is never wider than the terminal, whatever stands in it', () => {
    const cell = fc.string({ unit: 'grapheme', maxLength: 40 }).filter((text) => !/\p{Cc}/u.test(text));
    fc.assert(
      fc.property(
        fc.array(fc.array(cell, { maxLength: 5 }), { maxLength: 5 }),
        fc.constantFrom(60, 80, 120),
        (any, width) => {
          expect(Math.max(...table(any, { width }).split('\n').map(textWidth))).toBeLessThanOrEqual(width);
        },
      ),
    );
  });

  it('of nothing is nothing', () => {
    expect(table([], { width: 80 })).toBe('');
  });
});

describe('a code frame', () => {
  it('points at the column', () => {
    expect(codeFrame('a\n  handlr: x\n', 2, 3, 80)).toEqual(['2 │   handlr: x', '  │   ^']);
  });

  it('shows the part of a long line that holds the place', () => {
    const [line = '', caret = ''] = codeFrame(`${'x'.repeat(200)}HERE${'y'.repeat(200)}`, 1, 201, 60);
    expect(line.length).toBeLessThanOrEqual(60);
    expect(line.slice(caret.indexOf('^')).startsWith('HERE')).toBe(true);
  });

  it('is empty for a line that is not there', () => {
    expect(codeFrame('one', 2, 1, 80)).toEqual([]);
  });
});
