// `$util.escapeJavaScript()` as Apache Commons Lang 2 escapes, which is what AWS's results show: both quotes, the
// slash, control characters, and everything outside ASCII as \uXXXX.

const SHORT: ReadonlyMap<string, string> = new Map([
  ['\b', '\\b'],
  ['\n', '\\n'],
  ['\t', '\\t'],
  ['\f', '\\f'],
  ['\r', '\\r'],
  ["'", "\\'"],
  ['"', '\\"'],
  ['\\', '\\\\'],
  ['/', '\\/'],
]);

export const escapeJavaScript = (text: string): string => {
  const escaped: string[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const char = text.charAt(at);
    escaped.push(SHORT.get(char) ?? (char >= ' ' && char <= '\x7f' ? char : unicodeEscape(char)));
  }
  return escaped.join('');
};

const unicodeEscape = (char: string): string => `\\u${char.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
