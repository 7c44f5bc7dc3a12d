// The YAML parser's codes in a newcomer's words, with the edit that mends each.

import type { YAMLError } from 'yaml';
import type { Problem } from '../errors.ts';

type Explanation = Omit<Problem, 'position'>;

/** What a syntax error means and how to mend it; `text` is the whole file. */
export function explainYamlError(error: YAMLError, text: string): Explanation {
  const line = lineAt(text, error.pos[0]);
  switch (error.code) {
    case 'TAB_AS_INDENT':
      return broken('A tab indents this line: YAML allows spaces only', 'Replace the tab with two spaces.');
    case 'DUPLICATE_KEY':
      return {
        code: 'DUPLICATE_KEY',
        message: `The key ${keyAt(text, error.pos[0])} stands twice in one map`,
        hint: 'Keep one of the two, or merge their values.',
      };
    case 'MULTIPLE_DOCS':
      return broken('A line of --- starts a second YAML document', 'Remove the --- line: a project is one document.');
    case 'BAD_INDENT':
      if (error.message.startsWith('Flow'))
        return broken('A [ or { above this line is not closed', 'Close the bracket.');
      return broken('This line is not indented far enough', 'Indent it deeper than the line it belongs to.');
    case 'MISSING_CHAR':
      if (error.message.includes('flow map items')) {
        const hint = 'Put a comma between entries, and quotes around keys and values that hold { or }.';
        return broken('Two entries inside { } run into each other', hint);
      }
      if (error.message.includes('quote')) return broken('A quote is not closed', 'Close it where the text ends.');
      return broken(error.message, 'Close the bracket, or put the character there.');
    case 'BAD_SCALAR_START':
      return broken(`A value cannot start with ${text[error.pos[0]] ?? 'this'}`, 'Put the value in quotes.');
    case 'BLOCK_AS_IMPLICIT_KEY':
      return broken(
        'A second "key: value" stands inside a value',
        'Put the value in quotes, or its keys on lines of their own.',
      );
    case 'MULTILINE_IMPLICIT_KEY':
      return broken('This line has no "key: value"', 'Add a colon and a space after the key, or indent the line.');
    case 'UNEXPECTED_TOKEN':
      if (/:\s*\S*[^\s:]\{/.test(line)) {
        return broken('A { in the middle of a value inside { } ends it', 'Put the value in quotes.');
      }
      return broken('This does not fit here', 'Check the indentation of this line and the quotes of the one above.');
    default:
      return broken(error.message, 'Compare the indentation and quotes with the lines around.');
  }
}

function broken(message: string, hint: string): Explanation {
  return { code: 'YAML_SYNTAX', message, hint };
}

function lineAt(text: string, at: number): string {
  const start = text.lastIndexOf('\n', at - 1) + 1;
  const end = text.indexOf('\n', at);
  return text.slice(start, end === -1 ? text.length : end);
}

function keyAt(text: string, at: number): string {
  const line = lineAt(text, at).trimEnd();
  const rest = line.slice(at - (text.lastIndexOf('\n', at - 1) + 1));
  return rest.split(/:(?:\s|$)/, 1)[0] ?? rest;
}
