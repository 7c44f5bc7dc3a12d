// Random histories of random projects on an emulator: what engine/properties.test.ts does over a fake cloud, with the
// true program, its true calls, and SIGKILL.

import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { builtProgram } from '../harness/built-program.ts';
import { runCli } from '../harness/cli.ts';
import type { Typist } from '../harness/crash-sweep/swept-project.ts';
import { runHistory } from '../harness/random-histories/history.ts';
import { history } from '../harness/random-histories/random-step.ts';

// Replay a failure: HISTORIES_SEED=… HISTORIES_PATH=… npx jest --selectProjects aws --testPathPatterns random-histories
// A gate that is shut by chance says nothing of the change it judges: there the histories are always the same ones.
const seed = Number(process.env['HISTORIES_SEED'] ?? (process.env['CI'] ? 1001 : randomBytes(4).readInt32BE()));
const path = process.env['HISTORIES_PATH'];
const numRuns = Number(process.env['HISTORIES'] ?? 3);
const log = process.env['HISTORIES_LOG'] === undefined ? undefined : process.stderr;

/** What is not to be killed runs in this process. */
const typist: Typist = {
  program: builtProgram,
  type: async (args, { cwd, env }) => {
    const { code, stdout, stderr } = await runCli(args, { cwd, env });
    return { code, output: stdout + stderr };
  },
};

describe(`a random history on MiniStack, seed ${seed}`, () => {
  it(
    'of deploys, kills, lost connections, rollbacks, changes by hand and destroys ends where one without them does',
    async () => {
      let count = 0;
      const property = fc.asyncProperty(history, async (drawn) => {
        count += 1;
        const name = `h${(seed >>> 0).toString(36)}${count.toString(36)}a`;
        log?.write(`history ${count}, ${drawn.type}\n`);
        const breaches = await runHistory(drawn, {
          ministack: process.env['MINISTACK_ENDPOINT'] ?? '',
          typist,
          name,
          log: (line) => log?.write(`  ${line}\n`),
        });
        expect(breaches).toEqual([]);
      });
      // A history takes half a minute: the one that failed is shown as it was drawn.
      await fc.assert(property, { numRuns, seed, endOnFailure: true, ...(path !== undefined && { path }) });
    },
    Math.max(240_000, numRuns * 120_000),
  );
});
