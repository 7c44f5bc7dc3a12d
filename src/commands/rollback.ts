// `apigen rollback [release]`: points aliases and stages back at a kept release. Seconds; nothing is built.

import type { Command } from '../cli/command.ts';
import { isReturned } from '../engine/rollback.ts';
import { UsageError } from '../errors.ts';
import { returnWords } from '../flows/converge/return-words.ts';
import { planReturn, rollback as returnTo } from '../flows/converge/rollback.ts';
import { connectFor } from '../flows/converge/session.ts';
import { loadProject } from '../project/load-project.ts';
import { rollbackDocument, rollbackText } from '../ui/rollback-text.ts';
import { seconds } from '../ui/seconds.ts';
import { stepProgress } from '../ui/step-progress.ts';
import { awsOptions, flag, lockOptions, sameTarget, sessionOptions, versionOption, waitOption } from './aws-options.ts';

export const rollback: Command = {
  name: 'rollback',
  summary: 'return to an earlier release',
  description:
    'Moves aliases and stages back to what they pointed at in that release. Tables and their data stay as they are. ' +
    'The next deploy brings the source back.',
  arguments: [{ name: 'release', summary: 'its number; default the one before the newest', required: false }],
  options: [
    ...awsOptions,
    versionOption,
    { flags: '-y, --yes', summary: 'do not ask' },
    { flags: '--plan', summary: 'only show what would move and what roles may do again' },
    { flags: '--verbose', summary: 'show ids and whole ARNs too' },
    waitOption,
  ],
  examples: ['apigen rollback', 'apigen rollback 12 --plan', 'apigen rollback 12 --stage prod --yes'],
  async run(input, context) {
    const { ui } = context;
    const started = performance.now();
    const options = sessionOptions(input, context);
    const project = await loadProject(options);
    const session = await connectFor(project, options);
    const { plan, ledger } = await planReturn(session, project, numberOf(input.arguments['release']));
    const { to, moves } = plan;
    const moved = moves.map((change) => change.name);
    // An open journal is of a run that was cut off: it is finished, though all may point there already.
    if (isReturned(plan) && !ledger.journal) {
      ui.result(
        { release: null, rollbackOf: to.number, moved, moves: [], policies: [] },
        () => `Everything points at release ${to.number} already.`,
      );
      return 0;
    }
    const words = returnWords(plan, ledger.releases);
    const shown = rollbackText(words, { style: ui.style, width: ui.width, verbose: flag(input, 'verbose') });
    if (flag(input, 'plan')) {
      ui.result({ rollbackOf: to.number, moved, ...rollbackDocument(words) }, () => shown);
      return 0;
    }
    ui.note(shown);
    const agreed =
      flag(input, 'yes') ||
      (await ui.confirm('Roll back?', `--yes    (apigen rollback ${to.number}${sameTarget(input)} --yes)`));
    if (!agreed) {
      ui.note('Nothing was changed.');
      return 1;
    }
    const steps = stepProgress(ui, moves.length);
    try {
      const release = await returnTo(session, project, to.number, { ...lockOptions(input, context), reporter: steps });
      steps.stop();
      const ms = performance.now() - started;
      const document = {
        release: release.number,
        rollbackOf: to.number,
        moved,
        ...rollbackDocument(words),
        seconds: Number((ms / 1000).toFixed(1)),
      };
      ui.result(document, () =>
        ui.style.green(`✓ Release ${release.number} is release ${to.number} again (${seconds(ms)})`),
      );
      return 0;
    } finally {
      steps.stop();
    }
  },
};

function numberOf(word: unknown): number | undefined {
  if (word === undefined) return undefined;
  const number = Number(word);
  if (Number.isInteger(number) && number > 0) return number;
  throw new UsageError({
    code: 'BAD_RELEASE',
    summary: `${String(word)} is not a release number`,
    hint: 'apigen releases',
  });
}
