// The same traffic on other settings: each alternative changes one thing of a workload, so that a saving is always
// the difference of two whole estimates.

import { Decimal, ONE, sum } from './decimal.ts';
import { unitsOf } from './metering/meter-tables.ts';
import type { Architecture, TableClass, TableLoad, Workload } from './workload.ts';

/** A stage cache answers this share of GET requests where nothing is said. */
export const ASSUMED_HIT_RATE: Decimal = new Decimal('0.8');

/** Provisioned capacity is bought so that the average load uses this share of it: auto scaling's usual target. */
export const PROVISIONED_USE: Decimal = new Decimal('0.7');

/** REST ⇄ HTTP. Private APIs and WebSocket APIs stay what they are: HTTP APIs cannot be private. */
export function withApiType(workload: Workload, type: 'rest' | 'http'): Workload {
  return {
    ...workload,
    apis: workload.apis.map((api) => {
      if (api.type === 'websocket' || api.exposure === 'private') return api;
      return { ...api, type, cache: type === 'http' ? undefined : api.cache };
    }),
  };
}

export function withArchitecture(workload: Workload, architecture: Architecture): Workload {
  return { ...workload, functions: workload.functions.map((fn) => ({ ...fn, architecture })) };
}

/** Another memory size at the same duration, of every function or of one. */
export function withMemory(workload: Workload, memoryMb: number, only?: string): Workload {
  return {
    ...workload,
    functions: workload.functions.map((fn) => (only === undefined || fn.name === only ? { ...fn, memoryMb } : fn)),
  };
}

/** A stage cache of this size on REST APIs, on all or only where there is none; `none` takes it away. */
export function withCache(workload: Workload, size: string, which: 'all' | 'uncached' = 'all'): Workload {
  return {
    ...workload,
    apis: workload.apis.map((api) => {
      if (api.type !== 'rest' || (which === 'uncached' && api.cache !== undefined)) return api;
      return {
        ...api,
        cache: size === 'none' ? undefined : { hours: undefined, hitRate: ASSUMED_HIT_RATE, ...api.cache, size },
      };
    }),
  };
}

/** Another table class, of every table or of one. */
export function withTableClass(workload: Workload, tableClass: TableClass, only?: string): Workload {
  return {
    ...workload,
    tables: workload.tables.map((table) =>
      only === undefined || table.name === only ? { ...table, class: tableClass } : table,
    ),
  };
}

/** On demand, or provisioned for the average load of the month at 70 % use, of every table or of one. */
export function withCapacity(workload: Workload, mode: 'on-demand' | 'provisioned', only?: string): Workload {
  return {
    ...workload,
    tables: workload.tables.map((table) => {
      if (only !== undefined && table.name !== only) return table;
      if (mode === 'on-demand') return { ...table, capacity: 'on-demand' };
      return table.capacity === 'on-demand' ? provisionedFor(table, workload) : table;
    }),
  };
}

/** The least capacity that carries the month's load, spread evenly, at 70 % use. */
export function provisionedFor(table: TableLoad, workload: Workload): TableLoad {
  const units = unitsOf(table, workload);
  const seconds = workload.month.hours.times(3600);
  const capacity = (monthly: Decimal) => Decimal.max(ONE, monthly.div(seconds).div(PROVISIONED_USE).ceil());
  const indexWrite = capacity(sum(units.map((unit) => unit.indexWrites)).div(Math.max(1, table.indexes.length)));
  return {
    ...table,
    capacity: {
      read: capacity(sum(units.map((unit) => unit.reads))),
      write: capacity(sum(units.map((unit) => unit.tableWrites))),
    },
    indexes: table.indexes.map((index) => ({ ...index, capacity: { read: ONE, write: indexWrite } })),
  };
}

export function withRegion(workload: Workload, region: string): Workload {
  return { ...workload, region };
}
