import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { installHint } from '../../src/build/install-hint.ts';
import { temporaryProject } from '../harness/temporary-project.ts';

it('a package that package.json names, here or above, comes with a plain install', async () => {
  const project = await temporaryProject({
    'package.json': '{ "devDependencies": { "zod": "^4" } }',
    'api/package.json': '{ "dependencies": { "dynamoose": "^4" } }',
    'broken/package.json': '{',
  });
  try {
    const api = join(project.root, 'api');
    expect(installHint(api, 'dynamoose', 'dynamoose@4')).toBe('npm install');
    expect(installHint(api, 'zod')).toBe('npm install');
    expect(installHint(api, 'other')).toBe('npm install other');
    expect(installHint(join(project.root, 'broken'), 'dynamoose', 'dynamoose@4')).toBe('npm install dynamoose@4');
  } finally {
    await project.remove();
  }
});
