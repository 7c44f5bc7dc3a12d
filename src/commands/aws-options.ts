// The options of every command that talks to AWS, and the session they ask for.

import type { CommandContext, CommandInput, OptionSpec } from '../cli/command.ts';
import type { LockHolder, LockOptions } from '../flows/converge/locked-run.ts';
import type { SessionOptions } from '../flows/converge/session.ts';

export const awsOptions: readonly OptionSpec[] = [
  { flags: '-s, --stage <name>', summary: 'the stage; default dev' },
  { flags: '--region <region>', summary: 'instead of the one in apigen.yml' },
  { flags: '--profile <name>', summary: 'a profile of your AWS configuration' },
  {
    flags: '--target <where>',
    summary: 'aws, or local: the emulator of apigen local start',
    choices: ['aws', 'local'],
  },
];

/** For commands that are about one API version of a stage. */
export const versionOption: OptionSpec = {
  flags: '--api-version <version>',
  summary: 'an API beside v1, in the same stage; default v1',
};

/** An option's text; undefined when it was not given. */
export function text(input: CommandInput, name: string): string | undefined {
  const value = input.options[name];
  return typeof value === 'string' ? value : undefined;
}

export const flag = (input: CommandInput, name: string): boolean => input.options[name] === true;

export function list(input: CommandInput, name: string): readonly string[] {
  const value = input.options[name];
  if (typeof value === 'string') return [value];
  return typeof value === 'object' ? value : [];
}

export function sessionOptions(input: CommandInput, context: CommandContext): SessionOptions {
  const { cwd, env, signal, ui } = context;
  return {
    cwd,
    env,
    signal,
    stage: text(input, 'stage'),
    region: text(input, 'region'),
    apiVersion: text(input, 'apiVersion'),
    profile: text(input, 'profile'),
    target: text(input, 'target'),
    debug: ui.debug ? (line) => ui.note(line) : undefined,
  };
}

/** ` --stage prod --api-version v2`: what a hint must repeat so that it does the same. */
export function sameTarget(input: CommandInput): string {
  return Object.entries({
    stage: 'stage',
    region: 'region',
    apiVersion: 'api-version',
    profile: 'profile',
    target: 'target',
  })
    .flatMap(([name, flag]) => {
      const value = text(input, name);
      return value === undefined ? [] : [` --${flag} ${value}`];
    })
    .join('');
}

/** For commands that take the stage's lock. */
export const waitOption: OptionSpec = { flags: '--wait', summary: 'wait while another deploy of the stage runs' };

/** With `--wait`: says who holds the lock, once per holder. */
export function lockOptions(input: CommandInput, { signal, ui }: CommandContext): LockOptions {
  let told = '';
  const onWait = (holder: LockHolder): void => {
    const who = `${holder.who} (process ${holder.pid}) holds the lock since ${holder.since.toISOString()}`;
    if (who !== told) ui.note(`Waiting: ${who}.`);
    told = who;
  };
  return { signal, ...(flag(input, 'wait') && { onWait }) };
}
