// CloudWatch and X-Ray: what functions log, what is kept and searched, metrics, alarms, dashboards, traces.

import { Decimal, sum } from '../decimal.ts';
import type { Workload } from '../workload.ts';
import { invocationsOf } from './meter-functions.ts';
import { GB, type Metered } from './metered.ts';

/** Days over 730 hours never end as a decimal: the quantity is cut here, far below a byte, and exact from then on. */
const STORED_PLACES = 15;

export function meterMonitoring(workload: Workload): Metered[] {
  return [...meterLogs(workload), ...meterMetrics(workload), ...meterTraces(workload)];
}

function meterLogs(workload: Workload): Metered[] {
  const { region, logs, month } = workload;
  const ingested = logs.class === 'infrequent' ? 'logs-ingested-infrequent' : 'logs-ingested';
  const metered: Metered[] = [];
  for (const fn of workload.functions) {
    if (fn.logs === undefined) continue;
    for (const { owner, count } of invocationsOf(fn, workload)) {
      const quantity = count.times(fn.logs.bytes).div(GB);
      metered.push({ meter: ingested, region, quantity, owner });
      const stored = quantity.times(monthsKept(fn.logs.retentionDays, month.hours));
      metered.push({ meter: 'logs-stored', region, quantity: stored.toDecimalPlaces(STORED_PLACES), owner });
    }
  }
  metered.push({ meter: ingested, region, quantity: logs.ingestedBytes.div(GB), owner: {} });
  metered.push({ meter: 'logs-stored', region, quantity: logs.storedBytes.div(GB), owner: {} });
  metered.push({ meter: 'logs-scanned', region, quantity: logs.scannedBytes.div(GB), owner: {} });
  return metered;
}

// Once retention is full, as many months of logs lie there as it is long; kept for ever, they only grow: one month.
function monthsKept(retentionDays: number, hours: Decimal): Decimal {
  return retentionDays === 0 ? new Decimal(1) : new Decimal(retentionDays).times(24).div(hours);
}

function meterMetrics({ region, monitoring }: Workload): Metered[] {
  return [
    { meter: 'metrics', region, quantity: monitoring.metrics, owner: {} },
    { meter: 'alarms', region, quantity: monitoring.alarms, owner: {} },
    { meter: 'alarms-high-resolution', region, quantity: monitoring.highResolutionAlarms, owner: {} },
    { meter: 'alarms-composite', region, quantity: monitoring.compositeAlarms, owner: {} },
    { meter: 'dashboards', region, quantity: monitoring.dashboards, owner: {} },
    { meter: 'metric-requests', region, quantity: monitoring.metricRequests, owner: {} },
  ];
}

function meterTraces(workload: Workload): Metered[] {
  const { region, monitoring, apis } = workload;
  const requests = sum(apis.flatMap((api) => api.routes.map((route) => route.requests)));
  const recorded = requests.times(monitoring.traceShare).plus(monitoring.traces);
  return [
    { meter: 'traces-recorded', region, quantity: recorded, owner: {} },
    { meter: 'traces-retrieved', region, quantity: monitoring.tracesRetrieved, owner: {} },
    { meter: 'traces-insights', region, quantity: monitoring.tracesInsights, owner: {} },
  ];
}
