// Functions of the project (or of the usage alone) with their memory, durations and invocations.

import { Decimal, sum, ZERO } from '../../pricing/decimal.ts';
import { formatQuantity } from '../../pricing/format.ts';
import { parseSize } from '../../pricing/quantity.ts';
import type { ApiLoad, FunctionLoad } from '../../pricing/workload.ts';
import type { BuildContext } from './build-context.ts';
import type { ShapeFunction } from './shape.ts';
import type { FunctionUsage } from './usage-schema.ts';

const ASSUMED_DURATION_MS = new Decimal(100);
const ASSUMED_MEMORY_MB = 128;
/** What Lambda itself writes for an invocation: its START, END and REPORT lines. */
const ASSUMED_LOG = parseSize('512B');

export function buildFunctions(apis: readonly ApiLoad[], context: BuildContext): FunctionLoad[] {
  const { shape, usage, problems } = context;
  const shapes = shape?.functions ?? shapesOfUsage(context);
  const names = shapes.map(({ name }) => name);
  for (const name of Object.keys(usage.functions ?? {})) {
    if (!names.includes(name)) problems.addUnknown(['functions', name], 'function', names);
  }
  for (const api of apis) {
    for (const route of api.routes) {
      if (route.function === undefined || names.includes(route.function)) continue;
      problems.addUnknown(['apis', api.name, 'routes', route.key, 'function', route.function], 'function', names);
    }
  }
  return shapes.map((fn) => buildFunction(fn, apis, context));
}

function shapesOfUsage({ usage, notes }: BuildContext): ShapeFunction[] {
  return Object.entries(usage.functions ?? {}).map(([name, said]) => {
    if (said.memory === undefined) {
      notes.assume(`a function has ${ASSUMED_MEMORY_MB} MB`, { flag: '--memory', key: 'functions.<name>.memory' });
    }
    if (said.architecture === undefined) {
      notes.assume('functions run on arm64', { flag: '--architecture', key: 'functions.<name>.architecture' });
    }
    const { memory = ASSUMED_MEMORY_MB, architecture = 'arm64' } = said;
    return { name, architecture, memoryMb: memory, logRetentionDays: 0 };
  });
}

function buildFunction(fn: ShapeFunction, apis: readonly ApiLoad[], context: BuildContext): FunctionLoad {
  const { usage, notes } = context;
  const said = usage.functions?.[fn.name] ?? {};
  const ofRoutes = sum(
    apis.flatMap((api) => api.routes.filter((route) => route.function === fn.name).map((route) => route.requests)),
  );
  const invocations = said.requests ?? ZERO;
  checkFunction(fn, said, ofRoutes.plus(invocations), context);
  const durationMs = said.duration ?? usage.duration;
  if (durationMs === undefined && ofRoutes.plus(invocations).gt(0)) {
    notes.assume('a function runs 100 ms', { flag: '--duration 100ms', key: 'duration' });
  }
  const { provisioned, snapStart } = said;
  return {
    name: fn.name,
    architecture: fn.architecture,
    memoryMb: fn.memoryMb,
    durationMs: durationMs ?? ASSUMED_DURATION_MS,
    invocations,
    eventBytes: said.eventSize,
    ephemeralMb: said.ephemeralStorage ?? 512,
    coldStarts:
      said.coldStarts === undefined
        ? undefined
        : { share: said.coldStarts.share, durationMs: said.coldStarts.duration },
    provisioned:
      provisioned === undefined
        ? undefined
        : {
            concurrency: provisioned.concurrency,
            hours: provisioned.hours,
            invocations: provisioned.requests,
            durationMs: provisioned.duration,
          },
    snapStart:
      snapStart === undefined
        ? undefined
        : { versions: snapStart.versions ?? new Decimal(1), hours: snapStart.hours, restores: snapStart.restores },
    streamedBytes: said.streamedSize,
    logs: logsOf(fn, said, context),
  };
}

function logsOf(fn: ShapeFunction, said: FunctionUsage, { shape, usage, notes }: BuildContext): FunctionLoad['logs'] {
  const bytes = said.logSize ?? usage.logs?.perRequest;
  const retentionDays = fn.logRetentionDays;
  if (bytes !== undefined) return { bytes, retentionDays };
  if (usage.exclude?.includes('cloudwatch')) return undefined;
  const remedy = { flag: '--log-size 512B', key: 'logs.perRequest' };
  if (shape === undefined) {
    notes.leaveOut('logs', remedy);
    return undefined;
  }
  notes.assume('a function logs 512 B a call, kept uncompressed', remedy);
  return { bytes: ASSUMED_LOG, retentionDays };
}

function checkFunction(
  fn: ShapeFunction,
  said: FunctionUsage,
  total: Decimal,
  { shape, problems }: BuildContext,
): void {
  const path = ['functions', fn.name];
  if (shape !== undefined && said.memory !== undefined && said.memory !== fn.memoryMb) {
    problems.add(
      [...path, 'memory'],
      `apigen.yml says ${fn.memoryMb} MB`,
      'Remove this line; to compare: --compare memory=128,256',
    );
  }
  if (shape !== undefined && said.architecture !== undefined && said.architecture !== fn.architecture) {
    const hint = 'Remove this line; to compare: --compare architecture=x86_64,arm64';
    problems.add([...path, 'architecture'], `apigen.yml says ${fn.architecture}`, hint);
  }
  const served = said.provisioned?.requests;
  if (served?.gt(total)) {
    const message = `${formatQuantity(served)} of ${formatQuantity(total)} requests cannot run on provisioned concurrency`;
    problems.add([...path, 'provisioned', 'requests'], message, 'They are a part of the function’s requests.');
  }
  if (said.provisioned !== undefined && said.snapStart !== undefined) {
    problems.add(
      [...path, 'snapStart'],
      'a function has SnapStart or provisioned concurrency, not both',
      'Keep one of the two.',
    );
  }
}
