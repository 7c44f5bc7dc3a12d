// `apigen deploy`: plan, ask, apply, and say where everything is.

import type { Command, CommandContext, CommandInput } from '../cli/command.ts';
import { refuseBlocked } from '../engine/apply.ts';
import { isEmpty } from '../engine/plan.ts';
import { addressesOf, type DomainTarget, domainTargets, type RouteAddress } from '../flows/converge/addresses.ts';
import { costDocument, costOfChange, costText } from '../flows/converge/cost-of-change.ts';
import { deploy as applyPlan } from '../flows/converge/deploy.ts';
import { modelRemarks } from '../flows/converge/model-changes.ts';
import { planDeploy } from '../flows/converge/plan-deploy.ts';
import { factsOf } from '../flows/converge/plan-facts.ts';
import { prepare } from '../flows/converge/prepare.ts';
import { planDocument, planText } from '../ui/plan-text.ts';
import { seconds } from '../ui/seconds.ts';
import { type StepProgress, stepProgress } from '../ui/step-progress.ts';
import { table } from '../ui/table.ts';
import { awsOptions, flag, list, lockOptions, sameTarget, sessionOptions, waitOption } from './aws-options.ts';
import { consentToDataLoss } from './consent.ts';

export const deploy: Command = {
  name: 'deploy',
  summary: 'bring AWS to what apigen.yml says',
  description:
    'Shows the plan, asks, and applies it. Safe to stop at any point: run it again, and it goes on from there. ' +
    'Clients get the old or the new version of each function, never an error.',
  options: [
    ...awsOptions,
    { flags: '-y, --yes', summary: 'do not ask' },
    waitOption,
    { flags: '--allow-data-loss <table>', summary: 'consent to delete or replace this table', repeatable: true },
    { flags: '--confirm <table>', summary: 'type the table name again for --allow-data-loss', repeatable: true },
  ],
  examples: ['apigen deploy', 'apigen deploy --stage prod --yes', 'apigen deploy --target local'],
  async run(input, context) {
    const { ui } = context;
    const started = performance.now();
    const shown: { steps?: StepProgress } = {};
    const progress = ui.progress('Reading apigen.yml');
    try {
      const options = sessionOptions(input, context);
      const prepared = await prepare(
        {
          ...options,
          onWait: (wait) => shown.steps?.waiting(wait.reason === 'quota' ? "waiting for AWS's quota" : 'trying again'),
        },
        (doing) => progress.update(doing),
      );
      progress.update('Reading what is live');
      const planInput = { allowDataLoss: list(input, 'allowDataLoss'), signal: context.signal };
      const planned = await planDeploy(prepared, planInput);
      progress.stop();
      const models = await modelRemarks(prepared, planned.ledger, undefined);
      const facts = { ...factsOf(prepared), models };
      const describe = (live: typeof planned.observation.live) => ({
        routes: addressesOf(prepared.definitions, 'v1', live, prepared.aws),
        domains: domainTargets(live),
      });

      if (isEmpty(planned.plan)) {
        const release = planned.ledger.releases[0]?.number ?? null;
        report(context, started, { release, changed: false, ...describe(planned.observation.live) });
        return 0;
      }
      const cost = costOfChange(prepared.project, planned.ledger);
      ui.note(`${planText(planned.plan, facts, ui)}\n\n${costText(cost, ui)}`);
      refuseBlocked(planned.plan);
      await consentToDataLoss(planned.plan, input, ui);
      if (!(await approved(input, context, prepared.project.stage.name))) {
        ui.note('Nothing was changed.');
        return 1;
      }
      shown.steps = stepProgress(ui, planned.plan.changes.length);
      const applied = await applyPlan(prepared, planned, {
        ...planInput,
        ...lockOptions(input, context),
        reporter: shown.steps,
      });
      shown.steps.stop();
      report(context, started, {
        release: applied?.release.number ?? null,
        changed: true,
        ...describe(applied?.live ?? planned.observation.live),
        plan: { ...planDocument(planned.plan, facts), cost: costDocument(cost) },
      });
      return 0;
    } finally {
      shown.steps?.stop();
      progress.stop();
    }
  },
};

async function approved(input: CommandInput, { ui }: CommandContext, stage: string): Promise<boolean> {
  if (flag(input, 'yes')) return true;
  return ui.confirm(
    `Deploy to ${stage}?`,
    `--yes${sameTarget(input) === '' ? '' : `    (apigen deploy${sameTarget(input)} --yes)`}`,
  );
}

interface Outcome {
  readonly release: number | null;
  readonly changed: boolean;
  readonly routes: readonly RouteAddress[];
  readonly domains: readonly DomainTarget[];
  readonly plan?: unknown;
}

function report({ ui }: CommandContext, started: number, outcome: Outcome): void {
  const ms = performance.now() - started;
  const { style } = ui;
  ui.result({ ...outcome, seconds: Number((ms / 1000).toFixed(1)) }, () => {
    const rows = outcome.routes.map((route) => [route.method, route.url, route.public ? style.yellow('public') : '']);
    const release = outcome.release === null ? '' : `release ${outcome.release}`;
    const head = outcome.changed
      ? style.green(`✓ Deployed ${release} in ${seconds(ms)}`)
      : `✓ Nothing to change: ${release || 'up to date'} (${seconds(ms)})`;
    const domains = outcome.domains.map(({ domain, target }) => `  ${domain} → CNAME ${target}`);
    return [
      head,
      ...(rows.length > 0 ? ['', addressLines(rows, ui.width)] : []),
      ...(domains.length > 0 ? ['', 'Point your DNS:', ...domains] : []),
    ].join('\n');
  });
}

/** An address is there to be copied: where the table would break one, each stands on a line of its own. */
function addressLines(rows: readonly (readonly string[])[], width: number): string {
  const widest = Math.max(...rows.map((row) => row[1]?.length ?? 0));
  if (widest + 20 <= width) return table(rows, { width, indent: '  ' });
  return rows.map(([method, url, note]) => `  ${method} ${url}${note ? ` ${note}` : ''}`).join('\n');
}
