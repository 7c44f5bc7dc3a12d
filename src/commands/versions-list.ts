// `apigen versions list`: the API versions of a stage that are live at once.

import type { Command } from '../cli/command.ts';
import { listVersions } from '../flows/converge/list-versions.ts';
import { connectFor } from '../flows/converge/session.ts';
import { loadProject } from '../project/load-project.ts';
import { share } from '../ui/plan-text.ts';
import { table } from '../ui/table.ts';
import { awsOptions, sessionOptions } from './aws-options.ts';

export const versionsList: Command = {
  name: 'versions list',
  summary: 'list the API versions of a stage',
  options: awsOptions,
  examples: ['apigen versions list', 'apigen versions list --stage prod --json'],
  async run(input, context) {
    const { ui } = context;
    const options = sessionOptions(input, context);
    const project = await loadProject(options);
    const versions = await listVersions(await connectFor(project, options), project);
    const document = versions.map(({ version, release, apis }) => ({
      version,
      release: release?.number ?? null,
      at: release?.at ?? null,
      by: release?.by ?? null,
      commit: release?.commit ?? null,
      canary: release?.canary?.share ?? null,
      apis,
    }));
    ui.result(document, () => {
      if (versions.length === 0) return `${project.name}/${project.stage.name} was never deployed.`;
      const rows = document.map(({ version, release, at, by, commit, canary }) => [
        version,
        release === null ? 'unfinished' : `${release}${canary === null ? '' : ` (canary ${share(canary)})`}`,
        at?.replace('T', ' ').slice(0, 19) ?? '',
        by ?? '',
        commit ?? '',
      ]);
      const urls = document.flatMap(({ version, apis }) => apis.map(({ api, url }) => `  ${version} ${api} ${url}`));
      return [
        table(rows, { width: ui.width, head: ['version', 'release', 'time (UTC)', 'by', 'commit'] }),
        ...(urls.length > 0 ? ['', ...urls] : []),
      ].join('\n');
    });
    return 0;
  },
};
