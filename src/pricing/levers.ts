// What would make the bill smaller. Every lever is another estimate of the same traffic: what it saves is the
// difference of two totals, never a rule of thumb, and a lever that saves nothing is not shown.

import {
  ASSUMED_HIT_RATE,
  provisionedFor,
  withApiType,
  withArchitecture,
  withCache,
  withCapacity,
  withMemory,
  withTableClass,
} from './alternatives.ts';
import { Decimal, ONE, sum, ZERO } from './decimal.ts';
import { compareEstimates } from './difference.ts';
import { type Estimate, type EstimateLine, estimate } from './estimate.ts';
import { formatMoney, formatShare } from './format.ts';
import type { MeterId } from './meters.ts';
import type { TableClass, TableLoad, Workload } from './workload.ts';

export interface Lever {
  /** Stable: `http-instead-of-rest`, `arm64`, `memory`, `provisioned`, `on-demand`, `cache-on`, `cache-off`, `standard-ia`, `standard`. */
  readonly id: string;
  /** `HTTP API instead of REST`. */
  readonly title: string;
  /** Dollars a month, more than zero. */
  readonly saving: Decimal;
  /** When it stops being worth it, computed. */
  readonly breakEven: string | undefined;
  /** What would be given up, or must hold. */
  readonly cautions: readonly string[];
  readonly workload: Workload;
}

export interface CostlyLine {
  readonly line: EstimateLine;
  /** Of everything that is known. */
  readonly share: Decimal;
  readonly levers: readonly Lever[];
}

/** What HTTP APIs do not have, where the project does not say which of it is used. */
const REST_FEATURES =
  'API keys and usage plans, caching, request validation, mapping templates, mock integrations, private and edge endpoints, WAF';

/** The biggest lines, each with what would lower it. */
export function costliest(workload: Workload, current: Estimate, count = 3): CostlyLine[] {
  const lines = current.lines.filter((line) => line.known.gt(0)).sort((a, b) => b.known.cmp(a.known));
  const levers = leversOf(workload, current);
  return lines.slice(0, count).map((line) => ({
    line,
    share: current.known.isZero() ? current.known : line.known.div(current.known),
    levers: levers.filter(({ id }) => LEVERS_BY_METER[line.meter]?.includes(id) ?? false),
  }));
}

const DURATION = ['arm64', 'memory', 'cache-on'];
const THROUGHPUT = ['provisioned', 'standard', 'cache-on'];
const CACHES = ['0.5', '1.6', '6.1', '13.5', '28.4', '58.2', '118', '237'] as const;

const LEVERS_BY_METER: Readonly<Partial<Record<MeterId, readonly string[]>>> = {
  'rest-requests': ['http-instead-of-rest'],
  ...Object.fromEntries(CACHES.map((size) => [`cache-${size}gb`, ['cache-off']])),
  'lambda-duration-x86': DURATION,
  'lambda-duration-arm64': DURATION,
  'lambda-requests': ['cache-on'],
  'lambda-provisioned-x86': ['arm64', 'memory'],
  'lambda-provisioned-duration-x86': ['arm64', 'memory'],
  'lambda-provisioned-arm64': ['memory'],
  'dynamodb-writes': THROUGHPUT,
  'dynamodb-reads': THROUGHPUT,
  'dynamodb-ia-writes': THROUGHPUT,
  'dynamodb-ia-reads': THROUGHPUT,
  'dynamodb-wcu': ['on-demand'],
  'dynamodb-rcu': ['on-demand'],
  'dynamodb-storage': ['standard-ia'],
};

/** Every lever that saves something, the largest saving first. */
export function leversOf(workload: Workload, current: Estimate): Lever[] {
  const candidates = [
    httpInsteadOfRest(workload),
    arm64(workload),
    lessMemory(workload, current),
    provisioned(workload, current),
    onDemand(workload),
    cacheOn(workload, current),
    cacheOff(workload),
    tableClass(workload, current, 'standard-ia'),
    tableClass(workload, current, 'standard'),
  ];
  return candidates
    .flatMap((lever) => (lever === undefined ? [] : withSaving(lever, current)))
    .sort((a, b) => b.saving.cmp(a.saving));
}

type Candidate = Omit<Lever, 'saving'>;

function withSaving(lever: Candidate, current: Estimate): Lever[] {
  const { difference } = compareEstimates(current, estimate(lever.workload, current.freeTier));
  return difference?.lt(0) ? [{ ...lever, saving: difference.neg() }] : [];
}

function httpInsteadOfRest(workload: Workload): Candidate | undefined {
  const rest = workload.apis.filter((api) => api.type === 'rest' && api.exposure === 'internet');
  if (rest.length === 0) return undefined;
  const caches = rest.filter((api) => api.cache !== undefined).map((api) => `the cache of ${api.name}`);
  const used = [...rest.flatMap((api) => api.restOnly), ...caches];
  const others = `HTTP APIs have no ${REST_FEATURES}`;
  return {
    id: 'http-instead-of-rest',
    title: 'HTTP API instead of REST',
    breakEven: undefined,
    cautions: used.length > 0 ? [`loses ${used.join(', ')}`, others] : [others],
    workload: withApiType(workload, 'http'),
  };
}

function arm64(workload: Workload): Candidate | undefined {
  if (workload.functions.every((fn) => fn.architecture === 'arm64')) return undefined;
  const cautions = ['at the same duration; native modules must be built for arm64'];
  const title = 'arm64 instead of x86_64';
  return { id: 'arm64', title, breakEven: undefined, cautions, workload: withArchitecture(workload, 'arm64') };
}

