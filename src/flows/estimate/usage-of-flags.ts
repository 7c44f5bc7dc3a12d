// Flags → a usage: one API, whose every request calls one function, and a table if reads, writes or storage are
// given. Nothing that is not asked for is guessed: what is left out is listed.

import { UsageError } from '../../errors.ts';
import { ALL_ROUTES } from './build-apis.ts';
import type { EstimateFlags } from './flags.ts';
import { wrong } from './flags.ts';
import type { ApiUsage, FunctionUsage, ModelUsage, Usage } from './usage-schema.ts';

/** @throws UsageError where flags contradict each other or the type of API */
export function usageOfFlags(flags: EstimateFlags): Usage {
  const { type, requests } = flags;
  if (type === undefined || requests === undefined) throw missing(flags);
  checkType(flags);
  return {
    ...common(flags),
    apis: { api: apiOf(flags) },
    ...(callsFunction(flags) ? { functions: { function: functionOf(flags) } } : {}),
    ...(hasTable(flags) ? { models: { table: tableOf(flags) } } : {}),
  };
}

/** Flags that also make sense with a project or a usage file: they win over what is written there. */
export function common(flags: EstimateFlags): Usage {
  const { freeTier, month, duration, requestSize, responseSize, itemSize, logSize } = flags;
  return {
    ...(flags.region === undefined ? {} : { region: flags.region }),
    ...(freeTier === undefined ? {} : { freeTier }),
    ...(month === undefined ? {} : { month }),
    ...(duration === undefined ? {} : { duration }),
    ...(requestSize === undefined ? {} : { requestSize }),
    ...(responseSize === undefined ? {} : { responseSize }),
    ...(itemSize === undefined ? {} : { itemSize }),
    ...(logSize === undefined ? {} : { logs: { perRequest: logSize } }),
    ...(flags.exclude.length === 0 ? {} : { exclude: [...flags.exclude] }),
  };
}

function callsFunction({ exclude }: EstimateFlags): boolean {
  return !exclude.includes('lambda');
}

export function hasTable({ reads, writes, storage }: EstimateFlags): boolean {
  return (reads ?? writes ?? storage) !== undefined;
}

function apiOf(flags: EstimateFlags): ApiUsage {
  const { type, requests, cache, cacheHits, sent, connectionMinutes } = flags;
  const traffic = type === 'websocket' ? { messages: requests } : { requests };
  return {
    type,
    ...traffic,
    ...(cache === undefined ? {} : { cache: { size: cache, hitRate: cacheHits } }),
    ...(sent === undefined ? {} : { sent }),
    ...(connectionMinutes === undefined ? {} : { connectionMinutes }),
    ...(callsFunction(flags) ? { routes: { [ALL_ROUTES]: { function: 'function' } } } : {}),
  };
}

function functionOf({ memory, architecture }: EstimateFlags): FunctionUsage {
  return { ...(memory === undefined ? {} : { memory }), ...(architecture === undefined ? {} : { architecture }) };
}

function tableOf({ reads, writes, storage }: EstimateFlags): ModelUsage {
  return {
    ...(reads === undefined ? {} : { reads: { eventual: reads } }),
    ...(writes === undefined ? {} : { writes: { standard: writes } }),
    ...(storage === undefined ? {} : { storage }),
  };
}

function checkType({ type, cache, cacheHits, sent, connectionMinutes, responseSize }: EstimateFlags): void {
  if (type !== 'rest' && cache !== undefined)
    throw wrong('--cache', 'only REST APIs have a cache', 'Write --type rest.');
  if (cache === undefined && cacheHits !== undefined)
    throw wrong('--cache-hits', 'needs --cache beside it', 'Add --cache 0.5GB.');
  if (type !== 'websocket' && sent !== undefined) {
    throw wrong('--sent', 'only WebSocket APIs send messages', 'Write --type websocket.');
  }
  if (type !== 'websocket' && connectionMinutes !== undefined) {
    throw wrong('--connection-minutes', 'only WebSocket APIs keep connections', 'Write --type websocket.');
  }
  if (type === 'websocket' && responseSize !== undefined) {
    throw wrong('--response-size', 'a WebSocket API sends messages', 'Write --sent 10M.');
  }
}

function missing({ type, requests }: EstimateFlags): UsageError {
  if (type === undefined) {
    return new UsageError({
      code: 'NO_USAGE',
      summary: 'Nothing to estimate: no project here, no usage file, and no type of API',
      hint: 'apigen cost-estimate --type http --requests 10M    (or --usage usage.yml)',
    });
  }
  return new UsageError({
    code: 'NO_USAGE',
    summary: `How many requests a month? ${requests === undefined ? '--requests is missing' : ''}`.trim(),
    hint: `apigen cost-estimate --type ${type} --requests 10M`,
  });
}
