// commander's complaints as our usage errors: a stable code, and a hint that can be typed as it stands.

import type { CommanderError } from 'commander';
import { UsageError } from '../errors.ts';

const codes: Readonly<Record<string, string>> = {
  'commander.unknownCommand': 'UNKNOWN_COMMAND',
  'commander.unknownOption': 'UNKNOWN_OPTION',
  'commander.missingArgument': 'MISSING_ARGUMENT',
  'commander.optionMissingArgument': 'MISSING_OPTION_VALUE',
  'commander.missingMandatoryOptionValue': 'MISSING_OPTION',
  'commander.excessArguments': 'TOO_MANY_ARGUMENTS',
  'commander.invalidArgument': 'INVALID_ARGUMENT',
  'commander.conflictingOption': 'CONFLICTING_OPTIONS',
};

/**
 * @param path the command that complains, as it was typed: `apigen local`
 * @param words what was typed behind it
 * @param commands the names of those under it
 */
export function usageFailure(
  error: CommanderError,
  path: string,
  words: readonly string[],
  commands: readonly string[],
): UsageError {
  if (error.code === 'commander.excessArguments' && commands.length > 0) {
    return new UsageError({
      code: 'UNKNOWN_COMMAND',
      summary: `Unknown command '${words[0]}' under ${path}`,
      detail: `Known: ${commands.join(', ')}.`,
      hint: `${path} ${commands[0]}`,
    });
  }
  const [first = '', ...rest] = error.message.replace(/^error: /, '').split('\n');
  const suggestion = /\(Did you mean (?:one of )?(.+?)\?\)/.exec(rest.join(' '))?.[1];
  return new UsageError({
    code: codes[error.code] ?? 'WRONG_USAGE',
    summary: first.charAt(0).toUpperCase() + first.slice(1),
    detail: suggestion?.includes(',') ? `Near: ${suggestion}` : undefined,
    hint: suggestion === undefined ? `${path} --help` : `${path} ${suggestion.split(',')[0]}`,
  });
}
