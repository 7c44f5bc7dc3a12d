// `apigen check`: says everything that is wrong with the project, without AWS.

import { relative } from 'node:path';
import type { Command } from '../cli/command.ts';
import type { Problem } from '../errors.ts';
import { checkStages } from '../flows/check/check-stages.ts';
import type { Project } from '../project/project.ts';

export const check: Command = {
  name: 'check',
  summary: 'find every mistake that can be known without AWS',
  description:
    'Checks apigen.yml, the limits of AWS, handlers, models and builds, at every stage, and names the line of each ' +
    'problem. It calls nothing in AWS and writes nothing.',
  options: [
    { flags: '-s, --stage <name>', summary: 'check this stage alone' },
    { flags: '--region <region>', summary: 'check for this region' },
  ],
  examples: ['apigen check', 'apigen check --stage prod --json'],
  async run({ options }, { cwd, env, ui }) {
    const text = (key: string) => (typeof options[key] === 'string' ? options[key] : undefined);
    const progress = ui.progress('Checking');
    const { projects, warnings } = await checkStages({
      cwd,
      env,
      stage: text('stage'),
      region: text('region'),
    }).finally(() => progress.stop());
    for (const warning of warnings) ui.warn(sentenceOf(warning, cwd));
    const [project] = projects;
    const document = { ok: true, project: project?.name, stages: projects.map(countsOf), warnings };
    ui.result(document, () => `${ui.style.green('✓')} ${project?.name} is fine\n${projects.map(lineOf).join('\n')}`);
    return 0;
  },
};

function countsOf(project: Project) {
  const apis = Object.values(project.apis);
  return {
    stage: project.stage.name,
    region: project.region,
    apis: apis.length,
    routes: apis.reduce((sum, api) => sum + api.routes.length, 0),
    functions: Object.keys(project.functions).length,
    models: Object.keys(project.models).length,
  };
}

function lineOf(project: Project): string {
  const { stage, region, apis, routes, functions, models } = countsOf(project);
  const counts = [
    count(apis, 'API'),
    count(routes, 'route'),
    count(functions, 'function'),
    count(models, 'model'),
  ].join(', ');
  return `  ${stage} in ${region}: ${counts}`;
}

function count(number: number, word: string): string {
  return `${number} ${word}${number === 1 ? '' : 's'}`;
}

function sentenceOf({ message, hint, position }: Problem, cwd: string): string {
  const place = position === undefined ? '' : `${relative(cwd, position.file)}:${position.line}:${position.column} `;
  return `${place}${message}${hint === undefined ? '' : `\n  Try: ${hint}`}`;
}
