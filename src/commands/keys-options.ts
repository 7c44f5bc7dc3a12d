// What the commands of `apigen keys` have in common.

import type { ArgumentSpec, CommandContext, CommandInput } from '../cli/command.ts';
import { UsageError } from '../errors.ts';
import { connectFor, type Session } from '../flows/converge/session.ts';
import { removeExpired } from '../flows/keys/key-ring.ts';
import { loadProject } from '../project/load-project.ts';
import type { Project } from '../project/project.ts';
import { sessionOptions } from './aws-options.ts';

export const nameArgument: ArgumentSpec = {
  name: 'name',
  summary: 'of the key: letters, digits, - and _',
  required: true,
};

/** @throws UsageError `KEY_NAME` */
export function keyName(input: CommandInput): string {
  const name = String(input.arguments['name'] ?? '');
  if (/^[A-Za-z0-9][A-Za-z0-9_-]{0,127}$/.test(name)) return name;
  throw new UsageError({
    code: 'KEY_NAME',
    summary: `${JSON.stringify(name)} cannot be the name of a key`,
    detail: 'A name starts with a letter or a digit, and goes on with letters, digits, - and _; at most 128.',
  });
}

/** Loads the project, connects, and works; the exit code is 0 unless something is thrown. */
export async function onStage(
  input: CommandInput,
  context: CommandContext,
  work: (session: Session, project: Project) => Promise<void>,
): Promise<number> {
  const options = sessionOptions(input, context);
  const project = await loadProject(options);
  await work(await connectFor(project, options), project);
  return 0;
}

/** Removes rotated keys whose grace time is over, and says so. */
export async function sweep(session: Session, project: Project, { ui }: CommandContext): Promise<void> {
  for (const { name, id } of await removeExpired(session, project)) {
    ui.note(`The rotated key of ${name} (${id}) is removed: its grace time is over.`);
  }
}

const units: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 };

/** `7d`, `12h`, `30m`, `0` → milliseconds. @throws UsageError `DURATION` */
export function graceMs(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (text === '0') return 0;
  const [, count, unit] = /^([1-9]\d{0,4})([mhd])$/.exec(text) ?? [];
  const factor = unit === undefined ? undefined : units[unit];
  if (count !== undefined && factor !== undefined) return Number(count) * factor;
  throw new UsageError({
    code: 'DURATION',
    summary: `${JSON.stringify(text)} is no time`,
    detail: 'A grace time is a number of minutes, hours or days, or 0 for none.',
    hint: '--grace 7d, --grace 12h, --grace 0',
  });
}
