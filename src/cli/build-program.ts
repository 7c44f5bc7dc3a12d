// Turns the registry and the one loaded command into a commander program. Commands that are not loaded stand in it
// by name and summary alone, for the list of commands and for suggestions.

import { Argument, Command as Commander, type CommanderError, Option } from 'commander';
import type { Command, CommandInput, OptionSpec } from './command.ts';
import { globalOptions } from './global-options.ts';
import type { CommandRegistry } from './registry.ts';
import { usageFailure } from './usage-failure.ts';

export interface ProgramOptions {
  readonly registry: CommandRegistry;
  readonly version: string;
  readonly loaded: Command | undefined;
  readonly width: number;
  /** Headings of the help. */
  styleTitle(text: string): string;
  writeOut(text: string): void;
  /** The help that answers a word which only leads to commands. */
  writeError(text: string): void;
  run(command: Command, input: CommandInput): Promise<void>;
}

/** Thrown when help or the version was printed: nothing is left to do. */
export class AnsweredError extends Error {
  readonly exitCode: number;

  constructor(exitCode: number) {
    super('answered by help');
    this.exitCode = exitCode;
  }
}

/**
 * Parsing it throws {@link AnsweredError} after help and version, UsageError for a wrong command line, and whatever
 * `run` throws.
 */
export function buildProgram(options: ProgramOptions): Commander {
  const program = configure(new Commander('apigen'), options, 'apigen')
    .description('Serverless APIs on AWS: scaffold, run, deploy, operate and price them.')
    .usage('<command> [options]')
    .version(options.version, '-V, --version', 'print the version');
  for (const spec of globalOptions) program.addOption(toOption(spec));
  const byName = new Map<string, Commander>([['', program]]);
  for (const entry of options.registry.commands) {
    // A group stands where its first command does: the headings of the list are in the registry's order.
    const group = options.registry.groups.find(({ name }) => entry.name.startsWith(`${name} `) && !byName.has(name));
    if (group !== undefined) addCommand(byName, group, options);
    const command = addCommand(byName, entry, options);
    if (options.loaded?.name === entry.name) declare(command, options.loaded, options);
  }
  program.addHelpText('after', '\nSee what a command takes: apigen <command> --help');
  return program;
}

function addCommand(
  byName: Map<string, Commander>,
  { name, summary, heading }: { name: string; summary: string; heading: string },
  options: ProgramOptions,
): Commander {
  const words = name.split(' ');
  const parent = byName.get(words.slice(0, -1).join(' '));
  if (parent === undefined) throw new Error(`command "${name}" has no group or command above it in the registry`);
  const command = configure(new Commander(words.at(-1)), options, `apigen ${name}`).summary(summary);
  command.description(summary).helpGroup(words.length === 1 ? heading : 'Commands:');
  parent.addCommand(command);
  byName.set(name, command);
  return command;
}

function declare(target: Commander, command: Command, options: ProgramOptions): void {
  target.description(command.description ?? command.summary);
  const specs = command.arguments ?? [];
  for (const { name, summary, required, variadic } of specs) {
    const dots = variadic === true ? '...' : '';
    target.addArgument(new Argument(required ? `<${name}${dots}>` : `[${name}${dots}]`, summary));
  }
  for (const spec of command.options ?? []) {
    if (!globalOptions.some(({ flags }) => flags === spec.flags)) target.addOption(toOption(spec));
  }
  if (command.examples.length > 0) {
    const lines = command.examples.map((example) => `  ${example}`).join('\n');
    target.addHelpText('after', `\n${options.styleTitle('Examples:')}\n${lines}`);
  }
  target.action(async () => {
    const values = specs.map(({ name }, index) => [name, target.processedArgs[index]] as const);
    await options.run(command, { arguments: Object.fromEntries(values), options: target.opts() });
  });
}

function configure(command: Commander, options: ProgramOptions, path: string): Commander {
  return command
    .helpCommand(false)
    .helpOption('-h, --help', 'show help')
    .configureHelp({ showGlobalOptions: true, styleTitle: options.styleTitle })
    .configureOutput({
      writeOut: options.writeOut,
      writeErr: options.writeError,
      // Complaints come back through exitOverride and are rendered like every other error.
      outputError() {},
      getOutHelpWidth: () => options.width,
      getErrHelpWidth: () => options.width,
      getOutHasColors: () => true,
      getErrHasColors: () => true,
    })
    .exitOverride((error: CommanderError) => {
      if (error.code === 'commander.helpDisplayed' || error.code === 'commander.version') throw new AnsweredError(0);
      if (error.code === 'commander.help') throw new AnsweredError(2);
      const under = command.commands.map((one) => one.name());
      throw usageFailure(error, path, command.args, under);
    });
}

function toOption(spec: OptionSpec): Option {
  const option = new Option(spec.flags, spec.summary);
  if (spec.choices !== undefined) option.choices(spec.choices);
  if (spec.repeatable === true) {
    option.argParser((value: string, previous: readonly string[] | undefined) => [...(previous ?? []), value]);
  }
  return spec.default === undefined ? option : option.default(spec.default);
}
