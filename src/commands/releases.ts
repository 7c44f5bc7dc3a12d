// `apigen releases`: what was deployed, when, by whom, from which commit.

import type { Command } from '../cli/command.ts';
import { listReleases } from '../flows/converge/list-releases.ts';
import { connectFor } from '../flows/converge/session.ts';
import { loadProject } from '../project/load-project.ts';
import { share } from '../ui/plan-text.ts';
import { table } from '../ui/table.ts';
import { awsOptions, sessionOptions, versionOption } from './aws-options.ts';

export const releases: Command = {
  name: 'releases',
  summary: 'list the releases that can be returned to',
  options: [...awsOptions, versionOption],
  examples: ['apigen releases', 'apigen releases --stage prod --json'],
  async run(input, context) {
    const { ui } = context;
    const options = sessionOptions(input, context);
    const project = await loadProject(options);
    const kept = await listReleases(await connectFor(project, options), project);
    const document = kept.map(({ number, at, by, commit, changes, rollbackOf, canary }) => ({
      number,
      at,
      by,
      commit: commit ?? null,
      rollbackOf: rollbackOf ?? null,
      ...(canary && { canary: canary.share }),
      changes,
    }));
    ui.result(document, () => {
      if (kept.length === 0) return `${project.name}/${project.stage.name} was never deployed.`;
      const rows = document.map((release) => [
        String(release.number),
        release.at.replace('T', ' ').slice(0, 19),
        release.by,
        release.commit ?? '',
        (release.canary === undefined ? '' : `canary ${share(release.canary)}: `) +
          (release.rollbackOf === null ? whatChanged(release.changes) : `back to ${release.rollbackOf}`),
      ]);
      return table(rows, { width: ui.width, head: ['release', 'time (UTC)', 'by', 'commit', 'changes'] });
    });
    return 0;
  },
};

const shownChanges = 2;

function whatChanged(changes: readonly string[]): string {
  const more = changes.length - shownChanges;
  return [...changes.slice(0, shownChanges), ...(more > 0 ? [`and ${more} more`] : [])].join(', ');
}
