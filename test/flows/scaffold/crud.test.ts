// `apigen add-route --crud` as a person uses it: the project is typechecked, its own tests run, and it is called under dev.

import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type DevSession, startDev } from '../../../src/flows/dev/start-dev.ts';
import { startTables } from '../../../src/gateway/tables/start-tables.ts';
import { builtProgram } from '../../harness/built-program.ts';
import { type CrudProject, crudProject } from '../../harness/crud-project.ts';
import { GAMES, VISITS, walkGames, walkVisits } from '../../harness/crud-walk.ts';

const run = promisify(execFile);

describe.each([
  ['http', 'typescript'],
  ['rest', 'javascript'],
] as const)('the five routes of a model on %s, in %s', (type, language) => {
  let project: CrudProject;
  let dev: DevSession;

  beforeAll(async () => {
    project = await crudProject({ name: 'shop', type, language });
    const env = { PATH: process.env['PATH'] };
    dev = await startDev({ cwd: project.root, env, port: 0, startTables, emit: () => {} });
  });
  afterAll(async () => {
    await dev?.close();
    await project?.remove();
  });

  it('are right as apigen check and the compiler see them', async () => {
    const { code, stdout } = await project.apigen('check');
    expect(stdout).toContain('✓ shop is fine');
    expect(code).toBe(0);
    if (language === 'javascript') return;
    await run(process.execPath, [resolve('node_modules/.bin/tsc'), '--noEmit'], { cwd: project.root });
  });

  it('have tests of their own that pass', async () => {
    const { PATH, HOME } = process.env;
    const APIGEN = await builtProgram();
    const { stdout } = await run('npm', ['test', '--silent'], { cwd: project.root, env: { PATH, HOME, APIGEN } });
    expect(stdout).toMatch(/# pass 26\n# fail 0/);
  });

  it('create, read, list by scan, change and remove items', async () => {
    expect(await walkGames(dev.apis()[0]?.url ?? '')).toEqual(GAMES);
  });

  it('create, read, list by query, change and remove items under a key of the path', async () => {
    expect(await walkVisits(dev.apis()[0]?.url ?? '')).toEqual(VISITS);
  });
});
