// `apigen plan`: what a deploy would change, which routes are public, in which account and region. Writes nothing.

import type { Command } from '../cli/command.ts';
import { isEmpty } from '../engine/plan.ts';
import { UsageError } from '../errors.ts';
import { costDocument, costMarkdown, costOfChange, costText } from '../flows/converge/cost-of-change.ts';
import { modelRemarks } from '../flows/converge/model-changes.ts';
import { planDeploy } from '../flows/converge/plan-deploy.ts';
import { factsOf } from '../flows/converge/plan-facts.ts';
import { prepare } from '../flows/converge/prepare.ts';
import { planMarkdown } from '../ui/plan-markdown.ts';
import { planDocument, planText } from '../ui/plan-text.ts';
import { awsOptions, flag, list, sessionOptions, versionOption } from './aws-options.ts';

export const plan: Command = {
  name: 'plan',
  summary: 'show what a deploy would change',
  description: 'Reads what is live and compares it with apigen.yml and your code. Nothing is written, here or in AWS.',
  options: [
    ...awsOptions,
    versionOption,
    { flags: '--markdown', summary: 'print Markdown, for a comment on a pull request' },
    { flags: '--detailed-exitcode', summary: 'exit 3 when there is something to change' },
    { flags: '--count-items [n]', summary: 'look at so many items (default 1000) for attributes that became required' },
    { flags: '--allow-data-loss <table>', summary: 'plan to delete or replace this table', repeatable: true },
  ],
  examples: [
    'apigen plan',
    'apigen plan --stage prod --detailed-exitcode',
    'apigen plan --target local --json',
    'apigen plan --markdown > plan.md',
  ],
  async run(input, context) {
    const { ui } = context;
    const progress = ui.progress('Reading apigen.yml');
    try {
      const prepared = await prepare(sessionOptions(input, context), (doing) => progress.update(doing));
      progress.update('Reading what is live');
      const planned = await planDeploy(prepared, {
        allowDataLoss: list(input, 'allowDataLoss'),
        signal: context.signal,
      });
      const models = await modelRemarks(prepared, planned.ledger, sampleOf(input.options['countItems']));
      progress.stop();
      const facts = { ...factsOf(prepared, planned.ledger), models };
      const cost = costOfChange(prepared.project, planned.ledger);
      const document = { ...planDocument(planned.plan, facts), cost: costDocument(cost) };
      ui.result(document, () =>
        flag(input, 'markdown')
          ? `${planMarkdown(planned.plan, facts)}\n${costMarkdown(cost)}`
          : `${planText(planned.plan, facts, ui)}\n\n${costText(cost, ui)}`,
      );
      return flag(input, 'detailedExitcode') && !isEmpty(planned.plan) ? 3 : 0;
    } finally {
      progress.stop();
    }
  },
};

const defaultSample = 1000;

function sampleOf(given: string | boolean | readonly string[] | undefined): number | undefined {
  if (given === undefined || given === false) return undefined;
  if (given === true) return defaultSample;
  const sample = Number(given);
  if (Number.isInteger(sample) && sample > 0) return sample;
  throw new UsageError({
    code: 'BAD_SAMPLE',
    summary: `--count-items ${String(given)} is no number of items`,
    hint: 'apigen plan --count-items 1000',
  });
}
