// npm run crash-sweep [-- --type http|rest --operation deploy|update|rollback|destroy --every N]: kills apigen at
// every call (or every N-th) of each operation, at three moments of each call, and types the command again. Prints the
// table project × operation × moment and each failure with the point that replays it.

import { randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
import { type CrashCase, runCrashCase } from '../test/harness/crash-sweep/crash-case.ts';
import type { ApiType, Operation } from '../test/harness/crash-sweep/operations.ts';
import { startEmulators } from '../test/harness/emulators.ts';
import type { Phase } from '../test/harness/quota-proxy/options.ts';

const { values } = parseArgs({
  options: {
    type: { type: 'string', multiple: true, default: ['http', 'rest'] },
    operation: { type: 'string', multiple: true, default: ['deploy', 'update', 'rollback', 'destroy'] },
    /** Only this call, to replay a failure. */
    call: { type: 'string' },
    every: { type: 'string', default: '1' },
  },
});

const phases: readonly Phase[] = ['received', 'committed', 'answered'];
const moments: Readonly<Record<Phase, string>> = {
  received: 'before sending',
  committed: 'after commit, before the answer',
  answered: 'after the answer, before the ledger',
};
const run = randomBytes(3).toString('hex');
let passed = 0;
let failed = 0;

const emulators = await startEmulators();
try {
  for (const type of values.type as ApiType[]) {
    for (const operation of values.operation as Operation['name'][]) await sweep(type, operation);
  }
} finally {
  await emulators.stop();
}
console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

async function sweep(type: ApiType, operation: Operation['name']): Promise<void> {
  const tag = `s${run}${type[0]}${operation.slice(0, 2)}`;
  const clean = await runCrashCase(emulators.ministack, { type, operation }, `${tag}0`, undefined);
  report({ type, operation }, clean.breaches);
  const points = values.call ? [Number(values.call)] : every(clean.calls, Number(values.every));
  for (const phase of phases) {
    const before = failed;
    for (const call of points) {
      const testCase: CrashCase = { type, operation, point: { call, phase } };
      const name = `${tag}${phase[0]}${call}`;
      report(testCase, (await runCrashCase(emulators.ministack, testCase, name, clean.inventory)).breaches);
    }
    const verdict = failed === before ? 'ok' : `${failed - before} failed`;
    console.log(
      `${type.padEnd(5)} ${operation.padEnd(9)} ${moments[phase].padEnd(36)} ${points.length} calls  ${verdict}`,
    );
  }
}

function every(calls: number, step: number): readonly number[] {
  return Array.from({ length: Math.ceil(calls / step) }, (_, index) => 1 + index * step);
}

function report({ type, operation, point }: CrashCase, breaches: readonly string[]): void {
  if (breaches.length === 0) {
    passed += 1;
    return;
  }
  failed += 1;
  const where = point ? `call ${point.call}, ${moments[point.phase]}` : 'without a kill';
  console.log(`✗ ${type} ${operation}, ${where}`);
  for (const breach of breaches) console.log(`  ${breach.replaceAll('\n', '\n  ')}`);
  if (point)
    console.log(`  again: npm run crash-sweep -- --type ${type} --operation ${operation} --call ${point.call}`);
}
