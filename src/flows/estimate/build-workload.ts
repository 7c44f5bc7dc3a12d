// Shape and usage → the workload that is priced, with everything that had to be assumed or left out.

import { Decimal, ZERO } from '../../pricing/decimal.ts';
import type { FreeTier } from '../../pricing/free-allowances.ts';
import { isMeterId, SERVICES } from '../../pricing/meters.ts';
import { AVERAGE_MONTH } from '../../pricing/month.ts';
import type { QueueLoad, TopicLoad, Workload } from '../../pricing/workload.ts';
import { assumeAccess } from './assume-access.ts';
import { buildApis } from './build-apis.ts';
import type { BuildContext } from './build-context.ts';
import { buildFunctions } from './build-functions.ts';
import { buildTables } from './build-tables.ts';
import { type NoteSource, Notes } from './notes.ts';
import type { Shape } from './shape.ts';
import type { UsageProblems } from './usage-problems.ts';
import type { Usage } from './usage-schema.ts';

/** A workload that can be priced, and what a reader must know of it. */
export interface Prepared {
  readonly workload: Workload;
  readonly freeTier: FreeTier;
  readonly assumed: readonly string[];
  readonly notCounted: readonly string[];
}

export interface BuildInput {
  /** Undefined: the usage stands alone. */
  readonly shape: Shape | undefined;
  readonly usage: Usage;
  /** Where faults of the usage against the shape are reported. */
  readonly problems: UsageProblems;
  readonly source: NoteSource;
  /** The usage is of a later project than the shape: what no longer fits is passed over. */
  readonly former?: boolean;
  /** Where neither shape nor usage names one. */
  readonly region?: string | undefined;
}

/** Default region of an estimate that belongs to no project: the one AWS's own examples use. */
export const DEFAULT_REGION = 'us-east-1';

/** @throws InvalidProjectError with everything in the usage that the project contradicts */
export function buildWorkload(input: BuildInput): Prepared {
  const { shape, usage, problems } = input;
  const notes = new Notes(input.source);
  const context: BuildContext = { shape, usage, problems, notes };
  checkProjectKeys(context);
  const apis = assumeAccess(buildApis(context), context);
  const functions = buildFunctions(apis, context);
  const tables = buildTables(apis, context);
  const { logs = {}, monitoring = {}, traces = {} } = usage;
  const region = shape?.region ?? usage.region ?? input.region;
  if (region === undefined) notes.assume(`region ${DEFAULT_REGION}`, { flag: '--region', key: 'region' });
  const workload: Workload = {
    region: region ?? DEFAULT_REGION,
    month: usage.month ?? AVERAGE_MONTH,
    apis,
    functions,
    tables,
    logs: {
      class: logs.class ?? 'standard',
      ingestedBytes: logs.ingested ?? ZERO,
      storedBytes: logs.stored ?? ZERO,
      scannedBytes: logs.scanned ?? ZERO,
    },
    monitoring: {
      metrics: monitoring.metrics ?? ZERO,
      alarms: monitoring.alarms ?? new Decimal(shape?.alarms ?? 0),
      highResolutionAlarms: monitoring.highResolutionAlarms ?? ZERO,
      compositeAlarms: monitoring.compositeAlarms ?? ZERO,
      dashboards: monitoring.dashboards ?? ZERO,
      metricRequests: monitoring.requests ?? ZERO,
      traceShare: traces.share ?? ZERO,
      traces: traces.recorded ?? ZERO,
      tracesRetrieved: traces.retrieved ?? ZERO,
      tracesInsights: traces.insights ?? ZERO,
    },
    topics: buildTopics(usage),
    queues: buildQueues(context),
    other: Object.entries(usage.other ?? {}).flatMap(([meter, quantity]) =>
      isMeterId(meter) && quantity !== undefined ? [{ meter, quantity }] : [],
    ),
    excluded: usage.exclude ?? [],
    growth: usage.growth ?? ZERO,
  };
  noteNeighbours(context);
  for (const service of workload.excluded) notes.leaveOut(SERVICES[service], { flag: '--exclude', key: 'exclude' });
  if (input.former !== true) problems.throwIfAny();
  const { assumed, notCounted } = notes;
  return { workload, freeTier: usage.freeTier ?? 'none', assumed: [...assumed], notCounted: [...notCounted] };
}

/** What a project has beside APIs, functions and tables is said aloud where the usage says nothing of it. */
function noteNeighbours({ shape, usage, notes }: BuildContext): void {
  for (const name of shape?.topics ?? []) {
    if (usage.topics?.[name] === undefined) notes.leaveOut(`messages of the topic ${name}`, { key: `topics.${name}` });
  }
  for (const name of shape?.queues ?? []) {
    if (usage.queues?.[name] === undefined) notes.leaveOut(`messages of the queue ${name}`, { key: `queues.${name}` });
  }
  for (const what of shape?.unpriced ?? []) notes.leaveOut(what, { key: 'other' });
}

// What apigen.yml says itself is not said twice.
function checkProjectKeys({ shape, usage, problems }: BuildContext): void {
  if (shape === undefined) return;
  if (usage.region !== undefined && usage.region !== shape.region) {
    problems.add(['region'], `apigen.yml says ${shape.region}`, 'Remove this line; to compare: --compare region=…');
  }
  const names = shape.apis.map(({ name }) => name);
  for (const name of Object.keys(usage.apis ?? {})) {
    if (!names.includes(name)) problems.addUnknown(['apis', name], 'API', names);
  }
}

function buildTopics(usage: Usage): TopicLoad[] {
  return Object.entries(usage.topics ?? {}).map(([name, said]) => ({
    name,
    fifo: said.fifo ?? false,
    publishes: said.publishes,
    bytes: said.size ?? ZERO,
    deliveries: { http: said.http ?? ZERO, email: said.email ?? ZERO, aws: said.aws ?? ZERO },
  }));
}

const REQUESTS_PER_MESSAGE = 3;

function buildQueues({ usage, problems }: BuildContext): QueueLoad[] {
  return Object.entries(usage.queues ?? {}).map(([name, said]) => {
    if (said.messages !== undefined && said.requests !== undefined) {
      const hint = 'Keep one of the two: a message is three requests (send, receive, delete).';
      problems.add(['queues', name, 'requests'], 'says the same as messages', hint);
    }
    const requests = said.requests ?? (said.messages ?? new Decimal(0)).times(REQUESTS_PER_MESSAGE);
    return { name, fifo: said.fifo ?? false, requests, bytes: said.size ?? ZERO };
  });
}
