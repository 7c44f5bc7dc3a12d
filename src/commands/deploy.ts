// `apigen deploy`: plan, ask, apply, and say where everything is.

import type { Command, CommandContext, CommandInput } from '../cli/command.ts';
import { refuseBlocked } from '../engine/apply.ts';
import { canaryStands, refuseCanary } from '../engine/canary.ts';
import { isEmpty } from '../engine/plan.ts';
import { UsageError } from '../errors.ts';
import { addressesOf, type DomainTarget, domainTargets, type RouteAddress } from '../flows/converge/addresses.ts';
import { costDocument, costOfChange, costText } from '../flows/converge/cost-of-change.ts';
import { deploy as applyPlan } from '../flows/converge/deploy.ts';
import { modelRemarks } from '../flows/converge/model-changes.ts';
import { planDeploy } from '../flows/converge/plan-deploy.ts';
import { factsOf } from '../flows/converge/plan-facts.ts';
import { prepare } from '../flows/converge/prepare.ts';
import { apiVersionOf } from '../project/api-version.ts';
import { planDocument, planText, share } from '../ui/plan-text.ts';
import { seconds } from '../ui/seconds.ts';
import { type StepProgress, stepProgress } from '../ui/step-progress.ts';
import { table } from '../ui/table.ts';
import { wrapText } from '../ui/wrap-text.ts';
import {
  awsOptions,
  flag,
  list,
  lockOptions,
  sameTarget,
  sessionOptions,
  text,
  versionOption,
  waitOption,
} from './aws-options.ts';
import { consentToDataLoss } from './consent.ts';
import { dnsLines } from './dns-lines.ts';

export const deploy: Command = {
  name: 'deploy',
  summary: 'bring AWS to what apigen.yml says',
  description:
    'Shows the plan, asks, and applies it. Safe to stop at any point: run it again, and it goes on from there. ' +
    'Clients get the old or the new version of each function, never an error.',
  options: [
    ...awsOptions,
    versionOption,
    { flags: '-y, --yes', summary: 'do not ask' },
    waitOption,
    {
      flags: '--canary <share>',
      summary: 'give the new functions a share of the requests, as 10%, until apigen promote',
    },
    { flags: '--allow-data-loss <table>', summary: 'consent to delete or replace this table', repeatable: true },
    { flags: '--confirm <table>', summary: 'type the table name again for --allow-data-loss', repeatable: true },
  ],
  examples: [
    'apigen deploy',
    'apigen deploy --stage prod --yes',
    'apigen deploy --canary 10%',
    'apigen deploy --api-version v2',
  ],
  async run(input, context) {
    const { ui } = context;
    const started = performance.now();
    const shown: { steps?: StepProgress } = {};
    const progress = ui.progress('Reading apigen.yml');
    try {
      const options = sessionOptions(input, context);
      const canary = shareOf(text(input, 'canary'));
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
      const facts = { ...factsOf(prepared, planned.ledger), models };
      const describe = (live: typeof planned.observation.live) => ({
        routes: addressesOf(prepared.definitions, apiVersionOf(prepared.project), live, prepared.aws),
        domains: domainTargets(live),
      });

      const { plan, observation, ledger } = planned;
      const { graph, kinds } = prepared;
      if (canary !== undefined && !isEmpty(plan)) refuseCanary(plan, kinds, ledger);
      if (isEmpty(plan) || (canary !== undefined && canaryStands(plan, graph, kinds, observation, canary))) {
        const release = ledger.releases[0]?.number ?? null;
        report(context, started, { release, changed: false, ...describe(observation.live) });
        return 0;
      }
      const cost = costOfChange(prepared.project, planned.ledger);
      ui.note(`${planText(planned.plan, facts, ui)}\n\n${costText(cost, ui)}`);
      if (canary !== undefined)
        ui.note(
          `\n${wrapText(canaryWords(canary), ui.width)
            .map((line) => ui.style.yellow(line))
            .join('\n')}`,
        );
      refuseBlocked(plan);
      await consentToDataLoss(planned.plan, input, ui);
      if (!(await approved(input, context, prepared.project.stage.name))) {
        ui.note('Nothing was changed.');
        return 1;
      }
      shown.steps = stepProgress(ui, planned.plan.changes.length);
      const applied = await applyPlan(prepared, planned, {
        ...planInput,
        canary,
        ...lockOptions(input, context),
        reporter: shown.steps,
      });
      shown.steps.stop();
      report(context, started, {
        release: applied?.release.number ?? null,
        changed: true,
        ...(canary !== undefined && { canary }),
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

const canaryWords = (canary: number): string =>
  `The new functions get ${share(canary)} of the requests until apigen promote; apigen rollback takes them back. What ` +
  'the release before needs stays until then.';

/** `10%` → 0.1. */
function shareOf(given: string | undefined): number | undefined {
  if (given === undefined) return undefined;
  const percent = /^(\d+(?:\.\d+)?)%?$/.exec(given.trim())?.[1];
  const part = Number((Number(percent) / 100).toFixed(4));
  if (percent !== undefined && part > 0 && part < 1) return part;
  throw new UsageError({
    code: 'BAD_CANARY',
    summary: `--canary ${given} is not a share of the requests`,
    detail: 'It is more than 0% and less than 100%.',
    hint: 'apigen deploy --canary 10%',
  });
}

interface Outcome {
  readonly release: number | null;
  readonly changed: boolean;
  /** The share of the requests that it gets, from 0 to 1. */
  readonly canary?: number;
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
      ? style.green(
          `✓ Deployed ${release}${outcome.canary === undefined ? '' : ` to ${share(outcome.canary)} of the requests`} in ${seconds(ms)}`,
        )
      : `✓ Nothing to change: ${release || 'up to date'} (${seconds(ms)})`;
    return [head, ...(rows.length > 0 ? ['', addressLines(rows, ui.width)] : []), ...dnsLines(outcome.domains)].join(
      '\n',
    );
  });
}

/** An address is there to be copied: where the table would break one, each stands on a line of its own. */
function addressLines(rows: readonly (readonly string[])[], width: number): string {
  const widest = Math.max(...rows.map((row) => row[1]?.length ?? 0));
  if (widest + 20 <= width) return table(rows, { width, indent: '  ' });
  return rows.map(([method, url, note]) => `  ${method} ${url}${note ? ` ${note}` : ''}`).join('\n');
}
