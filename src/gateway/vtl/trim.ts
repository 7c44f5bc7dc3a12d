// Java's two ways of taking blanks off the ends of a text.

/** `String.trim()`: every character up to the space. */
export const trim = (text: string): string => trimmed(text, (char) => char <= ' ');

/** Spaces and separators that may break a line; the blanks of ASCII are told by their codes. */
const BLANK = /[\u1680\u2000-\u2006\u2008-\u200a\u2028\u2029\u205f\u3000]/;

const isWhitespace = (char: string): boolean =>
  char <= ' ' ? (char >= '\t' && char <= '\r') || char >= '\u001c' : BLANK.test(char);

/** What `Character.isWhitespace()` calls so: no NUL, no byte order mark, no space that breaks no line. */
export const trimWhitespace = (text: string): string => trimmed(text, isWhitespace);

const trimmed = (text: string, isBlank: (char: string) => boolean): string => {
  let [start, end] = [0, text.length];
  while (start < end && isBlank(text.charAt(start))) start += 1;
  while (end > start && isBlank(text.charAt(end - 1))) end -= 1;
  return text.slice(start, end);
};
