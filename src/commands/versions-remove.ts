// `apigen versions remove`: takes one API version down and leaves the others as they are.

import type { Command } from '../cli/command.ts';
import { planRemoval, removeVersion } from '../flows/converge/remove-version.ts';
import { connectFor } from '../flows/converge/session.ts';
import { loadProject } from '../project/load-project.ts';
import { seconds } from '../ui/seconds.ts';
import { stepProgress } from '../ui/step-progress.ts';
import { awsOptions, list, lockOptions, sessionOptions, waitOption } from './aws-options.ts';
import { consentToDataLoss, notConfirmed } from './consent.ts';

export const versionsRemove: Command = {
  name: 'versions remove',
  summary: 'take one API version of a stage down',
  description:
    'Deletes the APIs and aliases of that version, and functions and roles that no other version uses. Tables stay ' +
    'unless --allow-data-loss names them.',
  arguments: [{ name: 'version', summary: 'as v2', required: true }],
  options: [
    ...awsOptions,
    waitOption,
    { flags: '--allow-data-loss <table>', summary: 'consent to delete this table', repeatable: true },
    { flags: '--confirm <name>', summary: 'project/stage/version, and each table that goes', repeatable: true },
  ],
  examples: ['apigen versions remove v2', 'apigen versions remove v1 --stage prod --confirm shop/prod/v1'],
  async run(input, context) {
    const { ui } = context;
    const started = performance.now();
    const options = { ...sessionOptions(input, context), apiVersion: String(input.arguments['version']) };
    const project = await loadProject(options);
    const name = `${project.name}/${project.stage.name}/${options.apiVersion}`;
    const session = await connectFor(project, options);
    const request = { allowDataLoss: list(input, 'allowDataLoss'), ...lockOptions(input, context) };
    const { plan } = await planRemoval(session, project, request);
    for (const change of plan.changes) ui.note(`  ${ui.style.red('-')} ${change.title} ${change.name}`);
    for (const { target } of plan.kept) ui.note(`  = table ${target.name} is kept with its data`);
    ui.note(`  = ${plan.handedOver.length} resources stay: other API versions use them`);
    await consentToDataLoss(plan, input, ui);
    const agreed =
      list(input, 'confirm').includes(name) ||
      (await ui.confirmTyped('All of this will be deleted.', name, `--confirm ${name}`));
    if (!agreed) throw notConfirmed(name);
    const steps = stepProgress(ui, plan.changes.length);
    try {
      const done = await removeVersion(session, project, { ...request, reporter: steps });
      steps.stop();
      const ms = performance.now() - started;
      const deleted = done.plan.changes.map((change) => change.name);
      const kept = done.plan.kept.map(({ target }) => target.name);
      ui.result({ deleted, kept, seconds: Number((ms / 1000).toFixed(1)) }, () =>
        ui.style.green(`✓ Deleted ${deleted.length} resources of ${name} in ${seconds(ms)}`),
      );
      return 0;
    } finally {
      steps.stop();
    }
  },
};
