// `apigen status`: what is live, which release, and where.

import type { Command } from '../cli/command.ts';
import { isEmpty } from '../engine/plan.ts';
import { addressesOf, domainTargets } from '../flows/converge/addresses.ts';
import { planDeploy } from '../flows/converge/plan-deploy.ts';
import { prepare } from '../flows/converge/prepare.ts';
import { apiVersionOf, FIRST_VERSION } from '../project/api-version.ts';
import { share } from '../ui/plan-text.ts';
import { table } from '../ui/table.ts';
import { awsOptions, sessionOptions, versionOption } from './aws-options.ts';
import { dnsLines } from './dns-lines.ts';

export const status: Command = {
  name: 'status',
  summary: 'show what is deployed, and where',
  options: [...awsOptions, versionOption],
  examples: ['apigen status', 'apigen status --stage prod --json'],
  async run(input, context) {
    const { ui } = context;
    const progress = ui.progress('Reading apigen.yml');
    try {
      const prepared = await prepare(sessionOptions(input, context), (doing) => progress.update(doing));
      progress.update('Reading what is live');
      const { plan, observation, ledger } = await planDeploy(prepared, { allowDataLoss: [], signal: context.signal });
      progress.stop();
      const release = ledger.releases[0];
      const routes = addressesOf(prepared.definitions, apiVersionOf(prepared.project), observation.live, prepared.aws);
      const resources = [...prepared.graph.values()].map((node) => ({
        node: node.id,
        title: prepared.kinds.get(node.kind)?.title ?? node.kind,
        name: node.name,
        state: stateOf(plan.changes.find((change) => change.node === node.id)?.action),
      }));
      const document = {
        project: prepared.project.name,
        stage: prepared.project.stage.name,
        apiVersion: apiVersionOf(prepared.project),
        account: prepared.aws.account,
        region: prepared.aws.region,
        release: release ?? null,
        current: isEmpty(plan),
        resources,
        routes,
        domains: domainTargets(observation.live),
      };
      const version = document.apiVersion === FIRST_VERSION ? '' : `, API version ${document.apiVersion},`;
      const canary = release?.canary ? `, a canary with ${share(release.canary.share)} of the requests` : '';
      ui.result(document, () =>
        [
          `${ui.style.bold(`${document.project}/${document.stage}`)}${version} in account ${document.account}, ${document.region}`,
          release ? `Release ${release.number}, ${release.at} by ${release.by}${canary}` : 'Never deployed.',
          '',
          table(
            resources.map((resource) => [resource.title, resource.name, resource.state]),
            { width: ui.width, indent: '  ' },
          ),
          ...(routes.length > 0 ? ['', ...routes.map((route) => `  ${route.method} ${route.url}`)] : []),
          ...dnsLines(document.domains),
        ].join('\n'),
      );
      return 0;
    } finally {
      progress.stop();
    }
  },
};

const stateOf = (action: string | undefined): string =>
  action === undefined ? 'live' : action === 'create' ? 'not there' : 'differs';
