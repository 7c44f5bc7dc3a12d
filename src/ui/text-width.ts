// How many terminal columns a text takes: escape codes take none, East Asian wide letters and emoji take two.
// Everything that lays out columns measures with this and never with `length`.

import { stripVTControlCharacters } from 'node:util';

let segmenter: Intl.Segmenter | undefined;
// Unicode's East_Asian_Width W and F (UAX #11) as far as script properties can say it.
const wide =
  /^(\p{Emoji_Presentation}|\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Hangul}|[\u3000-\u303e\uff01-\uff60\uffe0-\uffe6])/u;
// Latin letters, punctuation, arrows, mathematical signs and box drawing: one column each, and no need of ICU, whose
// loading costs a short command a tenth of its time.
const plain = /^[\x20-\x7e\u00a0-\u00ac\u00ae-\u017f\u2010-\u2027\u2190-\u2199\u2200-\u22ff\u2500-\u25cf]*$/;

/** Columns of one line of text. */
export function textWidth(text: string): number {
  if (plain.test(text)) return text.length;
  const visible = stripVTControlCharacters(text);
  if (plain.test(visible)) return visible.length;
  let columns = 0;
  for (const segment of graphemesOf(visible)) columns += graphemeWidth(segment);
  return columns;
}

/** What a reader sees as letters, one by one. */
export function* graphemesOf(text: string): Generator<string> {
  if (plain.test(text)) {
    yield* text;
    return;
  }
  segmenter ??= new Intl.Segmenter('en', { granularity: 'grapheme' });
  for (const { segment } of segmenter.segment(text)) yield segment;
}

/** Columns of one grapheme: 0, 1 or 2. */
export function graphemeWidth(grapheme: string): number {
  if (/^\p{Cc}/u.test(grapheme)) return 0;
  return wide.test(grapheme) || grapheme.includes('\ufe0f') ? 2 : 1;
}

/** Text padded with spaces to a width in columns; longer text stays as it is. */
export function padText(text: string, width: number, align: 'left' | 'right' = 'left'): string {
  const spaces = ' '.repeat(Math.max(0, width - textWidth(text)));
  return align === 'left' ? text + spaces : spaces + text;
}
