// `node scripts/run.js bench/dev.ts [start|throughput|rest|saves|memory|websockets …]`: apigen dev beside serverless-offline 14 on the
// same 20 handlers, in turn. Prints each figure with what dev promises, and fails when a promise is not kept.

import { fileURLToPath } from 'node:url';
import { measureMemory, measureSaves, measureStart, measureThroughput } from './dev/measure.ts';
import { installPeer } from './dev/peer.ts';
import { type ApiType, type BenchProject, benchProject, FUNCTIONS, NOTES } from './dev/project.ts';
import { apigenDev, type Contender, serverlessOffline } from './dev/server.ts';
import { measureSockets, type SocketFigures } from './dev/sockets.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const PARTS = ['start', 'throughput', 'rest', 'saves', 'memory', 'websockets'];
const parts = process.argv.slice(2);
const unknown = parts.find((part) => !PARTS.includes(part));
if (unknown !== undefined) throw new Error(`${unknown} is none of ${PARTS.join(', ')}`);
const asked = (part: string): boolean => parts.length === 0 || parts.includes(part);

const ROUNDS = 5;
/** Each of them starts both and loads them for some seconds, in turn: what else the machine does meets both. */
const LOADS = 3;
const SAVES = 30;

interface Promised {
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  readonly kept: boolean;
  readonly limit: string;
}

const results: Promised[] = [];

function promise(what: string, value: number, unit: string, bound: { atMost: number } | { atLeast: number }): void {
  const kept = 'atMost' in bound ? value <= bound.atMost : value >= bound.atLeast;
  const limit = 'atMost' in bound ? `at most ${bound.atMost}` : `at least ${bound.atLeast}`;
  results.push({ what, value, unit, kept, limit });
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

const say = (line: string): void => console.log(line);

async function compareStarts(ours: Contender, theirs: Contender): Promise<void> {
  const times = new Map<Contender, number[]>([
    [ours, []],
    [theirs, []],
  ]);
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [contender, list] of times) list.push(await measureStart(contender));
  }
  const [mine, other] = [times.get(ours) ?? [], times.get(theirs) ?? []];
  say(`start to the first answer: ${median(mine).toFixed(0)} ms, ${theirs.name} ${median(other).toFixed(0)} ms`);
  promise(`start to the first answer, of ${theirs.name}'s`, median(mine) / median(other), '', { atMost: 1 / 3 });
}

type Load = Awaited<ReturnType<typeof measureThroughput>>;

const rateOf = (loads: readonly Load[]): number => median(loads.map(({ perSecond }) => perSecond));
const overheadOf = (loads: readonly Load[]): number => median(loads.map(({ overheadMs }) => overheadMs));

async function compareThroughput(ours: Contender, theirs: Contender, type: 'HTTP' | 'REST'): Promise<void> {
  const [mine, other]: [Load[], Load[]] = [[], []];
  for (let round = 0; round < LOADS; round += 1) {
    mine.push(await measureThroughput(ours));
    other.push(await measureThroughput(theirs));
  }
  for (const [{ name }, loads] of [
    [ours, mine],
    [theirs, other],
  ] as const) {
    const [rate, ms] = [rateOf(loads).toFixed(0), overheadOf(loads).toFixed(2)];
    say(`${name}, ${type} API: ${rate} requests/s at 32 connections, warm p50 ${ms} ms at one`);
  }
  promise(`${type} API: requests per second, of ${theirs.name}'s`, rateOf(mine) / rateOf(other), '', { atLeast: 5 });
  promise(`${type} API: warm overhead p50`, overheadOf(mine), 'ms', { atMost: 1.5 });
}

async function compareSockets(ours: Contender, theirs: Contender): Promise<void> {
  const rounds = new Map<Contender, SocketFigures[]>([
    [ours, []],
    [theirs, []],
  ]);
  for (let round = 0; round < LOADS; round += 1) {
    for (const [contender, list] of rounds) list.push(await measureSockets(contender));
  }
  const of = (contender: Contender, figure: keyof SocketFigures): number =>
    median((rounds.get(contender) ?? []).map((figures) => figures[figure]));
  for (const contender of rounds.keys()) {
    const [rate, alone, idle] = (['perSecond', 'aloneMb', 'idleMb'] as const).map((name) =>
      of(contender, name).toFixed(0),
    );
    say(
      `${contender.name}: ${rate} messages/s at 32 WebSockets beside 1,000 idle ones, ${alone} MB without them and ${idle} MB with them`,
    );
  }
  promise(`messages per second, of ${theirs.name}'s`, of(ours, 'perSecond') / of(theirs, 'perSecond'), '', {
    atLeast: 5,
  });
  promise('memory with 1,000 idle WebSockets', of(ours, 'idleMb'), 'MB', { atMost: 200 });
}

async function compareSaves(ours: Contender, project: BenchProject): Promise<void> {
  for (const path of ['src/f1.js', 'src/note1.js']) {
    const times = await measureSaves(ours, project, path, SAVES);
    const worst = Math.max(...times);
    say(`save of ${path} to its first new answer: p50 ${median(times).toFixed(0)} ms, worst ${worst.toFixed(0)} ms`);
    promise(`save of ${path} to its first new answer, p50`, median(times), 'ms', { atMost: 150 });
  }
}

async function compareMemory(ours: Contender, theirs: Contender): Promise<void> {
  for (const [contender, names, what] of [
    [ours, FUNCTIONS, 'functions'],
    [theirs, FUNCTIONS, 'functions'],
    [ours, NOTES, 'functions with Dynamoose'],
  ] as const) {
    const { startedMb, warmMb } = await measureMemory(contender, names);
    say(`${contender.name}: ${startedMb.toFixed(0)} MB after the start, ${warmMb.toFixed(0)} MB idle with 20 ${what}`);
    if (contender === ours) promise(`idle memory, 20 ${what} called`, warmMb, 'MB', { atMost: 200 });
  }
}

async function withProject(
  type: ApiType,
  compare: (ours: Contender, theirs: Contender, project: BenchProject) => Promise<void>,
): Promise<void> {
  const project = await benchProject(root, type);
  try {
    await compare(apigenDev(root, project), serverlessOffline(await installPeer(root), project), project);
  } finally {
    await project.remove();
  }
}

await withProject('http', async (ours, theirs, project) => {
  if (asked('start')) await compareStarts(ours, theirs);
  if (asked('throughput')) await compareThroughput(ours, theirs, 'HTTP');
  if (asked('saves')) await compareSaves(ours, project);
  if (asked('memory')) await compareMemory(ours, theirs);
});
if (asked('rest')) await withProject('rest', (ours, theirs) => compareThroughput(ours, theirs, 'REST'));
if (asked('websockets')) await withProject('websocket', compareSockets);
say('');
for (const { what, value, unit, kept, limit } of results) {
  say(`${kept ? '✓' : '✗'} ${what}: ${value.toFixed(2)}${unit === '' ? '' : ` ${unit}`} (promised: ${limit})`);
}
process.exitCode = results.every(({ kept }) => kept) ? 0 : 1;
