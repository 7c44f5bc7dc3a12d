// One command line from words to exit code: finds the command, loads it alone, parses strictly, runs it.

import { statSync } from 'node:fs';
import { UsageError } from '../errors.ts';
import { AnsweredError, buildProgram } from './build-program.ts';
import type { CommandContext } from './command.ts';
import { findCommand } from './find-command.ts';
import { readGlobalFlags } from './global-options.ts';
import type { CommandRegistry } from './registry.ts';

export interface CommandLineOptions {
  readonly registry: CommandRegistry;
  readonly version: string;
  readonly context: CommandContext;
  /** Help and version, asked for. */
  writeOut(text: string): void;
}

/** @throws UsageError for a wrong command line, else whatever the command throws. */
export async function runCommandLine(argv: readonly string[], options: CommandLineOptions): Promise<number> {
  const { registry, version, context } = options;
  const { ui } = context;
  // `help deploy` is `deploy --help`.
  const words = argv[0] === 'help' ? [...argv.slice(1), '--help'] : argv;
  const loaded = await findCommand(readGlobalFlags(words).words, registry.commands)?.load();
  let exitCode = 0;
  const program = buildProgram({
    registry,
    version,
    loaded,
    width: ui.width,
    styleTitle: (text) => ui.style.bold(text),
    writeOut: options.writeOut,
    writeError: (text) => ui.note(text.trimEnd()),
    async run(command, input) {
      requireFolder(context.cwd);
      exitCode = await command.run(input, context);
    },
  });
  try {
    await program.parseAsync(words, { from: 'user' });
    return exitCode;
  } catch (thrown) {
    if (!(thrown instanceof AnsweredError)) throw thrown;
    if (thrown.exitCode !== 0 && ui.json) throw noCommand(words);
    return thrown.exitCode;
  }
}

function noCommand(words: readonly string[]): UsageError {
  const path = ['apigen', ...words.filter((word) => !word.startsWith('-'))].join(' ');
  return new UsageError({ code: 'NO_COMMAND', summary: `${path} wants a command`, hint: `${path} --help` });
}

function requireFolder(folder: string): void {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true) return;
  throw new UsageError({
    code: 'NO_SUCH_FOLDER',
    summary: `There is no folder ${folder}`,
    hint: 'give --cwd a folder that exists',
  });
}
