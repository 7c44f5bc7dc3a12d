// `apigen cost-estimate init-usage`: writes a usage file with comments, never over one that is there.

import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Command } from '../cli/command.ts';
import { ApigenError } from '../errors.ts';
import { shapeOfProject } from '../flows/estimate/shape-of-project.ts';
import { usageTemplate } from '../flows/estimate/usage-template.ts';
import { loadProject } from '../project/load-project.ts';

export const costEstimateInitUsage: Command = {
  name: 'cost-estimate init-usage',
  summary: 'write a usage file with comments',
  description:
    'Names the APIs, routes, functions and models of the project here; without one, an example that stands alone.',
  arguments: [{ name: 'file', summary: 'where to write; default usage.yml', required: false }],
  options: [{ flags: '-s, --stage <name>', summary: 'the stage of the project; default dev' }],
  examples: ['apigen cost-estimate init-usage', 'apigen cost-estimate init-usage launch.yml'],
  async run(input, { cwd, env, ui }) {
    const given = input.arguments['file'];
    const file = typeof given === 'string' ? given : 'usage.yml';
    const stage = input.options['stage'];
    const shape = await shapeHere(cwd, env, typeof stage === 'string' ? stage : undefined);
    try {
      await writeFile(resolve(cwd, file), usageTemplate(shape), { flag: 'wx' });
    } catch (cause) {
      throw explain(cause, file);
    }
    const next = `apigen cost-estimate --usage ${file}`;
    ui.result({ file, next }, () => `Wrote ${file}. Change its numbers, then: ${next}`);
    return 0;
  },
};

async function shapeHere(cwd: string, env: NodeJS.ProcessEnv, stage: string | undefined) {
  try {
    return shapeOfProject(await loadProject({ cwd, env, stage }));
  } catch (error) {
    if (error instanceof ApigenError && error.code === 'NO_PROJECT') return undefined;
    throw error;
  }
}

function explain(cause: unknown, file: string): unknown {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  if (code === 'EEXIST') {
    return new ApigenError({
      code: 'FILE_EXISTS',
      summary: `${file} is there already, and stays as it is`,
      hint: `apigen cost-estimate init-usage ${file.replace(/\.ya?ml$/, '')}-2.yml`,
      cause,
    });
  }
  if (!(cause instanceof Error)) return cause;
  return new ApigenError({ code: 'CANNOT_WRITE', summary: `Cannot write ${file}`, detail: cause.message, cause });
}
