// Lambda: requests, GB-seconds by architecture, ephemeral storage, cold starts, provisioned concurrency, SnapStart
// and streaming. Rules: the price file's metering_rules.lambda.

import { Decimal, increments, ONE, splitByWeight, sum, ZERO } from '../decimal.ts';
import type { FunctionLoad, Workload } from '../workload.ts';
import { reachingBackend } from './meter-apis.ts';
import { GB, KB, MB, type Metered, type Owner } from './metered.ts';

/** Provisioned concurrency is billed in steps of five minutes. */
const PROVISIONED_STEP_SECONDS = 300;
/** A cached snapshot is billed for three hours at least. */
const SNAPSTART_HOURS = new Decimal(3);
const FREE_EPHEMERAL_MB = 512;
const STREAMED_FREE = MB.times(6);

interface Invocations {
  readonly owner: Owner;
  readonly count: Decimal;
  readonly durationMs: Decimal;
  readonly requestsEach: Decimal;
}

export function meterFunctions(workload: Workload): Metered[] {
  return workload.functions.flatMap((fn) => meterFunction(fn, workload));
}

/** Every invocation of a function by who calls it: routes first, then the rest. */
export function invocationsOf(fn: FunctionLoad, workload: Workload): Invocations[] {
  const ofRoutes = workload.apis.flatMap((api) =>
    api.routes
      .filter((route) => route.function === fn.name)
      .map((route) => ({
        owner: { api: api.name, route: route.key, function: fn.name },
        count: reachingBackend(api, route),
        durationMs: route.durationMs ?? fn.durationMs,
        requestsEach: ONE,
      })),
  );
  const requestsEach = fn.eventBytes === undefined ? ONE : requestsOfEvent(fn.eventBytes);
  const direct = { owner: { function: fn.name }, count: fn.invocations, durationMs: fn.durationMs, requestsEach };
  return [...ofRoutes, direct].filter(({ count }) => count.gt(0));
}

function meterFunction(fn: FunctionLoad, workload: Workload): Metered[] {
  const { region } = workload;
  const all = invocationsOf(fn, workload);
  const { onDemand, provisioned } = divide(fn, all);
  const memoryGb = new Decimal(fn.memoryMb).div(1024);
  const metered: Metered[] = [];
  for (const { owner, count, requestsEach } of all) {
    metered.push({ meter: 'lambda-requests', region, quantity: count.times(requestsEach), owner });
  }
  const durationMeter = fn.architecture === 'arm64' ? 'lambda-duration-arm64' : 'lambda-duration-x86';
  for (const { owner, count, durationMs } of onDemand) {
    const seconds = count.times(billedSeconds(durationMs)).plus(coldStartSeconds(fn, count));
    metered.push({ meter: durationMeter, region, quantity: seconds.times(memoryGb), owner });
  }
  const provisionedMeter =
    fn.architecture === 'arm64' ? 'lambda-provisioned-duration-arm64' : 'lambda-provisioned-duration-x86';
  for (const { owner, count, durationMs } of provisioned) {
    const seconds = count.times(billedSeconds(durationMs));
    metered.push({ meter: provisionedMeter, region, quantity: seconds.times(memoryGb), owner });
  }
  for (const { owner, count, durationMs } of [...onDemand, ...provisioned]) {
    metered.push({ meter: 'lambda-ephemeral-storage', region, quantity: ephemeral(fn, count, durationMs), owner });
    metered.push({ meter: 'lambda-streamed', region, quantity: streamed(fn, count), owner });
  }
  return [...metered, ...meterReserved(fn, workload, memoryGb)];
}

function meterReserved(fn: FunctionLoad, { region, month }: Workload, memoryGb: Decimal): Metered[] {
  const owner = { function: fn.name };
  const metered: Metered[] = [];
  if (fn.provisioned !== undefined) {
    const { concurrency, hours = month.hours } = fn.provisioned;
    const billed = increments(hours.times(3600), PROVISIONED_STEP_SECONDS).times(PROVISIONED_STEP_SECONDS);
    const seconds = billed.times(concurrency);
    const meter = fn.architecture === 'arm64' ? 'lambda-provisioned-arm64' : 'lambda-provisioned-x86';
    metered.push({ meter, region, quantity: seconds.times(memoryGb), owner });
  }
  if (fn.snapStart !== undefined) {
    const { versions, restores, hours = month.hours } = fn.snapStart;
    const seconds = Decimal.max(hours, SNAPSTART_HOURS).times(3600).times(versions);
    metered.push({ meter: 'lambda-snapstart-cache', region, quantity: seconds.times(memoryGb), owner });
    metered.push({ meter: 'lambda-snapstart-restores', region, quantity: restores.times(memoryGb), owner });
  }
  return metered;
}

// The invocations that provisioned concurrency serves are taken from all callers alike.
function divide(fn: FunctionLoad, all: readonly Invocations[]) {
  if (fn.provisioned === undefined) return { onDemand: all, provisioned: [] };
  const total = sum(all.map(({ count }) => count));
  const served = Decimal.min(fn.provisioned.invocations ?? total, total);
  const parts = splitByWeight(
    served,
    all.map(({ count }) => count),
  );
  const { durationMs } = fn.provisioned;
  const provisioned = all.map((part, index) => ({
    ...part,
    count: parts[index] ?? ZERO,
    durationMs: durationMs ?? part.durationMs,
  }));
  const onDemand = all.map((part, index) => ({ ...part, count: part.count.minus(parts[index] ?? ZERO) }));
  return { onDemand, provisioned };
}

function billedSeconds(durationMs: Decimal): Decimal {
  return durationMs.ceil().div(1000);
}

// INIT is billed like any duration since 2025-08-01.
function coldStartSeconds(fn: FunctionLoad, count: Decimal): Decimal {
  if (fn.coldStarts === undefined) return ZERO;
  return count.times(fn.coldStarts.share).times(billedSeconds(fn.coldStarts.durationMs));
}

// Seconds times the storage beyond 512 MB; the function's memory plays no part.
function ephemeral(fn: FunctionLoad, count: Decimal, durationMs: Decimal): Decimal {
  const extraGb = new Decimal(Math.max(0, fn.ephemeralMb - FREE_EPHEMERAL_MB)).div(1024);
  return count.times(billedSeconds(durationMs)).times(extraGb);
}

function streamed(fn: FunctionLoad, count: Decimal): Decimal {
  return count.times(Decimal.max(ZERO, (fn.streamedBytes ?? ZERO).minus(STREAMED_FREE))).div(GB);
}

// An asynchronous event is one request up to 256 KB and one more for each further 64 KB.
function requestsOfEvent(bytes: Decimal): Decimal {
  return ONE.plus(Decimal.max(ZERO, increments(bytes.minus(KB.times(256)), KB.times(64))));
}
