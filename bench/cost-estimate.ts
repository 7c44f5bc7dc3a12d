// npm run bench -- cost-estimate: an estimate from start to end, beside a bare `node -e 0`, in turn, as a ratio.

import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('../../bin/apigen.js', import.meta.url));
const rounds = 15;
/** What the estimator promises. */
const limit = 2.5;

function timed(args: readonly string[]): number {
  const started = performance.now();
  const { status } = spawnSync(process.execPath, args, { stdio: 'ignore' });
  if (status !== 0) throw new Error(`node ${args.join(' ')} ended with ${status}`);
  return performance.now() - started;
}

const bare: number[] = [];
const estimate: number[] = [];
for (let round = 0; round < rounds; round += 1) {
  bare.push(timed(['-e', '0']));
  estimate.push(timed([program, 'cost-estimate', '--type', 'rest', '--requests', '10M']));
}
const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
const ratio = median(estimate) / median(bare);
console.log(`node -e 0        median ${median(bare).toFixed(0)} ms, best ${Math.min(...bare).toFixed(0)} ms`);
console.log(`cost-estimate    median ${median(estimate).toFixed(0)} ms, best ${Math.min(...estimate).toFixed(0)} ms`);
console.log(`ratio of medians ${ratio.toFixed(2)} (promised: at most ${limit})`);
process.exitCode = ratio <= limit ? 0 : 1;
