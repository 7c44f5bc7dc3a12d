// The YAML parser's codes in a newcomer's words, with the edit that mends each.

import type { YAMLError } from 'yaml';
import type { Problem } from '../errors.ts';
import { oddCharacter } from './odd-characters.ts';
import { findUnclosed } from './unclosed-yaml.ts';

/** With the place of the slip, which may be before the place where the parser stumbled. */
export type Explanation = Omit<Problem, 'position'> & { readonly at: number };

/** What a syntax error means and how to mend it; `text` is the whole file. */
export function explainYamlError(error: YAMLError, text: string): Explanation {
  const at = error.pos[0];
  if (error.code === 'DUPLICATE_KEY') {
    const message = `The key ${keyAt(text, at)} stands twice in one map`;
    return { code: 'DUPLICATE_KEY', message, hint: 'Keep one of the two, or merge their values.', at };
  }
  return conflict(text) ?? unclosed(error, text) ?? lineSlip(error, text) ?? { ...explained(error, text), at };
}

/** Whether what comes after it in the file may be wrong for other reasons: it does not upset the parser. */
export function isLocal({ code }: YAMLError): boolean {
  return code === 'DUPLICATE_KEY' || code === 'TAB_AS_INDENT' || code === 'BAD_SCALAR_START';
}

function conflict(text: string): Explanation | undefined {
  const at = text.search(/^(<{7}|={7}|>{7})( |\r?$)/m);
  if (at === -1) return undefined;
  return {
    ...broken('A merge left both sides here', 'Keep one side, without the lines of <<<<<<<, ======= and >>>>>>>.'),
    at,
  };
}

function unclosed(error: YAMLError, text: string): Explanation | undefined {
  const slip = isLocal(error) ? undefined : findUnclosed(text, error.pos[0]);
  return slip && { ...broken(slip.message, slip.hint), at: slip.at };
}

/** What can be told from the line alone. */
function lineSlip(error: YAMLError, text: string): Explanation | undefined {
  const at = error.pos[0];
  const line = lineAt(text, at);
  const odd = oddCharacter(line);
  if (odd !== undefined) {
    return { ...broken(`An invisible character (${odd}) stands in this line`, 'Type its spaces anew.'), at };
  }
  const [, key, value] = /^\s*([^\s:#{["'][^:#{["']*):([^\s:/][^:]*)$/.exec(line.replace(/\s+#.*$/, '')) ?? [];
  if (key !== undefined && error.code !== 'TAB_AS_INDENT') {
    return { ...broken('A colon wants a space after it', `Write ${key}: ${value?.trim()}`), at };
  }
  if (error.code !== 'BLOCK_AS_IMPLICIT_KEY') return undefined;
  if (/^\s*- /.test(line))
    return { ...broken('A - begins an item of a list, among keys', 'Remove the - and the space.'), at };
  const next = deeperAfter(text, at);
  if (next === undefined) return undefined;
  const message = 'This line is indented deeper than the one above, which has a value';
  return { ...broken(message, 'Indent both alike.'), at: next };
}

/** Where the next line begins, if it is indented deeper than that of `at`. */
function deeperAfter(text: string, at: number): number | undefined {
  const indent = (line: string): number => line.length - line.trimStart().length;
  const end = text.indexOf('\n', at);
  const rest = /^(?:\s*(?:#.*)?\n)*( *)(?=[^\s#])/.exec(text.slice(end + 1));
  if (end === -1 || rest === null) return undefined;
  const deeper = rest[1] ?? '';
  return deeper.length > indent(lineAt(text, at)) ? end + 1 + rest[0].length : undefined;
}

function explained(error: YAMLError, text: string): Omit<Explanation, 'at'> {
  const character = text[error.pos[0]] ?? 'this';
  switch (error.code) {
    case 'TAB_AS_INDENT':
      return broken('A tab indents this line: YAML allows spaces only', 'Replace the tab with two spaces.');
    case 'MULTIPLE_DOCS':
      return broken('A line of --- starts a second YAML document', 'Remove the --- line: a project is one document.');
    case 'BAD_INDENT':
      return broken('This line is not indented far enough', 'Indent it deeper than the line it belongs to.');
    case 'BLOCK_IN_FLOW':
      return twoEntries;
    case 'MISSING_CHAR':
      if (error.message.includes('flow')) return twoEntries;
      return noColon;
    case 'MULTILINE_IMPLICIT_KEY':
      return noColon;
    case 'BAD_SCALAR_START':
    case 'BAD_ALIAS':
      if (/^\s*$/.test(lineAt(text, error.pos[0]).split(character, 1)[0] ?? '')) {
        return broken(`A key cannot start with ${character}`, 'Put the key in quotes.');
      }
      return broken(`A value cannot start with ${character}`, 'Put the value in quotes.');
    case 'BLOCK_AS_IMPLICIT_KEY':
      return broken(
        'A second "key: value" stands inside a value',
        'Put the value in quotes, or its keys on lines of their own.',
      );
    case 'UNEXPECTED_TOKEN':
      if (/^[}\]]$/.test(character)) return broken(`This ${character} closes nothing`, 'Remove it, or open it before.');
      if (/:\s*\S*[^\s:]\{/.test(lineAt(text, error.pos[0]))) {
        return broken('A { in the middle of a value inside { } ends it', 'Put the value in quotes.');
      }
      if (text.slice(0, error.pos[0]).trimEnd().endsWith('"')) return twoEntries;
      return broken('This does not fit here', 'Check the indentation of this line and the quotes of the one above.');
    default:
      if (character === '{' || character === '[') {
        return broken(`A key cannot start with ${character}`, 'Put the key in quotes.');
      }
      return broken(error.message, 'Compare the indentation and quotes with the lines around.');
  }
}

const twoEntries = broken(
  'Two entries inside { } run into each other',
  'Put a comma between entries, and quotes around keys and values that hold { or }.',
);
const noColon = broken('This line has no "key: value"', 'Add a colon and a space after the key, or indent the line.');

function broken(message: string, hint: string): Omit<Explanation, 'at'> {
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
