// Breaks text into lines of at most a number of columns: at spaces, and inside a word only where the word alone
// is too long, there after a sign if one is near. Line breaks in the text stay. Colours count nothing, and are closed and opened again at each break,
// so that a wrapped cell never colours its neighbour.

import { graphemesOf, graphemeWidth, textWidth } from './text-width.ts';

/** Lines no wider than `width` columns (at least 1). */
export function wrapText(text: string, width: number): string[] {
  const lines = text.split('\n').flatMap((line) => wrapLine(line, Math.max(1, width)));
  return lines.length > 1 && colours.test(text) ? carryColours(lines) : lines;
}

/** The same as one text whose every line starts with `indent`; `width` counts the indent. */
export function wrapIndented(text: string, width: number, indent: string): string {
  return wrapText(text, width - textWidth(indent))
    .map((line) => (line === '' ? '' : indent + line))
    .join('\n');
}

function wrapLine(line: string, width: number): string[] {
  if (textWidth(line) <= width) return [line.trimEnd()];
  const lines: string[] = [];
  let current = '';
  for (const word of line.match(/\s*\S+/g) ?? []) {
    if (textWidth(current + word) <= width) {
      current += word;
      continue;
    }
    if (current !== '') lines.push(current);
    const isFirst = current === '' && lines.length === 0;
    const pieces = breakWord(isFirst ? word : word.trimStart(), width);
    current = pieces.pop() ?? '';
    lines.push(...pieces);
  }
  return [...lines, current].filter((part, index) => part !== '' || index === 0);
}

// Select Graphic Rendition (ECMA-48 8.3.117), which is all that chalk writes; \p{Cc} stands for ESC.
const colours = /\p{Cc}\[[0-9;]*m/u;
const closers = new Set([22, 23, 24, 27, 28, 29, 39, 49]);

function breakWord(word: string, width: number): string[] {
  if (textWidth(word) <= width) return [word];
  const pieces: string[] = [];
  let piece = '';
  let columns = 0;
  for (const unit of units(word)) {
    const size = colours.test(unit) ? 0 : graphemeWidth(unit);
    if (columns + size > width && columns > 0) {
      const [head, tail] = splitAtSign(piece, width);
      pieces.push(head);
      piece = tail;
      columns = textWidth(tail);
    }
    piece += unit;
    columns += size;
  }
  return [...pieces, piece];
}

// Paths, ARNs and file names read better broken after a sign, if that wastes less than half of the line.
function splitAtSign(piece: string, width: number): readonly [string, string] {
  const [, head = '', tail = ''] = /^(.*[/.:,_-])([^/.:,_-]*)$/s.exec(piece) ?? [];
  return textWidth(head) * 2 > width ? [head, tail] : [piece, ''];
}

function units(word: string): string[] {
  return word.split(/(\p{Cc}\[[0-9;]*m)/u).flatMap((part) => (colours.test(part) ? [part] : [...graphemesOf(part)]));
}

function carryColours(lines: readonly string[]): string[] {
  const open: string[] = [];
  return lines.map((line) => {
    const before = open.join('');
    for (const [code] of line.matchAll(new RegExp(colours, 'gu'))) {
      const number = Number.parseInt(code.slice(2), 10);
      if (Number.isNaN(number) || number === 0) open.length = 0;
      else if (closers.has(number)) open.pop();
      else open.push(code);
    }
    return before + line + (open.length === 0 ? '' : '\u001b[0m');
  });
}