// The function whose duration costs most; half its memory costs half as much until it runs twice as long.
function lessMemory(workload: Workload, current: Estimate): Candidate | undefined {
  const cost = new Map<string, Decimal>();
  for (const line of current.lines.filter(({ meter }) => /^lambda-(provisioned-)?duration/.test(meter))) {
    for (const { owner, cost: part } of line.parts) {
      if (owner.function === undefined || part === null) continue;
      cost.set(owner.function, part.plus(cost.get(owner.function) ?? 0));
    }
  }
  const largest = [...cost].sort(([, a], [, b]) => b.cmp(a))[0]?.[0];
  const fn = workload.functions.find(({ name }) => name === largest);
  if (fn === undefined || fn.memoryMb < 256) return undefined;
  const half = Math.floor(fn.memoryMb / 2);
  const limit = formatMs(fn.durationMs.times(fn.memoryMb).div(half));
  return {
    id: 'memory',
    title: `${half} MB instead of ${fn.memoryMb} MB for ${fn.name}`,
    breakEven: `pays while it runs less than ${limit} (now ${formatMs(fn.durationMs)})`,
    cautions: ['if the duration stays the same: less memory is also less CPU'],
    workload: withMemory(workload, half, fn.name),
  };
}

function formatMs(ms: Decimal): string {
  return `${ms.toDecimalPlaces(0).toFixed()} ms`;
}

// Peaks break even where on-demand costs as much as capacity for that peak.
function provisioned(workload: Workload, current: Estimate): Candidate | undefined {
  const tables = workload.tables.filter((table) => table.capacity === 'on-demand');
  const best = bestTable(tables, current, (table) => withCapacity(workload, 'provisioned', table.name));
  if (best === undefined) return undefined;
  const { capacity } = provisionedFor(best.table, workload);
  const bought = capacity === 'on-demand' ? '' : `${capacity.read.toFixed()} RCU and ${capacity.write.toFixed()} WCU`;
  const old = sum(best.change.lines.map(({ before }) => before ?? ZERO));
  const now = sum(best.change.lines.map(({ after }) => after ?? ZERO));
  const peak = now.isZero() ? undefined : old.div(now).toDecimalPlaces(1, Decimal.ROUND_DOWN);
  return {
    id: 'provisioned',
    title: `provisioned capacity for ${best.table.name}: ${bought}`,
    breakEven: peak === undefined ? undefined : `pays while peaks stay under ${peak.toFixed()} times the average`,
    cautions: ['for a load spread evenly, at 70 % use; more than the capacity is throttled'],
    workload: best.changed,
  };
}

/** The table that gains most from a change, if one does and the prices are known. */
function bestTable(tables: readonly TableLoad[], current: Estimate, change: (table: TableLoad) => Workload) {
  const gains = tables.flatMap((table) => {
    const changed = change(table);
    const difference = compareEstimates(current, estimate(changed, current.freeTier));
    return difference.difference?.lt(0) ? [{ table, changed, change: difference, gain: difference.difference }] : [];
  });
  return gains.sort((a, b) => a.gain.cmp(b.gain))[0];
}

function onDemand(workload: Workload): Candidate | undefined {
  if (workload.tables.every((table) => table.capacity === 'on-demand')) return undefined;
  const title = 'on-demand instead of provisioned capacity';
  const cautions = ['at the reads and writes given: none given counts as none'];
  return { id: 'on-demand', title, breakEven: undefined, cautions, workload: withCapacity(workload, 'on-demand') };
}

// A cache costs the same whatever it answers, and saves in proportion to what it answers: the quotient is the break-even.
function cacheOn(workload: Workload, current: Estimate): Candidate | undefined {
  if (!workload.apis.some((api) => api.type === 'rest' && api.cache === undefined)) return undefined;
  const size = CACHES[0];
  const changed = withCache(workload, size, 'uncached');
  const after = estimate(changed, current.freeTier);
  const caches = (lines: readonly EstimateLine[]) =>
    sum(lines.filter(({ item }) => item.startsWith('Cache')).map(({ known }) => known));
  const paid = caches(after.lines).minus(caches(current.lines));
  const { difference } = compareEstimates(current, after);
  if (difference === null || paid.isZero()) return undefined;
  const savedAtFull = paid.minus(difference).div(ASSUMED_HIT_RATE);
  const even = savedAtFull.gt(0) ? paid.div(savedAtFull) : ONE;
  return {
    id: 'cache-on',
    title: `a ${size} GB stage cache for ${formatMoney(paid)}`,
    breakEven: `pays above a hit rate of ${formatShare(even)}`,
    cautions: [`if it answers ${formatShare(ASSUMED_HIT_RATE)} of GET requests, which may then be stale`],
    workload: changed,
  };
}

function cacheOff(workload: Workload): Candidate | undefined {
  if (workload.apis.every((api) => api.cache === undefined)) return undefined;
  const cautions = ['every GET then reaches the functions: slower answers'];
  return {
    id: 'cache-off',
    title: 'no stage cache',
    breakEven: undefined,
    cautions,
    workload: withCache(workload, 'none'),
  };
}

// Storage gets cheaper, reads and writes dearer: the total decides, table by table.
function tableClass(workload: Workload, current: Estimate, to: TableClass): Candidate | undefined {
  const tables = workload.tables.filter((table) => table.class !== to);
  const best = bestTable(tables, current, (table) => withTableClass(workload, to, table.name));
  if (best === undefined) return undefined;
  const title = `${to === 'standard' ? 'Standard' : 'Standard-IA'} for ${best.table.name}`;
  const reason =
    to === 'standard'
      ? 'reads and writes get cheaper, storage dearer'
      : 'storage gets cheaper, reads and writes dearer';
  return { id: to, title, breakEven: undefined, cautions: [reason], workload: best.changed };
}
