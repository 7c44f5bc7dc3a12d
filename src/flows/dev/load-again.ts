// The project of a session as its files stand now. Where its apigen.yml is gone, as for a moment while branches change,
// one in a folder above is another project's.

import { ApigenError } from '../../errors.ts';
import { type LoadOptions, loadProject } from '../../project/load-project.ts';
import type { Project } from '../../project/project.ts';

/** @throws ApigenError `NO_PROJECT`, and as `loadProject` */
export async function loadAgain({ file }: Project, options: LoadOptions): Promise<Project> {
  const project = await loadProject(options);
  if (project.file === file) return project;
  throw new ApigenError({ code: 'NO_PROJECT', summary: `${file} is gone`, hint: 'put it back' });
}
