// esbuild's process comes and goes; what is built does not notice.

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { BuildOptions, BuildResult } from 'esbuild';
import { build, endWhileUnused, rebuilder, transform, warmUp } from '../../src/build/esbuild-process.ts';
import { childProcesses } from '../harness/child-processes.ts';
import { type TemporaryProject, temporaryProject } from '../harness/temporary-project.ts';

let project: TemporaryProject;
/** Of test files that ran before in this process. */
let others: readonly number[] = [];

beforeAll(async () => {
  others = await processes();
  project = await temporaryProject({ 'a.js': 'export const answer = 1;' });
});
afterAll(() => project.remove());

async function processes(): Promise<readonly number[]> {
  const all = (await childProcesses()).filter(({ command }) => command === 'esbuild');
  return all.map(({ pid }) => pid).filter((pid) => !others.includes(pid));
}

const options = (): BuildOptions => ({ absWorkingDir: project.root, entryPoints: ['a.js'], write: false });

const text = ({ outputFiles }: BuildResult): string => outputFiles?.[0]?.text ?? '';

describe("esbuild's process", () => {
  it('is there before the first build, serves all, ends with its last user, and starts anew for what comes later', async () => {
    await warmUp();
    const first = await processes();
    expect(first).toEqual([expect.any(Number)]);
    const ends = [endWhileUnused(), endWhileUnused()];
    const again = rebuilder(options());
    expect(text(await again.rebuild())).toContain('answer = 1');
    await project.write({ 'a.js': 'export const answer = 2;' });
    expect(text(await again.rebuild())).toContain('answer = 2');
    expect(text(await build(options()))).toContain('answer = 2');
    expect(await processes()).toEqual(first);

    await ends[0]?.();
    expect(await processes()).toEqual(first);
    await ends[1]?.();
    expect(await processes()).toEqual([]);

    const end = endWhileUnused();
    await project.write({ 'a.js': 'export const answer = 3;' });
    const [rebuilt, { code }] = await Promise.all([again.rebuild(), transform('let one: number', { loader: 'ts' })]);
    expect([text(rebuilt).includes('answer = 3'), code]).toEqual([true, 'let one;\n']);
    await again.dispose();
    await end();
    expect(await processes()).toEqual([]);
  });

  it('ends for good only when the build under way is done', async () => {
    const end = endWhileUnused();
    const building = build(options());
    await end();
    expect(text(await building)).toContain('answer');
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(await processes()).toEqual([]);
  });

  it('that somebody else ended is started anew, for those who were building with it too', async () => {
    const end = endWhileUnused();
    const again = rebuilder(options());
    await again.rebuild();
    const [pid] = await processes();
    if (pid === undefined) throw new Error('no process');
    process.kill(pid, 'SIGKILL');
    await project.write({ 'a.js': 'export const answer = 4;' });
    const answers = await Promise.all([again.rebuild(), build(options()), build(options())]);
    expect(answers.map((one) => text(one).includes('answer = 4'))).toEqual([true, true, true]);
    expect(await processes()).toEqual([expect.any(Number)]);
    await end();
    expect(await processes()).toEqual([]);
  });
});
