// `apigen promote`: the newest release, a canary so far, gets all the traffic. Seconds; nothing is built.

import type { Command } from '../cli/command.ts';
import { promote as giveAll, planPromotion } from '../flows/converge/promote.ts';
import { returnWords } from '../flows/converge/return-words.ts';
import { connectFor } from '../flows/converge/session.ts';
import { loadProject } from '../project/load-project.ts';
import { rollbackDocument } from '../ui/rollback-text.ts';
import { seconds } from '../ui/seconds.ts';
import { stepProgress } from '../ui/step-progress.ts';
import { awsOptions, flag, lockOptions, sameTarget, sessionOptions, versionOption, waitOption } from './aws-options.ts';

export const promote: Command = {
  name: 'promote',
  summary: 'give a canary all the traffic',
  description:
    'Ends what apigen deploy --canary began: every alias points at the new release alone, and roles grant no more than ' +
    'it needs. apigen rollback ends it the other way.',
  options: [...awsOptions, versionOption, { flags: '-y, --yes', summary: 'do not ask' }, waitOption],
  examples: ['apigen promote', 'apigen promote --stage prod --yes'],
  async run(input, context) {
    const { ui } = context;
    const started = performance.now();
    const options = sessionOptions(input, context);
    const project = await loadProject(options);
    const session = await connectFor(project, options);
    const plan = await planPromotion(session, project);
    const words = returnWords(plan, [plan.to]);
    ui.note(`All traffic to release ${plan.to.number}:`);
    for (const move of words.moves) ui.note(`  ${ui.style.yellow('~')} ${move.title} ${move.name}`);
    const agreed =
      flag(input, 'yes') || (await ui.confirm('Promote it?', `--yes    (apigen promote${sameTarget(input)} --yes)`));
    if (!agreed) {
      ui.note('Nothing was changed.');
      return 1;
    }
    const steps = stepProgress(ui, words.moves.length);
    try {
      const release = await giveAll(session, project, { ...lockOptions(input, context), reporter: steps });
      steps.stop();
      const ms = performance.now() - started;
      const document = { release: release.number, ...rollbackDocument(words), seconds: Number((ms / 1000).toFixed(1)) };
      ui.result(document, () => ui.style.green(`✓ Release ${release.number} gets all the traffic (${seconds(ms)})`));
      return 0;
    } finally {
      steps.stop();
    }
  },
};
