// `apigen destroy`: takes a stage down. Protected tables stay and are named.

import type { Command, CommandInput } from '../cli/command.ts';
import { type DestroyPlan, isGone, planDestroy, destroy as takeDown } from '../flows/converge/destroy.ts';
import { connectFor } from '../flows/converge/session.ts';
import { loadProject } from '../project/load-project.ts';
import type { Project } from '../project/project.ts';
import { seconds } from '../ui/seconds.ts';
import { stepProgress } from '../ui/step-progress.ts';
import { awsOptions, flag, lockOptions, sessionOptions, text, waitOption } from './aws-options.ts';
import { notConfirmed } from './consent.ts';

export const destroy: Command = {
  name: 'destroy',
  summary: 'delete everything of a stage',
  description:
    'Deletes APIs, functions, roles, log groups and tables of one stage, and nothing else. A table with ' +
    'deletion protection is kept.',
  options: [
    ...awsOptions,
    { flags: '--keep-tables', summary: 'keep tables and their data' },
    waitOption,
    { flags: '--confirm <name>', summary: 'project/stage, instead of typing it' },
  ],
  examples: ['apigen destroy --stage pr-17', 'apigen destroy --stage pr-17 --confirm shop/pr-17'],
  async run(input, context) {
    const { ui } = context;
    const started = performance.now();
    const options = sessionOptions(input, context);
    const project = await loadProject(options);
    const name = `${project.name}/${project.stage.name}`;
    const session = await connectFor(project, options);
    const request = { keepTables: flag(input, 'keepTables') || project.stage.protect, ...lockOptions(input, context) };
    const planned = await planDestroy(session, project, request);
    const kept = keptNames(planned);
    const keptLines = kept.map((table) => `  = table ${table} is kept with its data (${whyKept(input, project)})`);
    if (isGone(planned)) {
      ui.result({ deleted: [], kept }, () => [`Nothing of ${name} is there.`, ...keptLines].join('\n'));
      return 0;
    }
    for (const change of planned.plan.changes) ui.note(`  ${ui.style.red('-')} ${change.title} ${change.name}`);
    for (const key of planned.keys) ui.note(`  ${ui.style.red('-')} API key ${key.name}`);
    if (planned.plan.changes.length + planned.keys.length === 0)
      ui.note(`  ${ui.style.red('-')} what the ledger holds of ${name}`);
    for (const line of keptLines) ui.note(line);
    const confirmed = text(input, 'confirm');
    const agreed =
      confirmed === undefined
        ? await ui.confirmTyped(`All of this will be deleted.`, name, `--confirm ${name}`)
        : confirmed === name;
    if (!agreed) throw notConfirmed(name);
    const steps = stepProgress(ui, planned.plan.changes.length);
    try {
      const done = await takeDown(session, project, planned, { ...request, reporter: steps });
      steps.stop();
      const deleted = [...done.plan.changes, ...done.keys].map(({ name }) => name);
      ui.result({ deleted, kept, seconds: Number(((performance.now() - started) / 1000).toFixed(1)) }, () =>
        [
          ui.style.green(`✓ Deleted ${deleted.length} resources of ${name} in ${seconds(performance.now() - started)}`),
          ...keptLines,
        ].join('\n'),
      );
      return 0;
    } finally {
      steps.stop();
    }
  },
};

const keptNames = ({ plan }: DestroyPlan): readonly string[] => plan.kept.map((leftover) => leftover.target.name);

/** What keeps it, and how to let it go. */
function whyKept(input: CommandInput, project: Project): string {
  if (flag(input, 'keepTables')) return `--keep-tables; without it this deletes it`;
  if (project.stage.protect) return `the stage is protected: protect: false, deploy, destroy`;
  return 'deletion protection is on: protect: false, deploy, destroy';
}
