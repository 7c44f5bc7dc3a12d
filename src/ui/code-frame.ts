// One line of a file a person edits, with a caret under the column that a problem names.

import { textWidth } from './text-width.ts';

/**
 * @param column counts from 1, in UTF-16 units as editors and the YAML parser do.
 * @returns two lines, or nothing where the file has no such line (any more).
 */
export function codeFrame(source: string, line: number, column: number, width: number): string[] {
  const text = source.split(/\r?\n/)[line - 1];
  if (text === undefined) return [];
  const gutter = String(line);
  const room = Math.max(20, width - gutter.length - 3);
  // A long line is shown from shortly before the place, which must be on the screen.
  const start = column > room - 10 ? Math.max(0, column - Math.floor(room / 2)) : 0;
  const shown = (start > 0 ? `…${text.slice(start + 1)}` : text).replaceAll('\t', ' ').slice(0, room);
  const before = textWidth(shown.slice(0, Math.max(0, column - 1 - start)));
  return [`${gutter} │ ${shown}`, `${' '.repeat(gutter.length)} │ ${' '.repeat(before)}^`];
}
