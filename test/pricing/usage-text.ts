// Prices a usage as a user would write it: the shortest way from YAML to quantities and costs.

import { buildWorkload, type Prepared } from '../../src/flows/estimate/build-workload.ts';
import { readUsageText } from '../../src/flows/estimate/read-usage-file.ts';
import type { Shape } from '../../src/flows/estimate/shape.ts';
import type { Decimal } from '../../src/pricing/decimal.ts';
import { type Estimate, estimate } from '../../src/pricing/estimate.ts';
import { meterWorkload } from '../../src/pricing/metering/meter-workload.ts';

export function prepared(yaml: string, shape?: Shape): Prepared {
  const { usage, problems } = readUsageText(yaml, '/project/usage.yml', 'usage.yml');
  return buildWorkload({ shape, usage, problems, source: shape === undefined ? 'file' : 'project' });
}

export function estimated(yaml: string, shape?: Shape): Estimate {
  const { workload, freeTier } = prepared(yaml, shape);
  return estimate(workload, freeTier);
}

/** Units by meter, those of other regions as `meter@region`. */
export function quantities(yaml: string, shape?: Shape): Record<string, string> {
  const { workload } = prepared(yaml, shape);
  const totals = new Map<string, Decimal>();
  for (const { meter, region, quantity } of meterWorkload(workload)) {
    const key = region === workload.region ? meter : `${meter}@${region}`;
    totals.set(key, quantity.plus(totals.get(key) ?? 0));
  }
  return Object.fromEntries([...totals].map(([key, total]) => [key, total.toFixed()]));
}
