// npm run crash-sweep: kills apigen at every call of deploy, update, rollback and destroy, at three moments of each
// call, for an HTTP and a REST project, and types the command again. Prints the table project × operation × moment and
// each failure with the command that replays it. --results FILE keeps what was done and goes on from there.

import { randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
import { runCrashCase } from '../test/harness/crash-sweep/crash-case.ts';
import { type ChainLink, runCrashChain } from '../test/harness/crash-sweep/crash-chain.ts';
import type { ApiType, Operation } from '../test/harness/crash-sweep/operations.ts';
import { quickTypist } from '../test/harness/crash-sweep/quick-typist.ts';
import { type CaseResult, describeFailure, phases, SweepResults } from '../test/harness/crash-sweep/sweep-results.ts';
import { startEmulators } from '../test/harness/emulators.ts';
import type { Phase } from '../test/harness/quota-proxy/options.ts';

const { values } = parseArgs({
  options: {
    type: { type: 'string', multiple: true, default: ['http', 'rest'] },
    phase: { type: 'string', multiple: true, default: [...phases] },
    /** With it each case starts by itself; without it a chain of all four operations is killed at the same call. */
    operation: { type: 'string', multiple: true },
    call: { type: 'string' },
    every: { type: 'string', default: '1' },
    /** `2/4`: the second quarter, evenly spread. */
    slice: { type: 'string', default: '1/1' },
    jobs: { type: 'string', default: '2' },
    results: { type: 'string' },
  },
});

interface Point {
  readonly type: ApiType;
  readonly phase: Phase;
  readonly call: number;
}

const run = randomBytes(3).toString('hex');
const results = await SweepResults.open(values.results);
const types = values.type as ApiType[];
const typist = await quickTypist();
let names = 0;
const nextName = (api: ApiType): string => `s${run}${api[0]}${++names}`;

if (values.operation) await singly(values.operation as Operation['name'][]);
else await inChains();
console.log(`\n${results.table()}`);
process.exitCode = results.failures.length === 0 ? 0 : 1;

async function inChains(): Promise<void> {
  const clean = new Map<ApiType, readonly ChainLink[]>();
  const queue: Point[] = [];
  await withEmulator(async (ministack) => {
    for (const api of types) {
      const links = await runCrashChain(ministack, api, nextName(api), typist);
      clean.set(api, links);
      const wrong = links.flatMap((link) => link.breaches);
      console.log(`${api}: ${links.map((link) => `${link.operation} ${link.calls} calls`).join(', ')}`);
      if (wrong.length > 0) throw new Error(`${api}, without a kill:\n${wrong.join('\n')}`);
    }
    for (const call of points(Math.max(...[...clean.values()].flat().map((link) => link.calls)))) {
      for (const phase of values.phase as Phase[]) {
        for (const api of types) if (!results.has(api, phase, call)) queue.push({ type: api, phase, call });
      }
    }
  });
  const [part = 1, parts = 1] = values.slice.split('/').map(Number);
  const mine = queue.filter((_, index) => index % parts === part - 1);
  const total = mine.length;
  const worker = async (ministack: string): Promise<void> => {
    for (let point = mine.shift(); point !== undefined; point = mine.shift()) {
      const links = clean.get(point.type) ?? [];
      if (links.every((link) => link.calls < Number(point?.call))) continue;
      const found = await chain(ministack, point, links);
      await results.add(found);
      for (const failure of found.filter((item) => item.breaches.length > 0)) console.log(describeFailure(failure));
      const done = total - mine.length;
      if (done % 20 === 0) console.log(`${new Date().toISOString()} ${done} of ${total} chains`);
    }
  };
  await Promise.all(Array.from({ length: Number(values.jobs) }, () => withEmulator(worker)));
}

/** The links that were to be killed, as cases. */
async function chain(ministack: string, point: Point, clean: readonly ChainLink[]): Promise<readonly CaseResult[]> {
  try {
    const links = await runCrashChain(ministack, point.type, nextName(point.type), typist, { point, clean });
    const cases = links.map(({ operation, killed, breaches }) => ({ ...point, operation, killed, breaches }));
    return cases.filter(
      ({ operation, breaches }) =>
        breaches.length > 0 || clean.some((link) => link.operation === operation && link.calls >= point.call),
    );
  } catch (error) {
    return [{ ...point, operation: 'deploy', killed: false, breaches: [`the sweep itself failed: ${String(error)}`] }];
  }
}

async function singly(operations: readonly Operation['name'][]): Promise<void> {
  await withEmulator(async (ministack) => {
    for (const api of types) {
      for (const operation of operations) {
        const clean = await runCrashCase(ministack, { type: api, operation }, nextName(api), undefined, typist);
        if (clean.breaches.length > 0)
          throw new Error(`${api} ${operation}, without a kill:\n${clean.breaches.join('\n')}`);
        for (const phase of values.phase as Phase[]) {
          for (const call of points(clean.calls)) {
            const testCase = { type: api, operation, point: { call, phase } };
            const outcome = await runCrashCase(ministack, testCase, nextName(api), clean.state, typist);
            const found = { type: api, operation, phase, call, killed: outcome.killed, breaches: outcome.breaches };
            await results.add([found]);
            if (found.breaches.length > 0) console.log(describeFailure(found));
          }
        }
      }
    }
  });
}

function points(calls: number): readonly number[] {
  if (values.call !== undefined) return [Number(values.call)];
  const step = Number(values.every);
  return spread(Array.from({ length: Math.ceil(calls / step) }, (_, index) => 1 + index * step));
}

/** In an order that covers all of them evenly wherever it is cut off: every 64th, then those half-way between … */
function spread(numbers: readonly number[]): readonly number[] {
  const rank = (index: number): number => {
    let step = 1024;
    while (index % step !== 0) step /= 2;
    return step;
  };
  return numbers.toSorted((a, b) => rank(numbers.indexOf(b)) - rank(numbers.indexOf(a)) || a - b);
}

async function withEmulator(work: (ministack: string) => Promise<void>): Promise<void> {
  const emulators = await startEmulators();
  try {
    await work(emulators.ministack);
  } finally {
    await emulators.stop();
  }
}
