// Wildcards of IAM policies, matched in linear space and without regular expressions: policies come from functions.

/** IAM's wildcards: `*` any text, slashes and colons included, `?` one character. */
export function matchesWildcard(pattern: string, subject: string, ignoreCase = false): boolean {
  const [text, wanted] = ignoreCase ? [subject.toLowerCase(), pattern.toLowerCase()] : [subject, pattern];
  let at = 0;
  let from = 0;
  let star = -1;
  let mark = 0;
  while (at < text.length) {
    const char = wanted[from];
    if (char === '*') {
      star = from;
      mark = at;
      from += 1;
    } else if (char !== undefined && (char === '?' || char === text[at])) {
      at += 1;
      from += 1;
    } else if (star !== -1) {
      from = star + 1;
      mark += 1;
      at = mark;
    } else {
      return false;
    }
  }
  return /^\**$/.test(wanted.slice(from));
}
