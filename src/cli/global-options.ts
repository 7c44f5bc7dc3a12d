// The options every command takes, before or after its name. They are read once before anything is parsed, because
// even a wrong command line is answered in the form (JSON, colours) that was asked for.

import type { OptionSpec } from './command.ts';

export const globalOptions: readonly OptionSpec[] = [
  { flags: '--json', summary: 'print results as one JSON document (NDJSON for streams)' },
  { flags: '--no-color', summary: 'print without colours' },
  { flags: '--debug', summary: 'show stacks and causes of errors' },
  { flags: '-C, --cwd <dir>', summary: 'run as if started in this folder' },
];

export interface GlobalFlags {
  readonly json: boolean;
  readonly color: boolean;
  readonly debug: boolean;
  readonly cwd: string | undefined;
  /** The words that are no options: the command's name and its arguments. */
  readonly words: readonly string[];
}

/** Reads them leniently; commander judges the same words strictly afterwards. */
export function readGlobalFlags(argv: readonly string[]): GlobalFlags {
  const end = argv.indexOf('--');
  const options = end === -1 ? argv : argv.slice(0, end);
  const words: string[] = [];
  let cwd: string | undefined;
  for (let index = 0; index < options.length; index += 1) {
    const word = options[index] ?? '';
    const attached = /^(?:--cwd=|-C)(.+)$/s.exec(word)?.[1];
    if (attached !== undefined) cwd = attached;
    else if (word === '--cwd' || word === '-C') {
      index += 1;
      cwd = options[index];
    } else if (!word.startsWith('-')) words.push(word);
  }
  return {
    json: options.includes('--json'),
    color: !options.includes('--no-color'),
    debug: options.includes('--debug'),
    cwd,
    words,
  };
}
