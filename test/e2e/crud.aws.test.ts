// The five routes of models, as `add-route --crud` writes them, deployed on MiniStack: the walk that dev is walked by too.

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type CrudProject, crudProject } from '../harness/crud-project.ts';
import { GAMES, VISITS, walkGames, walkVisits } from '../harness/crud-walk.ts';

describe.each([
  ['http', 'typescript'],
  ['rest', 'javascript'],
] as const)('the five routes of a model, deployed as %s from %s', (type, language) => {
  const name = `crud-${type}`;
  let project: CrudProject;
  let base = '';

  beforeAll(async () => {
    const env = {
      AWS_ENDPOINT_URL: process.env['MINISTACK_ENDPOINT'],
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
    };
    project = await crudProject({ name, type, language, env });
    const { stdout, stderr } = await project.apigen('deploy', '--yes', '--json');
    const routes: readonly { readonly url: string }[] = JSON.parse(stdout).routes;
    const games = routes.find(({ url }) => url.endsWith('/games'));
    if (games === undefined) throw new Error(stderr + stdout);
    base = games.url.replace(/\/games$/, '');
  });
  afterAll(async () => {
    await project?.apigen('destroy', '--confirm', `${name}/dev`);
    await project?.remove();
  });

  it('create, read, list by scan, change and remove items', async () => {
    expect(await walkGames(base)).toEqual(GAMES);
  });

  it('create, read, list by query, change and remove items under a key of the path', async () => {
    expect(await walkVisits(base)).toEqual(VISITS);
  });

  it('leave nothing to plan, and go with everything they had', async () => {
    expect(JSON.parse((await project.apigen('plan', '--json')).stdout).changes).toEqual([]);
    const { code } = await project.apigen('destroy', '--confirm', `${name}/dev`);
    expect(code).toBe(0);
  });
});
