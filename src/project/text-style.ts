// How a person wrote a YAML file, so that what is added looks the same.

export interface TextStyle {
  readonly eol: '\n' | '\r\n';
  /** One step of indentation. */
  readonly unit: string;
  readonly quote: 'single' | 'double';
  /** Whether sections are set apart by empty lines. */
  readonly blankLines: boolean;
}

/** The habits of a text; those of apigen's templates where it shows none. */
export function detectStyle(text: string): TextStyle {
  const lines = text.split(/\r?\n/);
  const single = text.split(/: '|\['/).length;
  const double = text.split(/: "|\["/).length;
  return {
    eol: text.includes('\r\n') ? '\r\n' : '\n',
    unit: firstIndent(lines),
    quote: single > double ? 'single' : 'double',
    blankLines: lines.some((line, index) => line.trim() === '' && /^\S/.test(lines[index + 1] ?? '')),
  };
}

/** The spaces before `at` when nothing else stands before it on its line. */
export function indentAt(text: string, at: number): string | undefined {
  const start = text.lastIndexOf('\n', at - 1) + 1;
  const before = text.slice(start, at);
  return /^ *$/.test(before) ? before : undefined;
}

/** Where the line that holds `at` ends, before its line break. */
export function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  if (end === -1) return text.length;
  return text[end - 1] === '\r' ? end - 1 : end;
}

function firstIndent(lines: readonly string[]): string {
  for (const [index, line] of lines.entries()) {
    if (!/^[^\s#].*:\s*(?:#.*)?$/.test(line)) continue;
    const below = lines.slice(index + 1).find((next) => next.trim() !== '' && !next.trim().startsWith('#'));
    const indent = /^( +)\S/.exec(below ?? '')?.[1];
    if (indent !== undefined) return indent;
  }
  return '  ';
}
