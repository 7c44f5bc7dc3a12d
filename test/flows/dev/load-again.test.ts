import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { loadAgain } from '../../../src/flows/dev/load-again.ts';
import { loadProject } from '../../../src/project/load-project.ts';
import { temporaryProject } from '../../harness/temporary-project.ts';

it('a project whose apigen.yml is gone is not taken for one in a folder above', async () => {
  const yml = (name: string): string => `name: ${name}\nregion: eu-west-1\n`;
  const outer = await temporaryProject({ 'apigen.yml': yml('outer'), 'inner/apigen.yml': yml('inner') });
  const cwd = join(outer.root, 'inner');
  try {
    const project = await loadProject({ cwd });
    await outer.write({ 'inner/apigen.yml': yml('renamed') });
    expect((await loadAgain(project, { cwd })).name).toBe('renamed');
    await rm(project.file);
    await expect(loadAgain(project, { cwd })).rejects.toMatchObject({ summary: `${project.file} is gone` });
  } finally {
    await outer.remove();
  }
});
