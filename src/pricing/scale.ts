// The same project with more or less traffic, or some months later. What is paid by the hour (caches, provisioned
// capacity, concurrency), by what lies there (storage, alarms) or once in a while (backups, restores) stays.

import { type Decimal, ONE } from './decimal.ts';
import type { ApiLoad, FunctionLoad, TableLoad, Workload } from './workload.ts';

/** Traffic times `factor`. */
export function scaleTraffic(workload: Workload, factor: Decimal): Workload {
  const { logs, monitoring } = workload;
  return {
    ...workload,
    apis: workload.apis.map((api) => scaleApi(api, factor)),
    functions: workload.functions.map((fn) => scaleFunction(fn, factor)),
    tables: workload.tables.map((table) => scaleTable(table, factor)),
    logs: { ...logs, ingestedBytes: logs.ingestedBytes.times(factor) },
    monitoring: { ...monitoring, traces: monitoring.traces.times(factor) },
    topics: workload.topics.map((topic) => ({
      ...topic,
      publishes: topic.publishes.times(factor),
      deliveries: {
        http: topic.deliveries.http.times(factor),
        email: topic.deliveries.email.times(factor),
        aws: topic.deliveries.aws.times(factor),
      },
    })),
    queues: workload.queues.map((queue) => ({ ...queue, requests: queue.requests.times(factor) })),
  };
}

/** The project after some months of its growth: 0 is now. */
export function afterMonths(workload: Workload, months: number): Workload {
  const grown = scaleTraffic(workload, ONE.plus(workload.growth).pow(months));
  return { ...grown, tables: grown.tables.map((table) => ({ ...table, stored: storedAfter(table, months) })) };
}

function storedAfter({ stored }: TableLoad, months: number): TableLoad['stored'] {
  if ('bytes' in stored) return stored;
  return { ...stored, items: stored.items.plus(stored.perMonth.times(months)) };
}

function scaleApi(api: ApiLoad, factor: Decimal): ApiLoad {
  return {
    ...api,
    connectionMinutes: api.connectionMinutes.times(factor),
    sent: { ...api.sent, messages: api.sent.messages.times(factor) },
    routes: api.routes.map((route) => ({ ...route, requests: route.requests.times(factor) })),
  };
}

function scaleFunction(fn: FunctionLoad, factor: Decimal): FunctionLoad {
  const { provisioned, snapStart } = fn;
  return {
    ...fn,
    invocations: fn.invocations.times(factor),
    provisioned:
      provisioned === undefined ? undefined : { ...provisioned, invocations: provisioned.invocations?.times(factor) },
    snapStart: snapStart === undefined ? undefined : { ...snapStart, restores: snapStart.restores.times(factor) },
  };
}

function scaleTable(table: TableLoad, factor: Decimal): TableLoad {
  const { reads, writes } = table;
  return {
    ...table,
    reads: {
      eventual: reads.eventual.times(factor),
      strong: reads.strong.times(factor),
      transactional: reads.transactional.times(factor),
    },
    writes: { standard: writes.standard.times(factor), transactional: writes.transactional.times(factor) },
    streamReads: table.streamReads.times(factor),
  };
}
